//! Who may what with an application, and who could be given a role.

use serde_json::{Value, json};

use super::lists::contains;
use super::reach::{in_state, may, named};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Resource, Role, require_member};
use crate::platforms::lowcoder::paging::Page;
use crate::platforms::lowcoder::refusal::refused;
use crate::platforms::lowcoder::{groups, organizations, permissions};
use crate::platforms::reading::{flag, text, value};
use crate::state::Record;

/// The roles on an application, for its viewers (facts: lowcoder 10.6 P12).
pub(in crate::platforms::lowcoder) fn list_application_permissions(
    context: &mut Context<'_>,
    input: g::ListApplicationPermissionsInput,
) -> Result<Value, Outcome> {
    let application = named(context, &input.application_id)?;
    may(context, &application, Role::Viewer)?;
    in_state(&application, "NORMAL")?;
    let mut view = permissions::view(context, Resource::Application, &application)?;
    for name in ["publicToAll", "publicToMarketplace", "agencyProfile"] {
        view[name] = flag(&application, name).into();
    }
    Ok(view)
}

/// Gives users and groups a role, all or none of them (facts: lowcoder 10.6 P13 and 12 Q10).
pub(in crate::platforms::lowcoder) fn grant_application_permissions(
    context: &mut Context<'_>,
    input: g::GrantApplicationPermissionsInput,
) -> Result<Value, Outcome> {
    permissions::role(&input.body)?;
    if permissions::names_nobody(&input.body) {
        return Ok(true.into());
    }
    let application = managed(context, &input.application_id)?;
    permissions::grant(context, Resource::Application, &application, &input.body)?;
    Ok(true.into())
}

/// Changes a role (facts: lowcoder 10.6 P14).
pub(in crate::platforms::lowcoder) fn update_application_permissions(
    context: &mut Context<'_>,
    input: g::UpdateApplicationPermissionsInput,
) -> Result<Value, Outcome> {
    let role = permissions::role(&input.body)?;
    let application = managed(context, &input.application_id)?;
    let entry = entry(context, &application, &input.permission_id)?;
    permissions::change(context, &entry, role)?;
    Ok(true.into())
}

/// Takes a role (facts: lowcoder 10.6 P15).
pub(in crate::platforms::lowcoder) fn revoke_application_permissions(
    context: &mut Context<'_>,
    input: g::RevokeApplicationPermissionsInput,
) -> Result<Value, Outcome> {
    let application = managed(context, &input.application_id)?;
    let entry = entry(context, &application, &input.permission_id)?;
    context.delete(&[entry])?;
    Ok(true.into())
}

/// An application that the caller owns, and that is in use.
fn managed(context: &Context<'_>, id: &str) -> Result<Record, Outcome> {
    let application = named(context, id)?;
    may(context, &application, Role::Owner)?;
    in_state(&application, "NORMAL")?;
    Ok(application)
}

fn entry(context: &Context<'_>, application: &Record, permission: &str) -> Result<Record, Outcome> {
    let found = permissions::entry(context, Resource::Application, application, permission)?;
    found.ok_or_else(|| {
        refused("illegal-application-permission-id", "The application has no such permission.")
    })
}

/// The groups of the caller's current organisation that the caller sees, then the members of the application's organisation,
/// without those who have a role (facts: lowcoder 11 X18).
pub(in crate::platforms::lowcoder) fn list_available_groups_and_members(
    context: &mut Context<'_>,
    input: g::ListAvailableGroupsAndMembersInput,
) -> Result<Value, Outcome> {
    let application = named(context, &input.application_id)?;
    let org = value(&application, "orgId");
    require_member(context, &org)?;
    let entries = permissions::of(context, Resource::Application, &application)?;
    let has_role = |kind: &str, holder: &Value| {
        entries.iter().any(|entry| text(entry, "type") == kind && value(entry, "holder") == *holder)
    };
    let search = input.search.as_deref().filter(|search| !search.trim().is_empty());
    let wanted =
        |name: &Value| search.is_none_or(|part| name.as_str().is_some_and(|name| contains(name, part)));
    let mut items = Vec::new();
    for group in groups::seen(context)? {
        if !has_role("GROUP", &group["id"]) && wanted(&group["name"]) {
            items.push(json!({ "type": "Group", "data": group }));
        }
    }
    for member in organizations::members(context, &org)? {
        if !has_role("USER", &member["userId"]) && wanted(&member["name"]) {
            items.push(json!({ "type": "User", "data": member }));
        }
    }
    Page::new(input.page_num, input.page_size).answer(&items, |item| Ok(item.clone()))
}
