//! Formula text as tokens.

/// A token and where it begins, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: TokenKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// A name, as it was written.
    Name(String),
    /// Text without its quotes and backslashes.
    Text(String),
    /// Digits, perhaps with a point.
    Number(String),
    /// `+`, `&&`, `(` …
    Sign(&'static str),
}

/// The longer ones first.
const SIGNS: [&str; 18] =
    ["!=", ">=", "<=", "&&", "||", "+", "-", "*", "/", "=", ">", "<", "(", ")", ",", "[", "]", "!"];

/// Cuts a formula into tokens. Spaces and comments (`/* … */`, `// …`) are left out.
pub(super) fn lex(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let start = at;
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        if let Some(comment) = rest.strip_prefix("//") {
            at += 2 + comment.find('\n').unwrap_or(comment.len());
            continue;
        }
        if let Some(comment) = rest.strip_prefix("/*") {
            let end = comment.find("*/").ok_or("a comment has no `*/` at its end")?;
            at += 2 + end + 2;
            continue;
        }
        let kind = if first == '\'' || first == '"' {
            let (text, length) = quoted(rest, first)?;
            at += length;
            TokenKind::Text(text)
        } else if first.is_ascii_digit() {
            let length = number(rest);
            at += length;
            TokenKind::Number(rest[..length].to_owned())
        } else if first.is_alphabetic() || first == '_' {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            at += length;
            TokenKind::Name(rest[..length].to_owned())
        } else {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
            let sign = sign.ok_or_else(|| format!("`{first}` means nothing in a formula"))?;
            at += sign.len();
            TokenKind::Sign(sign)
        };
        tokens.push(Token { start, end: at, kind });
    }
    Ok(tokens)
}

/// Text up to the closing quote. A backslash takes the next character as it is.
fn quoted(rest: &str, quote: char) -> Result<(String, usize), String> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == quote {
            return Ok((text, at + character.len_utf8()));
        }
        if character == '\\' {
            match characters.next() {
                Some((_, escaped)) if escaped == quote || escaped == '\\' => text.push(escaped),
                Some((_, other)) => text.extend(['\\', other]),
                None => break,
            }
        } else {
            text.push(character);
        }
    }
    Err(format!("a text has no {quote} at its end"))
}

fn number(rest: &str) -> usize {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let whole = digits(rest);
    match rest[whole..].strip_prefix('.').map(digits) {
        Some(decimals) if decimals > 0 => whole + 1 + decimals,
        _ => whole,
    }
}
