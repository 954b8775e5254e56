//! Writing what is only of one type into a field's record.

use serde_json::{Map, Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Makes these the options of a field, instead of what they were. Members that are null count as absent.
///
/// # Errors
/// None but `internal`.
pub(super) fn set_options(
    context: &mut ActionContext<'_>,
    field: &Record,
    options: Map<String, Value>,
) -> Result<Record, Outcome> {
    // An update merges objects (RFC 7396): what is to go has to be gone before.
    let cleared = context.update(field, json!({ "options": null }))?;
    context.update(&cleared, json!({ "options": options }))
}
