//! Small readings of records and of the instance that several areas share.

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

/// A field's number; 0 when it has none.
pub(super) fn number(record: &Record, field: &str) -> u64 {
    record.get(field).and_then(Value::as_u64).unwrap_or_default()
}

/// A field's value as it is; null when it has none.
pub(super) fn value(record: &Record, field: &str) -> Value {
    record.get(field).cloned().unwrap_or_default()
}

/// The record's `id`.
pub(super) fn id(record: &Record) -> Value {
    value(record, "id")
}

/// The record's `id` as a number.
pub(super) fn key(record: &Record) -> u64 {
    number(record, "id")
}

/// An id of the API as the key that collections have; no record has 0.
pub(super) fn from_id(id: i64) -> u64 {
    u64::try_from(id).unwrap_or_default()
}

/// The whole numbers of a list.
pub(super) fn numbers(list: Option<&Value>) -> Vec<u64> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_u64).collect()
}

/// The record that a field refers to, which has to be there.
pub(super) fn referred(context: &ActionContext<'_>, record: &Record, field: &str) -> Result<Record, Outcome> {
    let found = context.referred(record, field);
    found.ok_or_else(|| Outcome::not_found(format!("`{field}` refers to nothing")))
}

/// The record with that key, which the steps before have made sure of.
pub(super) fn get(context: &ActionContext<'_>, collection: &str, key: u64) -> Result<Record, Outcome> {
    let found = context.get(collection, &Value::from(key))?;
    found.ok_or_else(|| Outcome::not_found(format!("there is no record {key} in `{collection}`")))
}

/// The caller, whom the operation's `security` has made sure of.
pub(super) fn caller<'c>(context: &ActionContext<'c>) -> Result<&'c Record, Outcome> {
    context.caller().ok_or_else(|| Outcome::new("internal", "the operation has no caller"))
}

/// The one record of `instance`.
pub(super) fn instance(context: &ActionContext<'_>) -> Result<Record, Outcome> {
    get(context, "instance", 1)
}

/// Whether a setting of the server is on.
pub(super) fn on(context: &ActionContext<'_>, setting: &str) -> bool {
    context.setting(setting).and_then(Value::as_bool).unwrap_or_default()
}

/// A request on which the product crashes: refused as `instead` says, unless the mock is to crash as well.
pub(super) fn crash(context: &ActionContext<'_>, instead: Outcome) -> Outcome {
    if on(context, "PRODUCT_CRASHES") {
        Outcome::new("product-crash", "the product fails on this request")
    } else {
        instead
    }
}
