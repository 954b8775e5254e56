//! Accounts that administrators make for their organisation (facts: lowcoder 10.2 U7, 11 X34).

use serde_json::{Value, json};

use super::profile::connections;
use super::ways::{EMAIL, ways_of};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{active_org, require_admin};
use crate::platforms::lowcoder::founding::{join, make_current};
use crate::platforms::lowcoder::refusal::{not_authorized, refused};
use crate::platforms::lowcoder::signing::create_user;
use crate::platforms::reading::{caller, flag, id, member, value};

/// `createUserAndAddToOrg`
pub(in crate::platforms::lowcoder) fn create_user_and_add_to_org(
    context: &mut Context<'_>,
    input: g::CreateUserAndAddToOrgInput,
) -> Result<Value, Outcome> {
    make(context, &input.org_id, &input.body)
}

/// `createScimUserAndAddToOrg`
pub(in crate::platforms::lowcoder) fn create_scim_user_and_add_to_org(
    context: &mut Context<'_>,
    input: g::CreateScimUserAndAddToOrgInput,
) -> Result<Value, Outcome> {
    make(context, &input.org_id, &input.body)
}

/// A member of the organisation, who has no other. Only an ObjectId names it.
fn make(context: &mut Context<'_>, org: &str, body: &Value) -> Result<Value, Outcome> {
    let org = active_org(context, &Value::from(org))?.ok_or_else(not_authorized)?;
    require_admin(context, &id(&org))?;
    let by_form = |way: &Value| member(way, "id") == Some(EMAIL) && way["enable"] == Value::Bool(true);
    if !ways_of(context, &org).iter().any(by_form) {
        return Err(refused("email-provider-disabled", "Signing in by e-mail is switched off."));
    }
    let creator = id(caller(context)?);
    let email = member(body, "email").unwrap_or_default();
    let user = create_user(context, email, member(body, "password"), Some(&creator))?;
    join(context, &org, &id(&user), "member")?;
    make_current(context, &id(&user), &id(&org))?;
    Ok(json!({
        "id": id(&user), "createdBy": value(&user, "createdBy"), "name": value(&user, "name"),
        "email": value(&user, "email"), "uiLanguage": value(&user, "uiLanguage"),
        "avatar": value(&user, "avatar"), "tpAvatarLink": value(&user, "tpAvatarLink"),
        "superAdmin": flag(&user, "superAdmin"), "state": value(&user, "state"),
        "activeAuthId": value(&user, "activeAuthId"), "passwordResetToken": null,
        "passwordResetTokenExpiry": null, "connections": connections(context, &user)?, "apiKeysList": [],
        "apiKeys": null, "hasSetNickname": flag(&user, "hasSetNickname"), "orgTransformedUserInfo": null,
    }))
}
