//! PostgreSQL's regular expressions: the longest match at the first place where there is one.
//!
//! PostgreSQL's manual, 9.7.3, "POSIX Regular Expressions". What it has and this has not is refused when a formula is
//! written: references back, looking ahead and behind, expressions that mix what takes much with what takes little.

use regex::Regex;
use regex_automata::nfa::thompson::pikevm::PikeVM;
use regex_automata::util::captures::Captures;
use regex_automata::{Anchored, Input, MatchKind, util::syntax};

/// A regular expression, read once.
#[derive(Debug)]
pub(super) struct Pattern {
    source: String,
    /// Where a match begins, and ends where as little as possible is taken.
    first: Regex,
    /// How far a match from there goes; `None` where as little as possible is taken.
    longest: Option<PikeVM>,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Pattern {
    /// Reads one.
    ///
    /// # Errors
    /// A sentence on what is not understood.
    pub(super) fn new(source: &str) -> Result<Self, String> {
        let Translated { text, lazy, ignores_case } = translate(source)?;
        let syntax = syntax::Config::new().dot_matches_new_line(true).case_insensitive(ignores_case);
        let wrong = || format!("`{source}` is no regular expression that is understood here");
        let first = regex::RegexBuilder::new(&text)
            .dot_matches_new_line(true)
            .case_insensitive(ignores_case)
            .build()
            .map_err(|_| wrong())?;
        let build = || {
            let config = PikeVM::config().match_kind(MatchKind::All);
            PikeVM::builder().syntax(syntax).configure(config).build(&text).map_err(|_| wrong())
        };
        let longest = if lazy { None } else { Some(build()?) };
        Ok(Self { source: source.to_owned(), first, longest })
    }

    /// Replaces every match. In the replacement `\1` to `\9` stand for the groups, `\&` for all of the match.
    pub(super) fn replace(&self, text: &str, replacement: &str) -> String {
        let mut replaced = String::with_capacity(text.len());
        let (mut copied, mut from) = (0, 0);
        while from <= text.len() {
            let Some(groups) = self.match_from(text, from) else { break };
            let Some((start, end)) = groups.first().copied().flatten() else { break };
            replaced.push_str(&text[copied..start]);
            push(&mut replaced, replacement, text, &groups);
            copied = end;
            from = if start == end { next_boundary(text, end) } else { end };
        }
        replaced.push_str(&text[copied..]);
        replaced
    }

    /// The match and its groups.
    fn match_from(&self, text: &str, from: usize) -> Option<Vec<Option<(usize, usize)>>> {
        let Some(longest) = &self.longest else {
            let groups = self.first.captures_at(text, from)?;
            return Some(groups.iter().map(|group| group.map(|one| (one.start(), one.end()))).collect());
        };
        let start = self.first.find_at(text, from)?.start();
        let mut groups: Captures = longest.create_captures();
        let input = Input::new(text).range(start..).anchored(Anchored::Yes);
        longest.search(&mut longest.create_cache(), &input, &mut groups);
        let span = |place: usize| groups.get_group(place).map(|span| (span.start, span.end));
        Some((0..groups.group_len()).map(span).collect())
    }
}

fn next_boundary(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(text.len() + 1, |character| at + character.len_utf8())
}

fn push(replaced: &mut String, replacement: &str, text: &str, groups: &[Option<(usize, usize)>]) {
    let mut characters = replacement.chars().peekable();
    while let Some(character) = characters.next() {
        let group = match (character, characters.peek()) {
            ('\\', Some('&')) => Some(0),
            ('\\', Some(digit @ '1'..='9')) => digit.to_digit(10),
            ('\\', Some('\\')) => {
                characters.next();
                None
            }
            _ => None,
        };
        match group {
            Some(group) => {
                characters.next();
                let span = groups.get(group as usize).copied().flatten();
                replaced.push_str(span.map_or("", |(start, end)| &text[start..end]));
            }
            None => replaced.push(character),
        }
    }
}

/// An expression in the words of the library, and how it matches.
struct Translated {
    text: String,
    lazy: bool,
    ignores_case: bool,
}

fn translate(source: &str) -> Result<Translated, String> {
    let (rest, ignores_case) = match source.strip_prefix("(?i)") {
        Some(rest) => (rest, true),
        None => (source, false),
    };
    if rest.starts_with("***") || rest.starts_with("(?") && !rest.starts_with("(?:") {
        return Err(format!("the options at the front of `{source}` are not understood here"));
    }
    let mut text = String::with_capacity(rest.len() + 8);
    let (mut greedy, mut lazy, mut branches) = (false, false, false);
    let mut characters = rest.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.push_str(escape(characters.next(), false)?),
            '[' => bracket(&mut characters, &mut text)?,
            '(' => {
                text.push('(');
                if characters.next_if_eq(&'?').is_some() {
                    let looks = characters.next_if_eq(&':').is_none();
                    if looks {
                        return Err("a regular expression that looks ahead or behind is not understood here"
                            .to_owned());
                    }
                    text.push_str("?:");
                }
            }
            '*' | '+' | '?' | '{' => match quantifier(character, &mut characters, &mut text)? {
                Some(Takes::Little) => lazy = true,
                Some(Takes::Much) => greedy = true,
                None => {}
            },
            '|' => {
                branches = true;
                text.push('|');
            }
            '}' => text.push_str("\\}"),
            ']' => text.push_str("\\]"),
            other => text.push(other),
        }
    }
    if lazy && (greedy || branches) {
        return Err(
            "a regular expression of both greedy and other quantifiers is not understood here".to_owned()
        );
    }
    Ok(Translated { text, lazy, ignores_case })
}

