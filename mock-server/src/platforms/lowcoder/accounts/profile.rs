//! The profile of a user: all organisations, ways of signing in, and what the user has seen (facts: lowcoder 8, 10.2).

use serde_json::{Map, Value, json};

use super::ways::EMAIL;
use crate::action::ActionContext as Context;
use crate::entropy::Timestamp;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{active_org, avatar_url, develops, org_of};
use crate::platforms::lowcoder::organizations;
use crate::platforms::reading::{flag, id, text, value};
use crate::state::Record;

/// A setting of organisations that profiles do not show: it is long, and of no use to a client.
const UNSHOWN: &str = "PASSWORD_RESET_EMAIL_TEMPLATE";

/// The language of whoever has chosen none.
const LANGUAGE: &str = "en";

/// `getUserProfile`
pub(in crate::platforms::lowcoder) fn get_user_profile(
    context: &mut Context<'_>,
    _: g::GetUserProfileInput,
) -> Result<Value, Outcome> {
    match context.caller() {
        Some(user) => profile_of(context, &context.current(user)?),
        None => Ok(anonymous(context)),
    }
}

/// The members of schema `UserProfileView` for a user.
///
/// # Errors
/// `internal` when a collection is missing.
pub(super) fn profile_of(context: &Context<'_>, user: &Record) -> Result<Value, Outcome> {
    let user_id = id(user);
    let mut orgs = Vec::new();
    for member in context.all("members", &[("user", &user_id)])? {
        if let Some(org) = active_org(context, &value(&member, "org"))? {
            orgs.push(json!({ "org": organization(context, &org)?, "role": text(&member, "role") }));
        }
    }
    let current = org_of(context, user)?;
    let develops = match &current {
        Some(org) => develops(context, &id(org), &user_id)?,
        None => false,
    };
    Ok(json!({
        "id": user_id, "orgAndRoles": orgs, "currentOrgId": current.map(|org| id(&org)),
        "name": value(user, "name"), "connections": connections(context, user)?,
        "uiLanguage": language(user), "avatar": value(user, "avatar"), "avatarUrl": avatar_url(user),
        "hasPassword": !value(user, "password").is_null(), "hasSetNickname": flag(user, "hasSetNickname"),
        "userStatus": seen(user), "createdAt": value(user, "createdAt"), "ip": address(context),
        "anonymous": false, "orgDev": develops,
    }))
}

/// The profile of whoever has not signed in (facts: lowcoder 4.3).
fn anonymous(context: &Context<'_>) -> Value {
    json!({
        "id": null, "orgAndRoles": [], "currentOrgId": null, "name": "anonymous", "connections": null,
        "uiLanguage": LANGUAGE, "avatar": null, "avatarUrl": null, "hasPassword": false, "hasSetNickname": false,
        "userStatus": null, "createdAt": 0, "ip": address(context), "anonymous": true, "orgDev": false,
    })
}

/// The language of a user, which is English unless another was chosen.
pub(super) fn language(user: &Record) -> &str {
    Some(text(user, "uiLanguage")).filter(|chosen| !chosen.trim().is_empty()).unwrap_or(LANGUAGE)
}

/// How a user signs in: the form, with the tokens of the sessions that are valid now.
pub(super) fn connections(context: &Context<'_>, user: &Record) -> Result<Value, Outcome> {
    if text(user, "activeAuthId") != EMAIL {
        return Ok(json!([]));
    }
    let now = context.now();
    let sessions = context.all("sessions", &[("user", &id(user))])?;
    let live = |session: &&Record| Timestamp::parse(text(session, "expires")).is_some_and(|end| end > now);
    let tokens: Vec<Value> = sessions.iter().filter(live).map(|session| value(session, "token")).collect();
    let email = value(user, "email");
    Ok(json!([{
        "authId": EMAIL, "source": EMAIL, "name": email, "email": email, "avatar": null,
        "rawUserInfo": { "email": email }, "tokens": tokens,
    }]))
}

/// The address of the client, where a proxy tells it.
pub(super) fn address(context: &Context<'_>) -> Value {
    let forwarded = context.header("x-forwarded-for").and_then(|list| list.split(',').next()).map(str::trim);
    forwarded.filter(|one| !one.is_empty()).map_or(Value::Null, Value::from)
}

/// What the user has seen. Whether the guidance was among it is always told.
fn seen(user: &Record) -> Value {
    let mut seen = Map::from_iter([("newUserGuidance".to_owned(), Value::Bool(false))]);
    if let Value::Object(marked) = value(user, "userStatus") {
        seen.extend(marked);
    }
    Value::Object(seen)
}

/// An organisation as [`organizations::view`] has it, but for one setting.
fn organization(context: &Context<'_>, org: &Record) -> Result<Value, Outcome> {
    let mut view = organizations::view(context, org)?;
    if let Some(settings) = view["commonSettings"].as_object_mut() {
        settings.shift_remove(UNSHOWN);
    }
    Ok(view)
}
