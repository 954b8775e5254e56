//! `create_workspace_invitation`: one for each address; inviting again changes it.

use serde_json::{Value, json};

use super::super::records::{caller, get, id};
use super::super::signing::{Purpose, sign};
use super::super::{mails, users, workspaces};
use super::notify;
use crate::action::ActionContext;
use crate::generated::baserow::CreateWorkspaceInvitationInput;
use crate::outcome::Outcome;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Invitation<'i> {
    pub(in super::super) workspace: u64,
    pub(in super::super) email: &'i str,
    pub(in super::super) permissions: Option<&'i str>,
    pub(in super::super) message: Option<&'i str>,
    pub(in super::super) base_url: &'i str,
}

impl<'i> From<&'i CreateWorkspaceInvitationInput> for Invitation<'i> {
    fn from(input: &'i CreateWorkspaceInvitationInput) -> Self {
        Self {
            workspace: u64::try_from(input.workspace).unwrap_or_default(),
            email: &input.email,
            permissions: input.permissions.as_deref(),
            message: input.message.as_deref(),
            base_url: &input.base_url,
        }
    }
}

/// Produces the invitation.
pub(in super::super) fn create_workspace_invitation(
    context: &mut ActionContext<'_>,
    asked: Invitation<'_>,
) -> Result<(), Outcome> {
    let workspace = get(context, "workspaces", asked.workspace)?;
    let address = Value::from(users::email(asked.email));
    let invited = context.find("users", &[("email", &address)])?;
    if let Some(user) = &invited
        && workspaces::is_member(context, &workspace, user)?
    {
        let sentence = "the address belongs to a member of the workspace";
        return Err(Outcome::new("ERROR_GROUP_USER_ALREADY_EXISTS", sentence));
    }
    let waiting = context.all("invitations", &[("workspace", &id(&workspace))])?;
    let known = waiting.iter().find(|one| one.get("email") == Some(&address)).cloned();
    let most =
        context.setting("BASEROW_MAX_PENDING_WORKSPACE_INVITES").and_then(Value::as_u64).unwrap_or_default();
    let others = waiting.len().saturating_sub(usize::from(known.is_some()));
    if most > 0 && u64::try_from(others).unwrap_or(u64::MAX) >= most {
        let sentence = format!("{most} invitations of this workspace wait for an answer already");
        return Err(Outcome::new("ERROR_MAX_NUMBER_OF_PENDING_WORKSPACE_INVITES_REACHED", sentence));
    }
    mails::require_frontend(context, asked.base_url)?;
    let fields = json!({
        "workspace": id(&workspace),
        "email": address,
        "permissions": asked.permissions.unwrap_or("MEMBER"),
        // facts: what is left out is emptied, also when the invitation was there
        "message": asked.message.unwrap_or_default(),
        "invited_by": id(caller(context)?),
    });
    let invitation = match &known {
        Some(known) => context.update(known, fields)?,
        None => context.insert("invitations", fields)?,
    };
    if let (Some(user), None) = (&invited, &known) {
        notify::invited(context, &invitation, user)?;
    }
    let token = sign(context, Purpose::Invitation, json!({ "invitation": id(&invitation) }))?;
    let to = address.as_str().unwrap_or_default();
    mails::send_link(context, to, "workspace-invitation", asked.base_url, &token)?;
    context.produce(invitation);
    Ok(())
}

/// `update_workspace_invitation`: produces the invitation. Without permissions it stays as it is.
pub(in super::super) fn update_workspace_invitation(
    context: &mut ActionContext<'_>,
    invitation: u64,
    permissions: Option<&str>,
) -> Result<(), Outcome> {
    let mut invitation = get(context, "invitations", invitation)?;
    if let Some(permissions) = permissions {
        invitation = context.update(&invitation, json!({ "permissions": permissions }))?;
    }
    context.produce(invitation);
    Ok(())
}
