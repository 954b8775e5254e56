//! Links into an organisation (facts: lowcoder 10.4).

use serde_json::{Value, json};

use super::no_valid_org;
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{active_org, user, user_name};
use crate::platforms::lowcoder::founding::{join, make_current};
use crate::platforms::lowcoder::refusal::refused;
use crate::platforms::reading::{caller, id, value};
use crate::state::Record;

/// Anybody who is signed in may invite, into any organisation.
pub(in crate::platforms::lowcoder) fn create_user_invitation(
    context: &mut Context<'_>,
    input: g::CreateUserInvitationInput,
) -> Result<Value, Outcome> {
    let org = active_org(context, &Value::from(input.org_id))?.ok_or_else(no_valid_org)?;
    let fields = json!({ "org": id(&org), "createdBy": id(caller(context)?) });
    let invitation = context.insert("invitations", fields)?;
    view(context, &invitation, &org)
}

pub(in crate::platforms::lowcoder) fn get_invitation(
    context: &mut Context<'_>,
    input: g::GetInvitationInput,
) -> Result<Value, Outcome> {
    let (invitation, org) = known(context, &input.invitation_id)?;
    view(context, &invitation, &org)
}

/// Who is not signed in is told so in the body of a good answer, with the invitation (I3).
pub(in crate::platforms::lowcoder) fn follow_invitation(
    context: &mut Context<'_>,
    input: g::FollowInvitationInput,
) -> Result<Value, Outcome> {
    let (invitation, org) = known(context, &input.invitation_id)?;
    let Some(user) = user(context) else {
        let view = view(context, &invitation, &org)?;
        let data = json!({
            "inviteCode": view["id"], "createUserName": view["createUserName"],
            "invitedOrganizationName": view["invitedOrganizationName"],
            "invitedOrganizationId": view["invitedOrganizationId"],
        });
        return Ok(json!({ "code": 5205, "message": "", "data": data, "success": false }));
    };
    let user = id(user);
    if !join(context, &org, &user, "member")? {
        return Err(refused("already-in-organization", "You are in that organisation already."));
    }
    make_current(context, &user, &id(&org))?;
    Ok(json!({ "code": 1, "message": "", "data": true, "success": true }))
}

/// An invitation and the organisation that it leads into, which may have been deleted since.
///
/// # Errors
/// `invalid-invitation-code`, `unable-to-find-valid-org`.
pub(in crate::platforms::lowcoder) fn known(
    context: &Context<'_>,
    invitation: &str,
) -> Result<(Record, Record), Outcome> {
    let unknown = || refused("invalid-invitation-code", "There is no such invitation.");
    let invitation = context.get("invitations", &Value::from(invitation))?.ok_or_else(unknown)?;
    let org = active_org(context, &value(&invitation, "org"))?.ok_or_else(no_valid_org)?;
    Ok((invitation, org))
}

/// The members of `Invitation`.
fn view(context: &Context<'_>, invitation: &Record, org: &Record) -> Result<Value, Outcome> {
    Ok(json!({
        "id": id(invitation), "createUserName": user_name(context, &value(invitation, "createdBy"))?,
        "invitedOrganizationName": value(org, "name"), "invitedOrganizationId": id(org),
    }))
}
