//! A job from its start to its end.

use serde_json::{Map, Value, json};

use crate::action::ActionContext;
use crate::entropy::Timestamp;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{caller, get, key, number, text};
use crate::state::Record;

/// After so many milliseconds a job has ended, whether somebody asked or not.
const TAKES: u64 = 1000;

/// Starts a job. The work has been done already, by the caller and in the same transaction.
///
/// What `data` has besides is shown from the start: `data.result` has the properties that the job finds out, which are null until it
/// has ended where `data` says nothing else of them; `data.error` is why it fails.
///
/// # Errors
/// `ERROR_MAX_JOB_COUNT_EXCEEDED` while another job of this kind and person goes on.
pub(in crate::platforms::baserow) fn start(
    context: &mut ActionContext<'_>,
    kind: &str,
    data: Value,
) -> Result<Record, Outcome> {
    may_start(context, kind)?;
    let user = key(caller(context)?);
    context.insert("jobs", json!({ "user": user, "type": kind, "data": data }))
}

/// Whether the caller can start a job of this kind now. The product asks before it looks for what the job is about.
///
/// # Errors
/// `ERROR_MAX_JOB_COUNT_EXCEEDED` while another job of this kind and person goes on.
pub(in crate::platforms::baserow) fn may_start(
    context: &ActionContext<'_>,
    kind: &str,
) -> Result<(), Outcome> {
    let user = key(caller(context)?);
    let others = [("user", &user.into()), ("type", &kind.into()), ("state", &"pending".into())];
    if context.all("jobs", &others)?.iter().any(|job| !has_ended(context, job)) {
        let sentence = format!("a job of type `{kind}` is running already");
        return Err(Outcome::new("ERROR_MAX_JOB_COUNT_EXCEEDED", sentence));
    }
    Ok(())
}

/// How a job is getting on. Whoever asks learns that it has ended.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn read_job(
    context: &mut ActionContext<'_>,
    job: u64,
) -> Result<Value, Outcome> {
    let job = end(context, &get(context, "jobs", job)?)?;
    Ok(represent(context, &job))
}

/// What answers say of a job.
pub(in crate::platforms::baserow) fn represent(context: &ActionContext<'_>, job: &Record) -> Value {
    let none = Map::new();
    let data = job.get("data").and_then(Value::as_object).unwrap_or(&none);
    let result = data.get("result").and_then(Value::as_object).unwrap_or(&none);
    let error = text_of(data, "error");
    let (state, progress, error) = match text(job, "state") {
        "pending" if !has_ended(context, job) => ("pending", 0, ""),
        "cancelled" => ("cancelled", 0, ""),
        _ if error.is_empty() => ("finished", 100, ""),
        _ => ("failed", 0, error),
    };
    let mut shown = json!({
        "id": key(job), "type": text(job, "type"), "progress_percentage": progress, "state": state,
        "human_readable_error": error,
    });
    for (name, value) in data.iter().filter(|(name, _)| !["result", "error", "made"].contains(&name.as_str()))
    {
        shown[name] = value.clone();
    }
    for (name, value) in result {
        if state == "finished" {
            shown[name] = value.clone();
        } else if !data.contains_key(name) {
            shown[name] = Value::Null;
        }
    }
    shown
}

/// The state that a job is in by now.
pub(super) fn state(context: &ActionContext<'_>, job: &Record) -> &'static str {
    let failed = || job.get("data").and_then(|data| data.get("error")).is_some();
    match text(job, "state") {
        "pending" if !has_ended(context, job) => "pending",
        "cancelled" => "cancelled",
        _ if failed() => "failed",
        _ => "finished",
    }
}

/// Ends a job that goes on; the others stay as they are.
pub(super) fn end(context: &mut ActionContext<'_>, job: &Record) -> Result<Record, Outcome> {
    if text(job, "state") != "pending" {
        return Ok(job.clone());
    }
    let failed = job.get("data").and_then(|data| data.get("error")).is_some();
    context.update(job, json!({ "state": if failed { "failed" } else { "finished" } }))
}

/// Whether a job has ended by now, or somebody was told so.
pub(in crate::platforms::baserow) fn has_ended(context: &ActionContext<'_>, job: &Record) -> bool {
    let since = Timestamp::parse(text(job, "created_on")).unwrap_or_default();
    text(job, "state") != "pending" || since.after(TAKES) <= context.now()
}

/// The jobs of the caller, newest first.
pub(super) fn own(context: &ActionContext<'_>) -> Result<Vec<Record>, Outcome> {
    let mut jobs = context.all("jobs", &[("user", &key(caller(context)?).into())])?;
    jobs.sort_by_key(|job| std::cmp::Reverse(number(job, "id")));
    Ok(jobs)
}

fn text_of<'d>(data: &'d Map<String, Value>, name: &str) -> &'d str {
    data.get(name).and_then(Value::as_str).unwrap_or_default()
}
