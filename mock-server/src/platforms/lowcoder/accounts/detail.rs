//! A user in an organisation, with groups (facts: lowcoder 8 `UserDetail`, 10.2 U2 and U4).

use serde_json::{Value, json};

use super::profile::{address, language};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{
    administers, avatar_url, current_org, is_admin, membership, org_of, place_in,
};
use crate::platforms::lowcoder::refusal::unsupported;
use crate::platforms::reading::{get, id, text, value};
use crate::state::Record;

/// `getUserInfo`
pub(in crate::platforms::lowcoder) fn get_user_info(
    context: &mut Context<'_>,
    _: g::GetUserInfoInput,
) -> Result<Value, Outcome> {
    let Some(user) = context.caller() else { return Ok(anonymous()) };
    let org = org_of(context, user)?;
    detail(context, &context.current(user)?, org.as_ref())
}

/// `getUserDetails`. Whoever may not ask, or asks about somebody else's member, is told 5003.
pub(in crate::platforms::lowcoder) fn get_user_details(
    context: &mut Context<'_>,
    input: g::GetUserDetailsInput,
) -> Result<Value, Outcome> {
    let refused = || unsupported("You may see members of your organisation as its administrator.");
    let org = current_org(context).map_err(|_| refused())?;
    let user = Value::from(input.id);
    if !is_admin(context, &id(&org))? || membership(context, &id(&org), &user)?.is_none() {
        return Err(refused());
    }
    detail(context, &get(context, "users", user)?, Some(&org))
}

fn detail(context: &Context<'_>, user: &Record, org: Option<&Record>) -> Result<Value, Outcome> {
    let groups = match org {
        Some(org) => groups(context, &id(org), &id(user))?,
        None => Vec::new(),
    };
    let way = match value(user, "activeAuthId") {
        Value::Null => Value::Null,
        way => json!({ "jwt": "", "provider": way }),
    };
    Ok(json!({
        "id": id(user), "name": value(user, "name"), "avatarUrl": avatar_url(user),
        "uiLanguage": language(user), "email": value(user, "email"), "ip": address(context),
        "groups": groups, "extra": {}, "userAuth": way,
    }))
}

/// Who has not signed in (facts: lowcoder 4.3).
fn anonymous() -> Value {
    json!({
        "id": "", "name": "ANONYMOUS", "avatarUrl": "", "uiLanguage": "en", "email": "", "ip": "", "groups": [],
        "extra": {}, "userAuth": null,
    })
}

/// The groups of a user in an organisation, for its administrators all of them, and that of all users for nobody.
fn groups(context: &Context<'_>, org: &Value, user: &Value) -> Result<Vec<Value>, Outcome> {
    let sees_all = administers(context, org, user)?;
    let mut seen = Vec::new();
    for group in context.all("groups", &[("org", org)])? {
        if text(&group, "type") != "all" && (sees_all || place_in(context, &id(&group), user)?.is_some()) {
            seen.push(json!({ "groupId": id(&group), "groupName": value(&group, "name") }));
        }
    }
    Ok(seen)
}
