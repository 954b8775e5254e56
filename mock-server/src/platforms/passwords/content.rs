//! What a revision holds, by the names of the representation, and what a request says of it.

use serde_json::{Map, Value};

/// The id of the folder that all folders are in.
pub(super) const BASE: &str = "00000000-0000-0000-0000-000000000000";

/// The content of a revision, or the fields of a request.
pub(super) type Content = Map<String, Value>;

/// A text; empty where there is none.
pub(super) fn text<'c>(content: &'c Content, field: &str) -> &'c str {
    text_or(content, field, "")
}

/// A text, or what stands for it.
pub(super) fn text_or<'c>(content: &'c Content, field: &str, default: &'c str) -> &'c str {
    content.get(field).and_then(Value::as_str).unwrap_or(default)
}

/// A number; 0 where there is none.
pub(super) fn integer(content: &Content, field: &str) -> i64 {
    content.get(field).and_then(Value::as_i64).unwrap_or_default()
}

/// A truth; false where there is none.
pub(super) fn flag(content: &Content, field: &str) -> bool {
    content.get(field).and_then(Value::as_bool).unwrap_or_default()
}

/// Sets a field.
pub(super) fn put(content: &mut Content, field: &str, value: impl Into<Value>) {
    content.insert(field.to_owned(), value.into());
}

/// What PHP takes for an empty text: `0` is one (facts: passwords 4.2, upstream's check of required fields).
pub(super) fn is_empty(text: &str) -> bool {
    matches!(text, "" | "0")
}
