//! The share job: makes the copies, carries changes between them, and removes what has ended (facts: passwords 5, job rules).

use serde_json::{Map, Value, json};

use super::super::reading::{flag, on, text, value};
use super::super::{passwords, php};
use super::partners::named;
use super::standing::{of_source, received};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Who writes what the job writes.
const CLIENT: &str = "CLIENT::CRON";
/// What a copy takes over from its source. Folder, tags, `hidden` and `favorite` are the receiver's own.
const COPIED: &[&str] = &[
    "label",
    "username",
    "password",
    "url",
    "notes",
    "customFields",
    "hash",
    "edited",
    "cseType",
    "cseKey",
    "sseType",
];
/// Shares of shares that one run follows; longer chains wait for the next run.
const DEPTH: usize = 32;

/// Runs the job after a change, where the server is set so.
pub(in super::super) fn run_when_always(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    if on(context, "SHARE_JOB_ALWAYS") { run(context).map(drop) } else { Ok(()) }
}

/// Runs the job.
pub(in super::super) fn run(context: &mut ActionContext<'_>) -> Result<Value, Outcome> {
    for _ in 0..DEPTH {
        let done = [end(context)?, copy(context)?, carry_up(context)?, carry_down(context)?];
        if !done.contains(&true) {
            break;
        }
    }
    Ok(json!({ "success": true }))
}

/// Removes shares that have ended or expired, whose password is gone, or that may not be given on any more; and their copies.
fn end(context: &mut ActionContext<'_>) -> Result<bool, Outcome> {
    let now = php::now(context);
    let mut any = false;
    for share in context.all("shares", &[])? {
        let source = context.get("passwords", &value(&share, "source"))?;
        let expired = share.get("expires").and_then(Value::as_i64).is_some_and(|until| until < now);
        let forbidden = match &source {
            Some(source) => received(context, source)?.is_some_and(|above| !flag(&above, "shareable")),
            None => true,
        };
        if flag(&share, "ended") || expired || forbidden {
            if let Some(copy) = context.get("passwords", &value(&share, "target"))? {
                passwords::remove(context, &copy)?;
            }
            context.delete(&[share])?;
            any = true;
        }
    }
    Ok(any)
}

/// Makes the copies that are missing. A chain that leads back to an earlier holder ends.
fn copy(context: &mut ActionContext<'_>) -> Result<bool, Outcome> {
    let mut any = false;
    for share in context.all("shares", &[])? {
        if share.get("target").is_some_and(Value::is_string) || flag(&share, "ended") {
            continue;
        }
        let (Some(source), Some(receiver)) =
            (context.get("passwords", &value(&share, "source"))?, named(context, text(&share, "receiver"))?)
        else {
            continue;
        };
        any = true;
        if holds(context, &source, text(&receiver, "id"))? {
            context.update(&share, json!({ "ended": true }))?;
            continue;
        }
        let mut content = copied(&source);
        content.insert("share".to_owned(), value(&share, "id"));
        content.insert("editable".to_owned(), flag(&share, "editable").into());
        let copy = passwords::insert(context, text(&receiver, "id"), content.into(), CLIENT)?;
        context.update(
            &share,
            json!({ "target": copy.get("id"), "source_updated": false, "target_updated": false }),
        )?;
    }
    Ok(any)
}

/// Whether a user is among those through whose hands a password came.
fn holds(context: &ActionContext<'_>, password: &Record, user: &str) -> Result<bool, Outcome> {
    let mut held = Some(password.clone());
    for _ in 0..DEPTH {
        let Some(password) = held else { return Ok(false) };
        if text(&password, "user") == user {
            return Ok(true);
        }
        held = match received(context, &password)? {
            Some(share) => context.get("passwords", &value(&share, "source"))?,
            None => None,
        };
    }
    Ok(true)
}

/// What receivers have changed goes to the source, and from there to the other copies.
fn carry_up(context: &mut ActionContext<'_>) -> Result<bool, Outcome> {
    let mut any = false;
    for share in context.all("shares", &[])? {
        let (Some(source), Some(copy)) = (
            context.get("passwords", &value(&share, "source"))?,
            context.get("passwords", &value(&share, "target"))?,
        ) else {
            continue;
        };
        // an older change of the receiver does not undo a newer one of the owner
        if !flag(&share, "target_updated") || !flag(&share, "editable") || flag(&share, "source_updated") {
            continue;
        }
        any = true;
        passwords::revise(context, &source, copied(&copy).into(), CLIENT)?;
        settle(context, &share)?;
    }
    Ok(any)
}

/// What sources and rights have changed goes to the copies.
fn carry_down(context: &mut ActionContext<'_>) -> Result<bool, Outcome> {
    let mut any = false;
    for share in context.all("shares", &[])? {
        if !flag(&share, "source_updated") {
            continue;
        }
        let (Some(source), Some(copy)) = (
            context.get("passwords", &value(&share, "source"))?,
            context.get("passwords", &value(&share, "target"))?,
        ) else {
            continue;
        };
        any = true;
        let editable = flag(&share, "editable");
        let copy = context.update(&copy, json!({ "editable": editable }))?;
        if !editable {
            for below in of_source(context, text(&copy, "id"))? {
                if flag(&below, "editable") {
                    context.update(&below, json!({ "editable": false, "source_updated": true }))?;
                }
            }
        }
        let differs = COPIED.iter().any(|name| source.get(name) != copy.get(name));
        if differs {
            passwords::revise(context, &copy, copied(&source).into(), CLIENT)?;
            for below in of_source(context, text(&copy, "id"))? {
                context.update(&below, json!({ "source_updated": true }))?;
            }
        }
        settle(context, &share)?;
    }
    Ok(any)
}

/// Both sides are the same now.
fn settle(context: &mut ActionContext<'_>, share: &Record) -> Result<(), Outcome> {
    context.update(share, json!({ "source_updated": false, "target_updated": false })).map(drop)
}

fn copied(password: &Record) -> Map<String, Value> {
    COPIED.iter().map(|name| ((*name).to_owned(), value(password, name))).collect()
}
