//! How parameters are written (OpenAPI 3.0.3, "Style Values").

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use tercet_spec::contract::{Parameter, Style};

/// Everything but the unreserved characters of RFC 3986, 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Percent-encodes a piece of a path or query.
pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A scalar as text; null is the empty text.
pub(crate) fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A path, header or cookie parameter as text, each piece passed through `piece`.
pub(super) fn joined(parameter: &Parameter, value: &Value, piece: fn(&str) -> String) -> String {
    if parameter.content.is_some() {
        return piece(&value.to_string());
    }
    let one = |value: &Value| piece(&scalar(value));
    let pair =
        |(name, value): (&String, &Value), between: &str| format!("{}{between}{}", piece(name), one(value));
    let (separator, explode) = (if parameter.explode { "." } else { "," }, parameter.explode);
    match (parameter.style, value) {
        (Style::Label, Value::Array(items)) => {
            format!(".{}", items.iter().map(one).collect::<Vec<_>>().join(separator))
        }
        (Style::Label, Value::Object(members)) => {
            let between = if explode { "=" } else { "," };
            format!(".{}", members.iter().map(|one| pair(one, between)).collect::<Vec<_>>().join(separator))
        }
        (Style::Label, other) => format!(".{}", one(other)),
        (Style::Matrix, Value::Array(items)) if explode => {
            items.iter().map(|item| format!(";{}={}", parameter.name, one(item))).collect()
        }
        (Style::Matrix, Value::Object(members)) if explode => {
            members.iter().map(|member| format!(";{}", pair(member, "="))).collect()
        }
        (Style::Matrix, other) => format!(";{}={}", parameter.name, commas(other, piece, false)),
        (_, other) => commas(other, piece, explode),
    }
}

fn commas(value: &Value, piece: fn(&str) -> String, explode: bool) -> String {
    match value {
        Value::Array(items) => items.iter().map(|item| piece(&scalar(item))).collect::<Vec<_>>().join(","),
        Value::Object(members) => {
            let between = if explode { "=" } else { "," };
            let pair = |(name, value): (&String, &Value)| {
                format!("{}{between}{}", piece(name), piece(&scalar(value)))
            };
            members.iter().map(pair).collect::<Vec<_>>().join(",")
        }
        other => piece(&scalar(other)),
    }
}

/// A query parameter as pairs of name and value, percent-encoded.
pub(super) fn query(parameter: &Parameter, value: &Value) -> Vec<String> {
    let name = encode(&parameter.name);
    if parameter.content.is_some() {
        return vec![format!("{name}={}", encode(&value.to_string()))];
    }
    match (parameter.style, value) {
        (Style::DeepObject, Value::Object(members)) => members
            .iter()
            .map(|(key, value)| format!("{name}[{}]={}", encode(key), encode(&scalar(value))))
            .collect(),
        (_, Value::Array(items)) if parameter.explode => {
            items.iter().map(|item| format!("{name}={}", encode(&scalar(item)))).collect()
        }
        (_, Value::Object(members)) if parameter.explode => {
            members.iter().map(|(key, value)| format!("{}={}", encode(key), encode(&scalar(value)))).collect()
        }
        (style, Value::Array(items)) => {
            let separator = match style {
                Style::SpaceDelimited => "%20",
                Style::PipeDelimited => "%7C",
                _ => ",",
            };
            let pieces: Vec<_> = items.iter().map(|item| encode(&scalar(item))).collect();
            vec![format!("{name}={}", pieces.join(separator))]
        }
        (_, other) => vec![format!("{name}={}", commas(other, encode, false))],
    }
}
