//! What earlier steps of an operation found.

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::scope::Bound;
use crate::state::Record;

/// The record that an earlier step bound, as it is now.
pub(super) fn bound(context: &ActionContext<'_>, name: &str) -> Result<Record, Outcome> {
    match context.bound(name) {
        Some(Bound::Record(record)) => context.current(record),
        _ => Err(Outcome::new("internal", format!("no step before bound `{name}` to a record"))),
    }
}
