//! `create_snapshot`: a copy that is marked as trashed, with no entry in the trash that could bring it back.

use serde_json::{Value, json};

use super::list::{going_on, of_application, represent};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::applications;
use crate::platforms::baserow::jobs;
use crate::platforms::baserow::records::{caller, get, key, number, text};
use crate::state::Record;

/// How many snapshots the applications of a workspace can have where the setting says nothing.
const MOST: i64 = 50;

/// Copies an application and starts the job that says so.
///
/// # Errors
/// `ERROR_MAXIMUM_SNAPSHOTS_REACHED`, `ERROR_SNAPSHOT_IS_BEING_CREATED`, `ERROR_SNAPSHOT_NAME_NOT_UNIQUE`, `ERROR_SNAPSHOT_OPERATION_LIMIT_EXCEEDED`.
pub(in crate::platforms::baserow) fn create_snapshot(
    context: &mut ActionContext<'_>,
    application: u64,
    name: &str,
) -> Result<Value, Outcome> {
    let application = get(context, "applications", application)?;
    let user = caller(context)?;
    may_be_made(context, &application, name, user)?;
    let copy = applications::duplicate(context, &application)?;
    context.update(&copy, json!({ "trashed": true, "name": text(&application, "name") }))?;
    let snapshot = context.insert(
        "snapshots",
        json!({ "application": key(&application), "name": name, "copy": key(&copy), "created_by": key(user) }),
    )?;
    let shown = represent(context, &snapshot);
    let job = jobs::start(context, "create_snapshot", json!({ "result": { "snapshot": shown } }));
    let job = job.map_err(one_at_a_time)?;
    Ok(without_snapshot(jobs::represent(context, &job)))
}

fn may_be_made(
    context: &ActionContext<'_>,
    application: &Record,
    name: &str,
    user: &Record,
) -> Result<(), Outcome> {
    let limit = context.setting("BASEROW_MAX_SNAPSHOTS_PER_GROUP").and_then(Value::as_i64).unwrap_or(MOST);
    let mut count = 0;
    for one in context.all("applications", &[("workspace", &number(application, "workspace").into())])? {
        count += context.all("snapshots", &[("application", &key(&one).into())])?.len();
    }
    // A negative limit is none.
    if usize::try_from(limit).is_ok_and(|limit| count >= limit) {
        let sentence = format!("the applications of a workspace have at most {limit} snapshots");
        return Err(Outcome::new("ERROR_MAXIMUM_SNAPSHOTS_REACHED", sentence));
    }
    let known = of_application(context, key(application))?;
    if known.iter().any(|one| going_on(context, "create_snapshot", key(one)).unwrap_or(true)) {
        let sentence = "a snapshot of this application is being made";
        return Err(Outcome::new("ERROR_SNAPSHOT_IS_BEING_CREATED", sentence));
    }
    if known.iter().any(|one| text(one, "name") == name && number(one, "created_by") == key(user)) {
        let sentence = format!("there is a snapshot `{name}` of this application already");
        return Err(Outcome::new("ERROR_SNAPSHOT_NAME_NOT_UNIQUE", sentence));
    }
    Ok(())
}

/// Jobs of snapshots have a name of their own for this refusal.
pub(super) fn one_at_a_time(outcome: Outcome) -> Outcome {
    match &*outcome.name {
        "ERROR_MAX_JOB_COUNT_EXCEEDED" => outcome.named("ERROR_SNAPSHOT_OPERATION_LIMIT_EXCEEDED"),
        _ => outcome,
    }
}

/// The answers that start these jobs have only what all jobs have.
pub(super) fn without_snapshot(mut job: Value) -> Value {
    if let Value::Object(members) = &mut job {
        members.shift_remove("snapshot");
    }
    job
}
