//! The invitation that the token of a mail leads to.

use serde_json::{Value, json};

use super::super::records::{flag, id, text, value};
use super::super::signing::{Purpose, verify};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The invitation, when the token is genuine and nobody has answered it.
pub(in super::super) fn of_token(context: &ActionContext<'_>, token: &str) -> Result<Record, Outcome> {
    let claims = verify(context, Purpose::Invitation, token);
    let claims = claims.ok_or_else(|| Outcome::new("BAD_TOKEN_SIGNATURE", ""))?;
    let invitation = context.get("invitations", &claims["invitation"])?;
    let lives = |invitation: &Record| {
        context.referred(invitation, "workspace").is_some_and(|workspace| !flag(&workspace, "trashed"))
    };
    invitation.filter(lives).ok_or_else(|| {
        Outcome::new("ERROR_GROUP_INVITATION_DOES_NOT_EXIST", "the invitation is not there any more")
    })
}

/// `get_workspace_invitation_by_token`.
pub(in super::super) fn get_workspace_invitation_by_token(
    context: &ActionContext<'_>,
    token: &str,
) -> Result<Value, Outcome> {
    let invitation = of_token(context, token)?;
    let named = |field: &str| context.referred(&invitation, field).map(|one| value(&one, "name"));
    let exists = context.find("users", &[("email", &value(&invitation, "email"))])?.is_some();
    Ok(json!({
        "id": id(&invitation),
        "invited_by": named("invited_by"),
        "workspace": named("workspace"),
        "email": text(&invitation, "email"),
        "message": text(&invitation, "message"),
        "created_on": text(&invitation, "created_on"),
        "email_exists": exists,
    }))
}
