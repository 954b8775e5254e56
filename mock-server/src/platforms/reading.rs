//! What the actions of all platforms read: fields of records, parts of JSON, and what the request is about.
//!
//! Readers of a field never fail: what is absent, null or of another type reads as its type's empty value. They are for
//! what the mock itself has stored, where a document's schema has settled the type. Whatever has to be there, the record
//! of a key or the caller, comes as a `Result` and is passed on with `?`.
//!
//! A platform that has more of its own (keys that are numbers, say) puts it into a module beside its actions, and may
//! hand these on from there.

use serde_json::Value;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// A field's text; empty when it has none.
pub(super) fn text<'r>(record: &'r Record, field: &str) -> &'r str {
    record.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// A field's truth; false when it has none.
pub(super) fn flag(record: &Record, field: &str) -> bool {
    record.get(field).and_then(Value::as_bool).unwrap_or_default()
}

/// A field's whole number; 0 when it has none, and for what is negative or has a fraction.
pub(super) fn number(record: &Record, field: &str) -> u64 {
    record.get(field).and_then(Value::as_u64).unwrap_or_default()
}

/// A field's value as it is; null when it has none.
pub(super) fn value(record: &Record, field: &str) -> Value {
    record.get(field).cloned().unwrap_or_default()
}

/// The record's `id` as it is, to look other records up by or to answer with.
pub(super) fn id(record: &Record) -> Value {
    value(record, "id")
}

/// A member's text; `None` when it is absent, null or no text.
pub(super) fn member<'v>(object: &'v Value, name: &str) -> Option<&'v str> {
    object.get(name).and_then(Value::as_str)
}

/// A list's elements; none for anything else.
pub(super) fn elements(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The record with that key, which the steps before have made sure of.
///
/// # Errors
/// `not-found` when there is none after all.
pub(super) fn get(
    context: &ActionContext<'_>,
    collection: &str,
    key: impl Into<Value>,
) -> Result<Record, Outcome> {
    let key = key.into();
    let found = context.get(collection, &key)?;
    found.ok_or_else(|| Outcome::not_found(format!("there is no record {key} in `{collection}`")))
}

/// The record that a field refers to (`x-ref`), which has to be there.
///
/// # Errors
/// `not-found` when the field is empty, or when nothing has that key.
pub(super) fn referred(context: &ActionContext<'_>, record: &Record, field: &str) -> Result<Record, Outcome> {
    let found = context.referred(record, field);
    found.ok_or_else(|| Outcome::not_found(format!("`{field}` refers to nothing")))
}

/// The caller, whom the operation's `security` has made sure of.
///
/// # Errors
/// `internal` in an operation that anonymous callers may use.
pub(super) fn caller<'c>(context: &ActionContext<'c>) -> Result<&'c Record, Outcome> {
    context.caller().ok_or_else(|| Outcome::new("internal", "the operation has no caller"))
}

/// Whether a setting of the document (`x-settings`) is on; one that is no boolean is off.
pub(super) fn on(context: &ActionContext<'_>, setting: &str) -> bool {
    context.setting(setting).and_then(Value::as_bool).unwrap_or_default()
}