/// What a quantifier prefers; `{3}` has no choice.
enum Takes {
    Much,
    Little,
}

/// A quantifier, or a brace that is none.
fn quantifier(
    first: char,
    characters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    text: &mut String,
) -> Result<Option<Takes>, String> {
    if first == '{' && !characters.peek().is_some_and(char::is_ascii_digit) {
        text.push_str("\\{");
        return Ok(None);
    }
    text.push(first);
    let mut varies = first != '{';
    let mut last = first;
    // up to the `}` of `{1,2}`
    while !matches!(last, '}' | '*' | '+' | '?') {
        last = characters.next().ok_or("a `{` has no `}` behind it")?;
        text.push(last);
        varies |= last == ',';
    }
    let lazy = characters.next_if_eq(&'?').is_some();
    if lazy {
        text.push('?');
    }
    Ok(varies.then_some(if lazy { Takes::Little } else { Takes::Much }))
}

/// What a backslash and a character stand for.
fn escape(character: Option<char>, bracketed: bool) -> Result<&'static str, String> {
    let Some(character) = character else {
        return Err("a regular expression ends with a backslash".to_owned());
    };
    let known = match character {
        'd' => "[0-9]",
        's' => "\\s",
        'w' => "\\w",
        'n' => "\\n",
        't' => "\\t",
        'r' => "\\r",
        'f' => "\\x0c",
        'v' => "\\x0b",
        'a' => "\\x07",
        'b' => "\\x08",
        'D' if !bracketed => "[^0-9]",
        'S' if !bracketed => "\\S",
        'W' if !bracketed => "\\W",
        'y' if !bracketed => "\\b",
        'Y' if !bracketed => "\\B",
        'm' if !bracketed => "\\b{start}",
        'M' if !bracketed => "\\b{end}",
        'A' if !bracketed => "\\A",
        'Z' if !bracketed => "\\z",
        other => {
            return sign(other)
                .ok_or_else(|| format!("`\\{other}` in a regular expression is not understood here"));
        }
    };
    Ok(known)
}

/// A sign that stands for itself behind a backslash.
fn sign(character: char) -> Option<&'static str> {
    const SIGNS: [(char, &str); 32] = [
        ('.', "\\."),
        ('\\', "\\\\"),
        ('[', "\\["),
        (']', "\\]"),
        ('(', "\\("),
        (')', "\\)"),
        ('{', "\\{"),
        ('}', "\\}"),
        ('*', "\\*"),
        ('+', "\\+"),
        ('?', "\\?"),
        ('|', "\\|"),
        ('^', "\\^"),
        ('$', "\\$"),
        ('-', "\\-"),
        ('/', "/"),
        ('\'', "'"),
        ('"', "\""),
        ('#', "\\#"),
        ('&', "\\&"),
        ('~', "\\~"),
        ('@', "@"),
        ('!', "!"),
        ('%', "%"),
        (',', ","),
        (':', ":"),
        (';', ";"),
        ('<', "<"),
        ('=', "="),
        ('>', ">"),
        ('`', "`"),
        (' ', " "),
    ];
    SIGNS.iter().find(|(one, _)| *one == character).map(|(_, text)| *text)
}

/// A set of characters up to its closing bracket.
fn bracket(
    characters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    text: &mut String,
) -> Result<(), String> {
    text.push('[');
    if characters.next_if_eq(&'^').is_some() {
        text.push('^');
    }
    // The first one is no end.
    if characters.next_if_eq(&']').is_some() {
        text.push_str("\\]");
    }
    loop {
        match characters.next() {
            None => return Err("a `[` has no `]` behind it".to_owned()),
            Some(']') => break,
            Some('[') if matches!(characters.peek(), Some(':')) => text.push_str(class(characters)?),
            Some('[') if matches!(characters.peek(), Some('.' | '=')) => {
                return Err("collating elements in a regular expression are not understood here".to_owned());
            }
            Some('\\') => text.push_str(escape(characters.next(), true)?),
            Some('-') => text.push('-'),
            Some(other @ ('[' | '&' | '~' | '^')) => text.extend(['\\', other]),
            Some(other) => text.push(other),
        }
    }
    text.push(']');
    Ok(())
}

/// `:alpha:]` of a set.
fn class(characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<&'static str, String> {
    let name: String = characters.by_ref().take_while(|character| *character != ']').collect();
    match name.as_str() {
        ":alpha:" => Ok("\\p{Alphabetic}"),
        ":digit:" => Ok("0-9"),
        ":alnum:" => Ok("\\p{Alphabetic}\\p{Nd}"),
        ":upper:" => Ok("\\p{Lu}"),
        ":lower:" => Ok("\\p{Ll}"),
        ":space:" => Ok("\\s"),
        ":blank:" => Ok(" \\t"),
        ":punct:" => Ok("[[:punct:]]"),
        ":xdigit:" => Ok("0-9A-Fa-f"),
        ":word:" => Ok("\\w"),
        other => Err(format!("the class `[{other}]` is not understood here")),
    }
}
