//! Texts that match a pattern, written from the pattern's syntax tree.

use regex_syntax::hir::{Class, Hir, HirKind, Look};
use tercet_spec::contract::Schema;

use super::Chance;

/// A pattern of ECMA-262, as far as it can be read as one of the `regex` crate.
#[derive(Debug)]
pub(super) struct Pattern {
    tree: Hir,
    anchored: (bool, bool),
    regex: regex::Regex,
}

impl Pattern {
    /// Reads a pattern; `None` when it needs what cannot be written from a tree (look-ahead, back-references).
    pub(super) fn read(pattern: &str) -> Option<Self> {
        // `\d` of ECMA-262 means ASCII digits, `\w` ASCII letters.
        let pattern = pattern.replace("\\d", "[0-9]").replace("\\w", "[A-Za-z0-9_]").replace("\\/", "/");
        let tree = regex_syntax::Parser::new().parse(&pattern).ok()?;
        let regex = regex::Regex::new(&pattern).ok()?;
        let starts = tree.properties().look_set_prefix().contains(Look::Start);
        let ends = tree.properties().look_set_suffix().contains(Look::End);
        Some(Self { tree, anchored: (starts, ends), regex })
    }

    /// Whether a text matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// A text that matches and, if it can be had, has between `low` and `high` characters.
    pub(super) fn write(&self, low: u64, high: u64, chance: &mut Chance) -> Option<String> {
        let mut text = String::new();
        let wanted = usize::try_from(low).unwrap_or(usize::MAX);
        write(&self.tree, wanted, chance, &mut text)?;
        if text.chars().count() < wanted && !self.anchored.1 {
            let missing = wanted - text.chars().count();
            text.push_str(&"x".repeat(missing));
        }
        let fits = (text.chars().count() as u64) <= high;
        (fits && self.regex.is_match(&text)).then_some(text)
    }

    /// A text that does not match, made from one that does by a small change; `None` when all small changes still match.
    pub(super) fn near_miss(&self, schema: &Schema, chance: &mut Chance) -> Option<String> {
        let (low, high) = (schema.length.0.unwrap_or(0), schema.length.1.unwrap_or(u64::MAX));
        if low > super::text::LONGEST {
            return None;
        }
        let good = (0..16).find_map(|_| self.write(low, high, chance))?;
        let mut candidates = Vec::new();
        for odd in ['!', ' ', '~', 'Z', '0', 'é'] {
            let count = good.chars().count();
            for at in [count.saturating_sub(1), 0, count / 2] {
                candidates
                    .push(good.chars().enumerate().map(|(i, c)| if i == at { odd } else { c }).collect());
            }
            candidates.push(format!("{odd}{good}"));
            candidates.push(format!("{good}{odd}"));
        }
        let fits = |text: &String| (low..=high).contains(&(text.chars().count() as u64));
        candidates.into_iter().find(|text| fits(text) && !self.regex.is_match(text))
    }
}

/// Repetitions beyond the minimum, where nothing asks for more.
const EXTRA: u32 = 8;

fn write(tree: &Hir, wanted: usize, chance: &mut Chance, text: &mut String) -> Option<()> {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(pick(class, chance)?),
        HirKind::Capture(group) => write(&group.sub, wanted, chance, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, wanted, chance, text))?,
        HirKind::Alternation(branches) => {
            write(&branches[chance.index(branches.len())], wanted, chance, text)?;
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX).min(repetition.min.saturating_add(EXTRA));
            let times = chance.between(i64::from(repetition.min), i64::from(most));
            for _ in 0..times {
                write(&repetition.sub, wanted, chance, text)?;
            }
            // An open repetition takes up what the length asks for.
            let mut spare = repetition.max.unwrap_or(u32::MAX).saturating_sub(u32::try_from(times).ok()?);
            while spare > 0 && text.chars().count() < wanted {
                let before = text.len();
                write(&repetition.sub, wanted, chance, text)?;
                spare -= 1;
                if text.len() == before {
                    break;
                }
            }
        }
    }
    Some(())
}

/// A character of a class, printable ASCII where there is one.
fn pick(class: &Class, chance: &mut Chance) -> Option<char> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let ascii: Vec<char> = class
        .ranges()
        .iter()
        .flat_map(|range| range.start().max('!')..=range.end().min('~'))
        .filter(char::is_ascii_graphic)
        .collect();
    let plain: Vec<char> = ascii.iter().copied().filter(char::is_ascii_alphanumeric).collect();
    let from = if plain.is_empty() { ascii } else { plain };
    if from.is_empty() {
        return class.ranges().first().map(regex_syntax::hir::ClassUnicodeRange::start);
    }
    Some(from[chance.index(from.len())])
}
