//! Accepting and rejecting invitations. Either way the invitation is gone, and who sent it is told.

use super::super::records::{caller, get, text};
use super::super::workspaces;
use super::notify::{self, Answer};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The invitation is for another address.
pub(in super::super) fn mismatch() -> Outcome {
    let sentence = "the invitation is for another e-mail address";
    Outcome::new("ERROR_GROUP_INVITATION_EMAIL_MISMATCH", sentence)
}

/// Makes a user a member as an invitation says, and gives their place.
pub(in super::super) fn accept(
    context: &mut ActionContext<'_>,
    user: &Record,
    invitation: &Record,
) -> Result<Record, Outcome> {
    if text(user, "email") != text(invitation, "email") {
        return Err(mismatch());
    }
    let workspace = context.referred(invitation, "workspace");
    let workspace = workspace.ok_or_else(|| Outcome::new("internal", "an invitation into no workspace"))?;
    let place = workspaces::join(context, &workspace, user, text(invitation, "permissions"))?;
    notify::answered(context, invitation, user, Answer::Accepted)?;
    context.delete(std::slice::from_ref(invitation))?;
    Ok(place)
}

/// `accept_workspace_invitation`: produces the caller's place in the workspace.
pub(in super::super) fn accept_workspace_invitation(
    context: &mut ActionContext<'_>,
    invitation: u64,
) -> Result<(), Outcome> {
    let invitation = get(context, "invitations", invitation)?;
    let user = caller(context)?.clone();
    let place = accept(context, &user, &invitation)?;
    context.produce(place);
    Ok(())
}

/// `reject_workspace_invitation`.
pub(in super::super) fn reject_workspace_invitation(
    context: &mut ActionContext<'_>,
    invitation: u64,
) -> Result<(), Outcome> {
    let invitation = get(context, "invitations", invitation)?;
    let user = caller(context)?.clone();
    notify::answered(context, &invitation, &user, Answer::Rejected)?;
    context.delete(&[invitation])
}
