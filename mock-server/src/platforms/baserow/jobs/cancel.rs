//! `cancel_job`: a job that goes on ends at once and leaves nothing behind.

use serde_json::{Value, json};

use super::job::{has_ended, represent};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{get, text};
use crate::platforms::baserow::{snapshots, trash};
use crate::state::Record;

/// Cancels a job and takes back what it has made.
///
/// # Errors
/// `ERROR_JOB_NOT_CANCELLABLE` when it has ended, or has changed what was there before.
pub(in crate::platforms::baserow) fn cancel_job(
    context: &mut ActionContext<'_>,
    job: u64,
) -> Result<Value, Outcome> {
    let job = get(context, "jobs", job)?;
    if text(&job, "state") == "cancelled" {
        return Ok(represent(context, &job));
    }
    let refuse = |why: &str| Err(Outcome::new("ERROR_JOB_NOT_CANCELLABLE", format!("the job {why}")));
    if has_ended(context, &job) {
        return refuse("has ended already");
    }
    if !take_back(context, &job)? {
        return refuse("has changed what was there before it");
    }
    let job = context.update(&job, json!({ "state": "cancelled" }))?;
    Ok(represent(context, &job))
}

/// Removes what a job has made; `false` when there is no such thing.
fn take_back(context: &mut ActionContext<'_>, job: &Record) -> Result<bool, Outcome> {
    let made = |path: &str| job.get("data").and_then(|data| data.pointer(path)).and_then(Value::as_u64);
    let (kind, made) = match text(job, "type") {
        "duplicate_application" => ("application", made("/result/duplicated_application/id")),
        "duplicate_table" => ("table", made("/result/duplicated_table/id")),
        "duplicate_field" => ("field", made("/result/duplicated_field/id")),
        // An import that fills a table that was there names no database.
        "file_import" => ("table", made("/database_id").and_then(|_| made("/result/table_id"))),
        "create_snapshot" => {
            return match made("/result/snapshot/id") {
                Some(snapshot) => snapshots::forget(context, snapshot).map(|()| true),
                None => Ok(false),
            };
        }
        "restore_snapshot" => ("application", made("/made")),
        _ => return Ok(false),
    };
    match made {
        Some(made) => trash::forget_item(context, kind, made).map(|()| true),
        // What has failed has made nothing.
        None => Ok(job.get("data").and_then(|data| data.get("error")).is_some()),
    }
}
