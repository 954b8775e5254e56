//! JSON text into a value with positions.

use jsonc_parser::ast::{self, ObjectPropName};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};
use serde_json::{Map, Value};

use super::spans::{Spanned, Spans};

/// A fault of the text: its byte range, what is wrong, what to do.
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) range: std::ops::Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
}

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads JSON (RFC 8259). `Err` when the text has no value at all; faults beside a value are duplicate keys.
pub(super) fn read(text: &str) -> (Option<Spanned>, Vec<Fault>) {
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    let mut faults = Vec::new();
    let syntax = |range, message| Fault {
        code: "syntax",
        range,
        message,
        help: "correct the JSON here; everything after it was not read",
    };
    match parse_to_ast(text, &collect, &STRICT) {
        Ok(parsed) => match parsed.value {
            Some(value) => (Some(convert(value, &mut faults)), faults),
            None => (None, vec![syntax(0..text.len().min(1), "the document is empty".to_owned())]),
        },
        Err(error) => {
            let range = error.range();
            (None, vec![syntax(range.start..range.end, error.kind().to_string().to_lowercase())])
        }
    }
}

fn convert(node: ast::Value<'_>, faults: &mut Vec<Fault>) -> Spanned {
    let range = node.range();
    let mut spans = Spans { value: range.start..range.end, ..Spans::default() };
    let value = match node {
        ast::Value::StringLit(text) => Value::String(text.value.into_owned()),
        ast::Value::NumberLit(number) => number.value.parse().map_or(Value::Null, Value::Number),
        ast::Value::BooleanLit(boolean) => Value::Bool(boolean.value),
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::Array(array) => Value::Array(
            array
                .elements
                .into_iter()
                .map(|element| {
                    let element = convert(element, faults);
                    spans.members.push(element.spans);
                    element.value
                })
                .collect(),
        ),
        ast::Value::Object(object) => Value::Object(convert_object(object, &mut spans, faults)),
    };
    Spanned { value, spans }
}

fn convert_object(object: ast::Object<'_>, spans: &mut Spans, faults: &mut Vec<Fault>) -> Map<String, Value> {
    let mut map = Map::new();
    for property in object.properties {
        let key_range = property.name.range();
        let key_range = key_range.start..key_range.end;
        let key = match property.name {
            ObjectPropName::String(text) => text.value.into_owned(),
            ObjectPropName::Word(word) => word.value.to_owned(),
        };
        let mut member = convert(property.value, faults);
        if map.contains_key(&key) {
            faults.push(duplicate_key(&key, key_range));
            continue;
        }
        member.spans.key = Some(key_range);
        spans.members.push(member.spans);
        map.insert(key, member.value);
    }
    map
}

/// The fault of a key that stands a second time in one mapping.
pub(super) fn duplicate_key(key: &str, range: std::ops::Range<usize>) -> Fault {
    Fault {
        code: "duplicate-key",
        range,
        message: format!("the key `{key}` stands here a second time"),
        help: "remove or rename one of them: only the first was read",
    }
}
