//! Functions of texts.

use std::sync::LazyLock;

use bigdecimal::BigDecimal;
use regex::Regex;

use super::call::Call;
use super::number::count;
use super::text::to_text;
use super::value::Value;

pub(super) fn run(call: &Call<'_>) -> Value {
    let (text, second) = (call.text(0), call.text(1));
    let many = |place: usize| call.value(place).number().map_or(0, count);
    let number = |number: usize| Value::Number(BigDecimal::from(number as u64));
    match (call.name, call.value(1)) {
        ("concat", _) => {
            let parts = call.values.iter().zip(&call.kinds);
            Value::Text(parts.map(|(value, kind)| to_text(kind, value)).collect())
        }
        ("totext", _) => Value::Text(to_text(call.kinds[0], call.value(0))),
        ("t", _) if call.kinds[0].is_text() => Value::Text(text.to_owned()),
        ("t", _) => Value::Text(String::new()),
        ("lower", _) => Value::Text(text.to_lowercase()),
        ("upper", _) => Value::Text(text.to_uppercase()),
        ("trim", _) => Value::Text(text.trim().to_owned()),
        ("reverse", _) => Value::Text(text.chars().rev().collect()),
        ("length", _) => number(text.chars().count()),
        ("search", _) => number(place_of(text, second)),
        ("contains", _) => Value::Boolean(place_of(text, second) != 0),
        ("replace", _) if second.is_empty() => Value::Text(text.to_owned()),
        ("replace", _) => Value::Text(text.replace(second, call.text(2))),
        ("left" | "right", Value::NotANumber) => Value::Null,
        ("left", _) => Value::Text(text.chars().take(kept(text, many(1))).collect()),
        ("right", _) => {
            let length = text.chars().count();
            Value::Text(text.chars().skip(length.saturating_sub(kept(text, many(1)))).collect())
        }
        ("split_part", _) => Value::Text(part(text, second, many(2)).to_owned()),
        ("regex_replace", Value::Pattern(pattern)) => Value::Text(pattern.replace(text, call.text(2))),
        ("encode_uri", _) => Value::Text(encoded(text, "-_.!~*'();,/?:@&=+$#")),
        ("encode_uri_component", _) => Value::Text(encoded(text, "-_.!~*'()")),
        ("tourl", _) => Value::Text(if URL.is_match(text) { text.to_owned() } else { String::new() }),
        _ => read_number(text.trim()),
    }
}

/// What the product takes for a URL: a host's name is enough.
#[allow(clippy::unwrap_used, reason = "a test matches with it")]
static URL: LazyLock<Regex> = LazyLock::new(|| {
    let user = r"(?:[a-zA-Z0-9._%+-]+(?::[a-zA-Z0-9._%+-]+)?@)?";
    Regex::new(&format!(
        r"^(?:[a-zA-Z]+://)?{user}[a-zA-Z0-9.-]+(?::[0-9]+)?(?s:/[^?]*)?(?s:\?.*)?(?s:#.*)?$"
    ))
    .unwrap()
});

/// Where a text begins in another, in characters from one; zero when it is not in it.
fn place_of(text: &str, wanted: &str) -> usize {
    text.find(wanted).map_or(0, |at| text[..at].chars().count() + 1)
}

/// How many characters `left` and `right` keep: fewer than none leaves so many out.
fn kept(text: &str, wanted: i64) -> usize {
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let kept = if wanted < 0 { length.saturating_add(wanted) } else { wanted.min(length) };
    usize::try_from(kept.max(0)).unwrap_or_default()
}

fn part<'t>(text: &'t str, separator: &str, wanted: i64) -> &'t str {
    let Some(place) = usize::try_from(wanted).ok().and_then(|wanted| wanted.checked_sub(1)) else {
        return "";
    };
    if separator.is_empty() {
        return if place == 0 { text } else { "" };
    }
    text.split(separator).nth(place).unwrap_or_default()
}

/// Percent-encoded but for letters, digits and `spared`; the product writes its hexadecimal digits small.
fn encoded(text: &str, spared: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || spared.contains(character) {
            encoded.push(character);
            continue;
        }
        for byte in character.encode_utf8(&mut [0; 4]).bytes() {
            encoded.push_str(&format!("%{byte:02x}"));
        }
    }
    encoded
}

/// The number that a text is. What has more digits than a number of the product can have (50 and 10 decimals) is none.
fn read_number(text: &str) -> Value {
    let fits =
        |number: &BigDecimal| number.digits() <= 60 && (-60..=60).contains(&number.fractional_digit_count());
    text.parse().ok().filter(fits).map_or(Value::NotANumber, Value::Number)
}
