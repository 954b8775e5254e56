//! How passwords and shares stand to each other.

use serde_json::{Value, json};

use super::super::reading::{flag, text};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The shares that the owner of a password gave, ended ones left out.
pub(in super::super) fn of_source(
    context: &ActionContext<'_>,
    password: &str,
) -> Result<Vec<Record>, Outcome> {
    let mut shares = context.all("shares", &[("source", &Value::from(password))])?;
    shares.retain(|share| !flag(share, "ended"));
    Ok(shares)
}

/// Whether its owner shares a password. One whose receiver has left counts until the share job, or until the owner
/// ends another share of it (facts: passwords 5).
pub(in super::super) fn is_shared(context: &ActionContext<'_>, password: &Record) -> Result<bool, Outcome> {
    let shares = context.all("shares", &[("source", &Value::from(text(password, "id")))])?;
    Ok(shares.iter().any(|share| !flag(share, "ended") || flag(share, "left")))
}

/// The share through which a password was received.
pub(in super::super) fn received(
    context: &ActionContext<'_>,
    password: &Record,
) -> Result<Option<Record>, Outcome> {
    match password.get("share") {
        Some(share) if share.is_string() => context.get("shares", share),
        _ => Ok(None),
    }
}

/// A password's content has changed: the copies have to follow, and the source where the copy may be edited.
pub(in super::super) fn content_changed(
    context: &mut ActionContext<'_>,
    password: &Record,
) -> Result<(), Outcome> {
    for share in of_source(context, text(password, "id"))? {
        context.update(&share, json!({ "source_updated": true }))?;
    }
    if let Some(share) = received(context, password)?
        && flag(&share, "editable")
    {
        context.update(&share, json!({ "target_updated": true }))?;
    }
    Ok(())
}

/// A password is removed for good: as a source it ends its shares, as a copy the share that it came through.
pub(in super::super) fn removed(context: &mut ActionContext<'_>, password: &Record) -> Result<(), Outcome> {
    for share in of_source(context, text(password, "id"))? {
        context.update(&share, json!({ "ended": true }))?;
    }
    if let Some(share) = received(context, password)? {
        context.update(&share, json!({ "ended": true, "left": true, "target": null }))?;
    }
    Ok(())
}

/// Whether somebody takes part in a share, and sees it: the receiver from when there is a copy.
pub(super) fn sees(share: &Record, user: &str) -> bool {
    let receives = text(share, "receiver").eq_ignore_ascii_case(user)
        && share.get("target").is_some_and(Value::is_string);
    !flag(share, "ended") && (text(share, "owner") == user || receives)
}
