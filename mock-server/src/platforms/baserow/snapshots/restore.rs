//! `restore_snapshot`: another application beside the one that the snapshot was taken of.

use serde_json::{Value, json};

use super::create::{one_at_a_time, without_snapshot};
use super::list::{going_on, represent};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::applications;
use crate::platforms::baserow::jobs;
use crate::platforms::baserow::records::{get, key, number, referred, text};

/// Copies the copy and starts the job that says so.
///
/// # Errors
/// `ERROR_SNAPSHOT_IS_BEING_RESTORED`, `ERROR_SNAPSHOT_OPERATION_LIMIT_EXCEEDED`.
pub(in crate::platforms::baserow) fn restore_snapshot(
    context: &mut ActionContext<'_>,
    snapshot: u64,
) -> Result<Value, Outcome> {
    let snapshot = get(context, "snapshots", snapshot)?;
    if going_on(context, "restore_snapshot", key(&snapshot))? {
        let sentence = "the snapshot is being restored";
        return Err(Outcome::new("ERROR_SNAPSHOT_IS_BEING_RESTORED", sentence));
    }
    let copy = referred(context, &snapshot, "copy")?;
    let made = applications::duplicate(context, &copy)?;
    let name = unused(context, number(&copy, "workspace"), text(&snapshot, "name"))?;
    context.update(&made, json!({ "trashed": false, "name": name }))?;
    let shown = represent(context, &snapshot);
    let job = jobs::start(context, "restore_snapshot", json!({ "snapshot": shown, "made": key(&made) }));
    let job = job.map_err(one_at_a_time)?;
    Ok(without_snapshot(jobs::represent(context, &job)))
}

/// A name that no application of the workspace has.
fn unused(context: &ActionContext<'_>, workspace: u64, name: &str) -> Result<String, Outcome> {
    let beside = [("workspace", &workspace.into()), ("trashed", &false.into())];
    let taken = context.all("applications", &beside)?;
    let numbered = (2..).map(|number| format!("{name} {number}"));
    let is_free = |name: &String| !taken.iter().any(|one| text(one, "name") == name);
    Ok(std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default())
}
