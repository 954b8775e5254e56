//! Small readings of records that several areas share.

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

/// The caller, whom the operation's `security` has made sure of.
pub(super) fn caller<'c>(context: &ActionContext<'c>) -> Result<&'c Record, Outcome> {
    context.caller().ok_or_else(|| Outcome::new("internal", "the operation has no caller"))
}

/// Whether a setting of the server is on.
pub(super) fn on(context: &ActionContext<'_>, setting: &str) -> bool {
    context.setting(setting).and_then(Value::as_bool).unwrap_or_default()
}

/// Anything that the product did not foresee.
pub(super) fn unavailable() -> Outcome {
    Outcome::new("unavailable", "Unable to complete request")
}

/// No such object, or not the caller's.
pub(super) fn not_found() -> Outcome {
    Outcome::not_found("Resource not found")
}
