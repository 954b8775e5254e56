//! Notifications: those of one workspace and those of none belong together.

use serde_json::{Value, json};

use super::super::links::with_query;
use super::super::records::{caller, flag, id, text, value};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The largest part of the list, and the usual one (facts: baserow 1.35).
const LIMIT: usize = 200;

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
    limit: Option<&str>,
    offset: Option<&str>,
) -> Result<Value, Outcome> {
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok());
    let limit = number(limit).filter(|limit| *limit > 0).map_or(LIMIT, |limit| limit.min(LIMIT));
    let offset = number(offset).unwrap_or_default();
    let all = own(context, workspace)?;
    let link = |offset: usize| {
        let offset = (offset > 0).then(|| offset.to_string());
        let changes = [("limit", Some(limit.to_string())), ("offset", offset)];
        with_query(context.origin(), &context.inputs().url, &changes)
    };
    let next = offset.saturating_add(limit);
    let results: Vec<Value> =
        all.iter().skip(offset).take(limit).map(|one| represent(context, one)).collect();
    Ok(json!({
        "count": all.len(),
        "next": (next < all.len()).then(|| link(next)),
        "previous": (offset > 0).then(|| link(offset.saturating_sub(limit))),
        "results": results,
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
