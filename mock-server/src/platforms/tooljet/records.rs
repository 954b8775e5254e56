//! Small readings of records and of JSON that several actions share.

use serde_json::Value;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// A field's text; empty when it has none.
pub(super) fn text<'r>(record: &'r Record, field: &str) -> &'r str {
    record.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The record's `id`.
pub(super) fn id(record: &Record) -> Value {
    record.get("id").cloned().unwrap_or_default()
}

/// The record with that key, which the steps before have made sure of.
pub(super) fn get(context: &ActionContext<'_>, collection: &str, key: &Value) -> Result<Record, Outcome> {
    context
        .get(collection, key)?
        .ok_or_else(|| Outcome::not_found(format!("there is no record {key} in `{collection}`")))
}

/// A member's text; `None` when it is absent, null or no text.
pub(super) fn member<'v>(object: &'v Value, name: &str) -> Option<&'v str> {
    object.get(name).and_then(Value::as_str)
}

/// A list's elements; none for anything else.
pub(super) fn elements(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A part of a reference as messages print it: `undefined` when it was not given.
pub(super) fn printed(part: Option<&str>) -> &str {
    part.unwrap_or("undefined")
}
