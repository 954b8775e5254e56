//! `list_snapshots`, and what answers say of one.

use serde_json::{Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::jobs;
use crate::platforms::baserow::records::{key, text};
use crate::state::Record;

/// The snapshots of an application that are there already, newest first.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn list_snapshots(
    context: &ActionContext<'_>,
    application: u64,
) -> Result<Value, Outcome> {
    let mut shown = Vec::new();
    for snapshot in of_application(context, application)?.iter().rev() {
        if !going_on(context, "create_snapshot", key(snapshot))? {
            shown.push(represent(context, snapshot));
        }
    }
    Ok(Value::Array(shown))
}

/// What answers say of a snapshot.
pub(super) fn represent(context: &ActionContext<'_>, snapshot: &Record) -> Value {
    let by = context.referred(snapshot, "created_by").map(|user| json!({ "username": text(&user, "email") }));
    json!({
        "id": key(snapshot), "name": text(snapshot, "name"), "snapshot_from_application": snapshot.get("application"),
        "created_at": snapshot.get("created_at"), "created_by": by,
    })
}

pub(super) fn of_application(context: &ActionContext<'_>, application: u64) -> Result<Vec<Record>, Outcome> {
    context.all("snapshots", &[("application", &application.into())])
}

/// Whether a job of this kind goes on with a snapshot, whoever started it.
pub(super) fn going_on(context: &ActionContext<'_>, kind: &str, snapshot: u64) -> Result<bool, Outcome> {
    let running = context.all("jobs", &[("type", &kind.into()), ("state", &"pending".into())])?;
    let about = |job: &Record| {
        let data = job.get("data");
        let shown =
            data.and_then(|data| data.pointer("/result/snapshot/id").or(data.pointer("/snapshot/id")));
        shown.and_then(Value::as_u64) == Some(snapshot)
    };
    Ok(running.iter().any(|job| about(job) && !jobs::has_ended(context, job)))
}
