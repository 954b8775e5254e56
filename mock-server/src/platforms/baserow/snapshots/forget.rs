//! `delete_snapshot`, and snapshots that go with their application.

use super::list::{going_on, of_application};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{get, key, number};
use crate::platforms::baserow::trash;

/// Removes a snapshot and its copy.
///
/// # Errors
/// `ERROR_SNAPSHOT_IS_BEING_RESTORED`.
pub(in crate::platforms::baserow) fn delete_snapshot(
    context: &mut ActionContext<'_>,
    snapshot: u64,
) -> Result<(), Outcome> {
    if going_on(context, "restore_snapshot", snapshot)? {
        let sentence = "the snapshot is being restored";
        return Err(Outcome::new("ERROR_SNAPSHOT_IS_BEING_RESTORED", sentence));
    }
    forget(context, snapshot)
}

/// Removes a snapshot and its copy, whatever goes on.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn forget(
    context: &mut ActionContext<'_>,
    snapshot: u64,
) -> Result<(), Outcome> {
    let snapshot = get(context, "snapshots", snapshot)?;
    let copy = number(&snapshot, "copy");
    context.delete(&[snapshot])?;
    trash::forget_item(context, "application", copy)
}

/// Removes the snapshots of an application that goes.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn forget_of(
    context: &mut ActionContext<'_>,
    application: u64,
) -> Result<(), Outcome> {
    of_application(context, application)?.iter().map(key).try_for_each(|one| forget(context, one))
}
