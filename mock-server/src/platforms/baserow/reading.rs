//! Small readings of records that several areas share.

use serde_json::Value;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The record's `id`.
pub(super) fn id(record: &Record) -> u64 {
    number(record, "id")
}

/// A field's whole number; 0, which no id is, when it has none.
pub(super) fn number(record: &Record, field: &str) -> u64 {
    record.get(field).and_then(Value::as_u64).unwrap_or_default()
}

/// A field's text; empty when it has none.
pub(super) fn text<'r>(record: &'r Record, field: &str) -> &'r str {
    record.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// Whether a field is true.
pub(super) fn flag(record: &Record, field: &str) -> bool {
    record.get(field).and_then(Value::as_bool).unwrap_or_default()
}

/// The whole numbers of a list.
pub(super) fn numbers(list: Option<&Value>) -> Vec<u64> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_u64).collect()
}

/// The record with that id, which the steps before have made sure of.
pub(super) fn get(context: &ActionContext<'_>, collection: &str, id: u64) -> Result<Record, Outcome> {
    let found = context.get(collection, &Value::from(id))?;
    found.ok_or_else(|| Outcome::not_found(format!("there is no record {id} in `{collection}`")))
}

/// The record that a field refers to, which has to be there.
pub(super) fn referred(context: &ActionContext<'_>, record: &Record, field: &str) -> Result<Record, Outcome> {
    let found = context.referred(record, field);
    found.ok_or_else(|| Outcome::not_found(format!("`{field}` refers to nothing")))
}

/// The person who asks; operations that nobody may call without one are not reached without one.
pub(super) fn caller(context: &ActionContext<'_>) -> Result<Record, Outcome> {
    context.caller().cloned().ok_or_else(|| Outcome::unauthenticated("nobody is signed in"))
}
