//! Plain values in answers.

use serde_json::Value;

use crate::scope::Bound;

/// What a discriminator's property says.
pub(super) fn tag(subject: &Bound<'_>, name: &str) -> Option<Value> {
    match subject {
        Bound::Record(record) => record.get(name).cloned(),
        Bound::Value(value) => value.get(name).cloned(),
        Bound::Key(..) | Bound::Records(_) | Bound::List(_) => None,
    }
}

/// Writes a value as JSON text.
pub(super) fn json(out: &mut Vec<u8>, value: &Value) {
    // Writing a `Value` into memory cannot fail: its keys are texts and its numbers finite.
    let _ = serde_json::to_writer(out, value);
}
