//! What a workspace holds.

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The example database of a new workspace.
pub(super) fn create_example(_: &mut ActionContext<'_>, _: &Record, _: &Record) -> Result<(), Outcome> {
    Ok(())
}
