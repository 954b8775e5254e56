//! Formulas follow fields that get another name.

use super::lex::{Token, TokenKind, lex};

/// A formula after one of its table's fields (`in_own_table`), or a field that it looks up through `links`, was renamed.
/// `None` when it does not name the field. Everything else stays as it was written.
pub(in crate::platforms::baserow) fn renamed(
    formula: &str,
    old: &str,
    new: &str,
    in_own_table: bool,
    links: &[String],
) -> Option<String> {
    let tokens = lex(formula).ok()?;
    let mut text = String::with_capacity(formula.len());
    let mut copied = 0;
    for place in places(&tokens, old, in_own_table, links) {
        let token = &tokens[place];
        text.push_str(&formula[copied..token.start]);
        let quote = &formula[token.start..=token.start];
        text.push_str(quote);
        for character in new.chars() {
            if character == '\\' || quote.starts_with(character) {
                text.push('\\');
            }
            text.push(character);
        }
        text.push_str(quote);
        copied = token.end;
    }
    if copied == 0 {
        return None;
    }
    text.push_str(&formula[copied..]);
    Some(text)
}

/// The tokens that name the field.
fn places(tokens: &[Token], old: &str, in_own_table: bool, links: &[String]) -> Vec<usize> {
    let text = |at: usize| match tokens.get(at).map(|token| &token.kind) {
        Some(TokenKind::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let sign = |at: usize, sign: &str| matches!(tokens.get(at).map(|token| &token.kind), Some(TokenKind::Sign(one)) if *one == sign);
    let mut places = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Name(name) = &token.kind else { continue };
        let looks_up = name.eq_ignore_ascii_case("lookup");
        if !(looks_up || name.eq_ignore_ascii_case("field")) || !sign(at + 1, "(") {
            continue;
        }
        if in_own_table && text(at + 2) == Some(old) {
            places.push(at + 2);
        }
        let through = text(at + 2).is_some_and(|link| links.iter().any(|one| one == link));
        if looks_up && through && sign(at + 3, ",") && text(at + 4) == Some(old) {
            places.push(at + 4);
        }
    }
    places
}
