//! Who is told of an invitation: the invited, if they have an account, and who sent it when it is answered.

use serde_json::{Value, json};

use super::super::records::{id, value};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// How an invitation was answered.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    Accepted,
    Rejected,
}

/// Tells the invited. The notification belongs to no workspace: they are no member yet.
pub(super) fn invited(
    context: &mut ActionContext<'_>,
    invitation: &Record,
    user: &Record,
) -> Result<(), Outcome> {
    let notification = json!({
        "user": id(user),
        "sender": value(invitation, "invited_by"),
        "type": "workspace_invitation_created",
        "data": data(context, invitation),
    });
    context.insert("notifications", notification).map(drop)
}

/// Tells who sent it; what told the invited counts as read.
pub(super) fn answered(
    context: &mut ActionContext<'_>,
    invitation: &Record,
    user: &Record,
    answer: Answer,
) -> Result<(), Outcome> {
    let kind = Value::from("workspace_invitation_created");
    for told in context.all("notifications", &[("user", &id(user)), ("type", &kind)])? {
        if told.get("data").is_some_and(|data| data["invitation_id"] == id(invitation)) {
            context.update(&told, json!({ "read": true }))?;
        }
    }
    let kind = match answer {
        Answer::Accepted => "workspace_invitation_accepted",
        Answer::Rejected => "workspace_invitation_rejected",
    };
    let notification = json!({
        "user": value(invitation, "invited_by"),
        "sender": id(user),
        "workspace": value(invitation, "workspace"),
        "type": kind,
        "data": data(context, invitation),
    });
    context.insert("notifications", notification).map(drop)
}

fn data(context: &ActionContext<'_>, invitation: &Record) -> Value {
    let workspace = context.referred(invitation, "workspace");
    json!({
        "invitation_id": id(invitation),
        "invited_to_workspace_id": value(invitation, "workspace"),
        "invited_to_workspace_name": workspace.map(|workspace| value(&workspace, "name")),
    })
}
