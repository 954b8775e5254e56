//! Changing and ending shares: only the owner may.

use serde_json::{Value, json};

use super::super::faults::not_found;
use super::super::lifecycle::user;
use super::super::php;
use super::super::reading::{flag, text};
use super::create::expiry;
use super::partners::enabled;
use super::standing::{received, sees};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Replaces what the receiver may do, and until when.
pub(in super::super) fn update(
    context: &mut ActionContext<'_>,
    id: &str,
    expires: Option<i64>,
    mut editable: bool,
    shareable: bool,
) -> Result<Value, Outcome> {
    enabled(context)?;
    let share = own(context, id)?;
    let expires = expiry(context, expires)?;
    if let Some(password) = context.get("passwords", &share.get("source").cloned().unwrap_or_default())?
        && let Some(source) = received(context, &password)?
    {
        editable &= flag(&source, "editable");
    }
    let changes = json!({
        "expires": expires, "editable": editable, "shareable": shareable, "source_updated": true,
        "updated": php::now(context),
    });
    context.update(&share, changes)?;
    super::run_when_always(context)?;
    Ok(json!({ "id": id }))
}

/// Ends a share; the job removes the copy.
pub(in super::super) fn delete(context: &mut ActionContext<'_>, id: &str) -> Result<Value, Outcome> {
    let share = own(context, id)?;
    context.update(&share, json!({ "ended": true }))?;
    for other in context.all("shares", &[("source", &Value::from(text(&share, "source")))])? {
        context.update(&other, json!({ "left": false }))?;
    }
    super::run_when_always(context)?;
    Ok(json!({ "id": id }))
}

/// The share, if the caller sees it and gave it.
fn own(context: &ActionContext<'_>, id: &str) -> Result<Record, Outcome> {
    let user = user(context)?;
    let share =
        context.get("shares", &Value::from(id))?.filter(|share| sees(share, &user)).ok_or_else(not_found)?;
    if text(&share, "owner") != user {
        return Err(Outcome::new("access-denied", "Access denied"));
    }
    Ok(share)
}
