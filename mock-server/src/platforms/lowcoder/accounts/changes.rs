//! What users change of themselves, and administrators of others: names, languages, passwords (facts: lowcoder 10.2, 11).

use serde_json::{Map, Value, json};

use super::profile::profile_of;
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{current_org, membership, require_admin};
use crate::platforms::lowcoder::ids::resolve_slug;
use crate::platforms::lowcoder::refusal::{
    invalid_parameter, no_resource, not_authorized, refused, unsupported,
};
use crate::platforms::lowcoder::signing::matches;
use crate::platforms::reading::{caller, id, member};
use crate::state::Record;

/// How long a password is that the server makes up.
const MADE_UP: usize = 12;

/// `updateUser`
pub(in crate::platforms::lowcoder) fn update_user(
    context: &mut Context<'_>,
    input: g::UpdateUserInput,
) -> Result<Value, Outcome> {
    let user = caller(context)?;
    change(context, user, &input.body)
}

/// `updateUserOfOrganization`: an administrator of any organisation changes any user (facts: lowcoder 11 X7).
pub(in crate::platforms::lowcoder) fn update_user_of_organization(
    context: &mut Context<'_>,
    input: g::UpdateUserOfOrganizationInput,
) -> Result<Value, Outcome> {
    let user = administered_user(context, &input.org_id, &input.user_id)?;
    change(context, &user, &input.body)
}

/// A user, for an administrator of that organisation; 5001 for all others, also where there is no such organisation.
pub(super) fn administered_user(context: &Context<'_>, org: &str, user: &str) -> Result<Record, Outcome> {
    let org = resolve_slug(context, "organizations", org)?.ok_or_else(not_authorized)?;
    require_admin(context, &id(&org))?;
    let found = context.get("users", &Value::from(user))?;
    found.ok_or_else(|| no_resource("There is no such user."))
}

fn change(context: &mut Context<'_>, user: &Record, body: &Value) -> Result<Value, Outcome> {
    // a language that is left out is set as well
    let mut changes =
        Map::from_iter([("uiLanguage".to_owned(), member(body, "uiLanguage").unwrap_or("en").into())]);
    if let Some(name) = member(body, "name").filter(|name| !name.trim().is_empty()) {
        changes.insert("name".to_owned(), name.into());
        changes.insert("hasSetNickname".to_owned(), true.into());
    }
    let user = context.update(user, Value::Object(changes))?;
    profile_of(context, &user)
}

/// `updatePassword`
pub(in crate::platforms::lowcoder) fn update_password(
    context: &mut Context<'_>,
    input: g::UpdatePasswordInput,
) -> Result<Value, Outcome> {
    let old = not_blank(member(&input.body, "oldPassword").unwrap_or_default())?;
    let new = not_blank(member(&input.body, "newPassword").unwrap_or_default())?;
    let user = caller(context)?;
    if !matches(user, old) {
        return Err(refused("invalid-password", "The old password is wrong."));
    }
    context.update(user, json!({ "password": new }))?;
    Ok(true.into())
}

/// `setPassword`
pub(in crate::platforms::lowcoder) fn set_password(
    context: &mut Context<'_>,
    input: g::SetPasswordInput,
) -> Result<Value, Outcome> {
    let password = not_blank(&input.password)?;
    context.update(caller(context)?, json!({ "password": password }))?;
    Ok(true.into())
}

fn not_blank(password: &str) -> Result<&str, Outcome> {
    if password.trim().is_empty() {
        return Err(invalid_parameter("A password is blank."));
    }
    Ok(password)
}

/// `resetPassword`: the new password of a member of the current organisation.
pub(in crate::platforms::lowcoder) fn reset_password(
    context: &mut Context<'_>,
    input: g::ResetPasswordInput,
) -> Result<Value, Outcome> {
    if context.setting("LOWCODER_WORKSPACE_MODE").and_then(Value::as_str) == Some("SAAS") {
        return Err(unsupported("Passwords are reset by administrators in enterprises only."));
    }
    let org = current_org(context).map_err(|_| not_authorized())?;
    require_admin(context, &id(&org))?;
    let key = input.body["userId"].clone();
    let user = context.get("users", &key)?.ok_or_else(|| no_resource("There is no such user."))?;
    if membership(context, &id(&org), &key)?.is_none() {
        return Err(unsupported("The user is not in your organisation."));
    }
    let password = context.entropy().token(MADE_UP);
    context.update(&user, json!({ "password": password }))?;
    Ok(password.into())
}
