//! Who is in an organisation, and as what (facts: lowcoder 10.3 O7 to O11).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{administered, joined, resolve_slug, settle};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{
    Resource, avatar_url, given_role, membership, org_of, place_in, role_in, system_group,
};
use crate::platforms::lowcoder::founding::make_current;
use crate::platforms::lowcoder::paging::Page;
use crate::platforms::lowcoder::refusal::refused;
use crate::platforms::reading::{caller, id, member, text, value};

/// `visitorRole` is the caller's role in the current organisation, whichever one is listed.
pub(in crate::platforms::lowcoder) fn list_organization_members(
    context: &mut Context<'_>,
    input: g::ListOrganizationMembersInput,
) -> Result<Value, Outcome> {
    let org = joined(context, &input.org_id)?;
    let known = members(context, &id(&org))?;
    let members = Page::new(input.page_num, input.page_size).within(&known)?;
    let role = match org_of(context, caller(context)?)? {
        Some(current) => role_in(context, &id(&current))?,
        None => None,
    };
    Ok(json!({
        "visitorRole": role, "members": members, "total": known.len(), "pageNum": input.page_num,
        "pageSize": input.page_size,
    }))
}

/// The members of an organisation in order of joining, as answers have them (`OrgMemberView`).
pub(in crate::platforms::lowcoder) fn members(
    context: &Context<'_>,
    org: &Value,
) -> Result<Vec<Value>, Outcome> {
    let mut known = Vec::new();
    for member in context.all("members", &[("org", org)])? {
        if let Some(user) = context.get("users", &value(&member, "user"))? {
            known.push(json!({
                "userId": id(&user), "name": value(&user, "name"), "avatarUrl": avatar_url(&user),
                "role": text(&member, "role"), "joinTime": value(&member, "joinTime"),
                "rawUserInfos": { "EMAIL": { "email": value(&user, "email") } },
            }));
        }
    }
    Ok(known)
}

/// True even for a user who is no member; the last administrator is not protected (facts: lowcoder 12 Q11).
pub(in crate::platforms::lowcoder) fn update_organization_member_role(
    context: &mut Context<'_>,
    input: g::UpdateOrganizationMemberRoleInput,
) -> Result<Value, Outcome> {
    let org = administered(context, &input.org_id)?;
    let user = Value::from(member(&input.body, "userId").unwrap_or_default());
    let role = given_role(&input.body);
    if role == "admin" {
        may_develop(context, &id(&org), &user)?;
    }
    if let Some(member) = membership(context, &id(&org), &user)? {
        context.update(&member, json!({ "role": role }))?;
    }
    Ok(true.into())
}

/// Whether one more may develop in an organisation: administrators and its group of developers count together.
///
/// # Errors
/// `exceed-max-developer-count`.
pub(in crate::platforms::lowcoder) fn may_develop(
    context: &Context<'_>,
    org: &Value,
    user: &Value,
) -> Result<(), Outcome> {
    let mut holders = context.all("members", &[("org", org), ("role", &Value::from("admin"))])?;
    if let Some(group) = system_group(context, org, "dev")? {
        holders.extend(context.all("group_members", &[("group", &id(&group))])?);
    }
    let mut developers: BTreeSet<&str> = holders.iter().map(|holder| text(holder, "user")).collect();
    developers.extend(user.as_str());
    let most = context.setting("LOWCODER_MAX_DEVELOPERS").and_then(Value::as_u64);
    if most.is_some_and(|most| u64::try_from(developers.len()).unwrap_or(u64::MAX) > most) {
        return Err(refused(
            "exceed-max-developer-count",
            "The organisation has as many developers as may be.",
        ));
    }
    Ok(())
}

/// Removing oneself and removing the last administrator are both allowed.
pub(in crate::platforms::lowcoder) fn remove_user_from_organization(
    context: &mut Context<'_>,
    input: g::RemoveUserFromOrganizationInput,
) -> Result<Value, Outcome> {
    let org = administered(context, &input.org_id)?;
    Ok(take_out(context, &id(&org), &Value::from(input.user_id))?.into())
}

/// The only administrator stays; a super administrator is not counted.
pub(in crate::platforms::lowcoder) fn leave_organization(
    context: &mut Context<'_>,
    input: g::LeaveOrganizationInput,
) -> Result<Value, Outcome> {
    let Some(org) = resolve_slug(context, "organizations", &input.org_id)? else {
        return Ok(false.into());
    };
    let (org, user) = (id(&org), id(caller(context)?));
    let admins = context.all("members", &[("org", &org), ("role", &Value::from("admin"))])?;
    if matches!(admins.as_slice(), [only] if value(only, "user") == user) {
        let sentence = "The only administrator cannot leave the organisation.";
        return Err(refused("last-admin-cannot-leave-org", sentence));
    }
    Ok(take_out(context, &org, &user)?.into())
}

/// Ends a membership, and what depends on it: places in groups of that organisation, and roles on its applications that
/// the user has as such (facts: lowcoder 10.3 O9). False where the user was no member.
fn take_out(context: &mut Context<'_>, org: &Value, user: &Value) -> Result<bool, Outcome> {
    let Some(member) = membership(context, org, user)? else { return Ok(false) };
    let mut places = Vec::new();
    for group in context.all("groups", &[("org", org)])? {
        places.extend(place_in(context, &id(&group), user)?);
    }
    let kind = Value::from(Resource::Application.name());
    let given = context
        .all("permissions", &[("holder", user), ("type", &Value::from("USER")), ("resourceType", &kind)])?;
    let mut roles = Vec::new();
    for role in given {
        let application = context.get("applications", &value(&role, "resource"))?;
        if application.is_some_and(|application| Resource::Application.organization(&application) == *org) {
            roles.push(role);
        }
    }
    context.delete(&places)?;
    context.delete(&roles)?;
    context.delete(&[member])?;
    settle(context, user, org)?;
    Ok(true)
}

/// Changes the current organisation of the user, for all sessions and keys (facts: lowcoder 12 Q12).
pub(in crate::platforms::lowcoder) fn switch_organization(
    context: &mut Context<'_>,
    input: g::SwitchOrganizationInput,
) -> Result<Value, Outcome> {
    let user = id(caller(context)?);
    let found = resolve_slug(context, "organizations", &input.org_id)?;
    let org = found.filter(|org| text(org, "state") == "ACTIVE");
    let refusal = || refused("invalid-org-id", "You are not in that organisation.");
    let org = id(&org.ok_or_else(refusal)?);
    membership(context, &org, &user)?.ok_or_else(refusal)?;
    make_current(context, &user, &org)?;
    Ok(true.into())
}
