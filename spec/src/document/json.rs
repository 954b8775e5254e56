//! JSON text into a value with positions.

use jsonc_parser::ast::{self, ObjectPropName};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};
use serde_json::{Map, Value};

use super::fault::{DEPTH_LIMIT, Fault};
use super::spans::{Spanned, Spans};

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

/// Reads JSON (RFC 8259). No value when the text cannot be read; faults beside a value leave the rest readable.
pub(super) fn read(text: &str) -> (Option<Spanned>, Vec<Fault>) {
    if let Some(at) = too_deep(text) {
        return (None, vec![Fault::too_deep(at..at + 1)]);
    }
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    let mut faults = Vec::new();
    let syntax = |range, message: String| {
        Fault::syntax(range, message, "correct the JSON here; everything after it was not read")
    };
    match parse_to_ast(text, &collect, &STRICT) {
        Ok(parsed) => match parsed.value {
            Some(value) => (Some(convert(value, &mut faults)), faults),
            None => (None, vec![syntax(0..0, "the document is empty".to_owned())]),
        },
        Err(error) => {
            let range = error.range();
            let fault = open_quote(text, range.start)
                .unwrap_or_else(|| syntax(range.start..range.end, lower_first(&error.kind().to_string())));
            (None, vec![fault])
        }
    }
}

/// The quote before `at` that was forgotten to be closed on its line, where there is one: what is not understood stands
/// behind it.
fn open_quote(text: &str, at: usize) -> Option<Fault> {
    let (mut start, mut escaped) = (None, false);
    for (index, byte) in text.bytes().enumerate().take_while(|(index, _)| *index <= at) {
        match (byte, start) {
            _ if escaped => escaped = false,
            (b'\\', Some(_)) => escaped = true,
            (b'"', None) => start = Some(index),
            (b'"', Some(_)) => start = None,
            (b'\n', Some(quote)) => {
                let message = "the quote that opens here is not closed on its line";
                return Some(Fault::syntax(
                    quote..index,
                    message,
                    "close the quote; everything after it was not read",
                ));
            }
            _ => {}
        }
    }
    None
}

/// Where the text nests too deeply. Looked for before it is parsed: the parser recurses without a limit.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => {
                depth += 1;
                if depth > DEPTH_LIMIT {
                    return Some(at);
                }
            }
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

fn convert(node: ast::Value<'_>, faults: &mut Vec<Fault>) -> Spanned {
    let range = node.range();
    let mut spans = Spans { value: range.start..range.end, ..Spans::default() };
    let value = match node {
        ast::Value::StringLit(text) => Value::String(text.value.into_owned()),
        ast::Value::NumberLit(number) => match number.value.parse() {
            Ok(parsed) => Value::Number(parsed),
            Err(_) => {
                faults.push(Fault::huge_number(number.value, spans.value.clone()));
                Fault::nearest_number(number.value)
            }
        },
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
            faults.push(Fault::duplicate_key(&key, key_range));
            continue;
        }
        member.spans.key = Some(key_range);
        spans.members.push(member.spans);
        map.insert(key, member.value);
    }
    map
}
