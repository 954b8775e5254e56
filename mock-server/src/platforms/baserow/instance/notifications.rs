//! Notifications: those of one workspace and those of none belong together.

use serde_json::{Value, json};

use super::super::page::{Limits, by_offset};
use super::super::records::{caller, flag, id, text, value};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// facts: baserow 1.35
const LIMITS: Limits = Limits { usual: 200, most: 200 };

/// The caller's notifications of a workspace and of none, newest first.
fn own(context: &ActionContext<'_>, workspace: u64) -> Result<Vec<Record>, Outcome> {
    let mut own = context.all("notifications", &[("user", &id(caller(context)?))])?;
    own.retain(|one| {
        let of = value(one, "workspace");
        of.is_null() || of == workspace
    });
    own.reverse();
    Ok(own)
}

/// `list_workspace_notifications`: `limit` of them after `offset`. Neither can be wrong.
pub(in super::super) fn list_workspace_notifications(
    context: &ActionContext<'_>,
    workspace: u64,
) -> Result<Value, Outcome> {
    let all = own(context, workspace)?;
    Ok(by_offset(context, LIMITS, |places| {
        let part = all.iter().skip(places.start).take(places.len());
        (all.len(), part.map(|one| represent(context, one)).collect())
    }))
}

/// `mark_notification_as_read`.
pub(in super::super) fn mark_notification_as_read(
    context: &mut ActionContext<'_>,
    workspace: u64,
    notification: u64,
    read: bool,
) -> Result<Value, Outcome> {
    let found = own(context, workspace)?.into_iter().find(|one| id(one) == notification);
    let found = found.ok_or_else(|| {
        let sentence = format!("there is no notification {notification} of the caller's");
        Outcome::new("ERROR_NOTIFICATION_DOES_NOT_EXIST", sentence)
    })?;
    let found = context.update(&found, json!({ "read": read }))?;
    Ok(represent(context, &found))
}

/// `mark_all_notifications_as_read`.
pub(in super::super) fn mark_all_notifications_as_read(
    context: &mut ActionContext<'_>,
    workspace: u64,
) -> Result<(), Outcome> {
    for unread in own(context, workspace)?.iter().filter(|one| !flag(one, "read")) {
        context.update(unread, json!({ "read": true }))?;
    }
    Ok(())
}

/// A notification as answers show it.
fn represent(context: &ActionContext<'_>, notification: &Record) -> Value {
    let sender = context.referred(notification, "sender").map(|sender| {
        json!({ "id": id(&sender), "username": text(&sender, "email"), "first_name": text(&sender, "name") })
    });
    let workspace = value(notification, "workspace");
    json!({
        "id": id(notification),
        "type": text(notification, "type"),
        "sender": sender,
        "workspace": (!workspace.is_null()).then(|| json!({ "id": workspace })),
        "created_on": text(notification, "created_on"),
        "read": flag(notification, "read"),
        "data": value(notification, "data"),
    })
}
