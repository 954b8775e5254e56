//! Groups of the current organisation (facts: lowcoder 10.5).

mod listing;
mod members;

use serde_json::{Map, Value, json};

use super::access::{current_org, is_admin, leads, place_in, role_in, user};
use super::founding::full;
use super::ids::{gid_or_new, now, resolve};
use super::refusal::{not_authorized, nothing_or, refused, server_error};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::reading::{caller, id, text, value};
use crate::state::Record;

pub(super) use listing::{list_groups, seen};
pub(super) use members::{
    add_user_to_group, leave_group, list_group_members_with_search_and_sort, remove_user_from_group,
    search_potential_group_members, update_role_for_group_member,
};

/// How the caller stands to a group.
struct Standing {
    group: Record,
    /// `member`, `admin` or `super_admin` of the organisation.
    in_org: String,
    /// The role in the group, for who is in it.
    in_group: Option<String>,
}

impl Standing {
    /// Administrators of the organisation and of the group manage it.
    fn manages(&self) -> bool {
        leads(&self.in_org) || self.in_group.as_deref().is_some_and(leads)
    }

    /// Passes for who manages the group; 5001 for all others.
    fn require_manager(&self) -> Result<(), Outcome> {
        if self.manages() { Ok(()) } else { Err(not_authorized()) }
    }
}

/// The caller before a group of the current organisation; 5150 for groups elsewhere.
fn standing(context: &Context<'_>, group: Record) -> Result<Standing, Outcome> {
    let org = id(&current_org(context)?);
    if value(&group, "org") != org {
        return Err(unknown());
    }
    let in_org = role_in(context, &org)?.unwrap_or_default();
    let in_group = match user(context) {
        Some(user) => place_in(context, &id(&group), &id(user))?.map(|place| text(&place, "role").to_owned()),
        None => None,
    };
    Ok(Standing { group, in_org, in_group })
}

/// The group of a path; 5150 where there is none.
fn known(context: &Context<'_>, group: &str) -> Result<Record, Outcome> {
    resolve(context, "groups", group)?.ok_or_else(unknown)
}

/// As [`known`], where the product says nothing of groups that are not there (facts: lowcoder 12 Q2).
fn known_or_nothing(context: &Context<'_>, group: &str) -> Result<Record, Outcome> {
    resolve(context, "groups", group)?.ok_or_else(|| nothing_or(context, unknown()))
}

fn unknown() -> Outcome {
    refused("invalid-group-id", "There is no such group in your organisation.")
}

/// Whether an organisation has had the group from its beginning.
fn is_system(group: &Record) -> bool {
    matches!(text(group, "type"), "all" | "dev")
}

/// A group as answers have it (`GroupView`).
fn view(group: &Record, visitor: &str, admins: usize, count: usize, users: &[Value]) -> Value {
    let kind = text(group, "type");
    json!({
        "id": id(group), "gid": value(group, "gid"), "name": value(group, "name"), "visitorRole": visitor,
        "createTime": value(group, "createTime"), "dynamicRule": value(group, "dynamicRule"),
        "allUsersGroup": kind == "all", "devGroup": kind == "dev", "syncGroup": kind == "sync", "syncDelete": false,
        "stats": { "adminUserCount": admins, "userCount": count, "users": users },
    })
}

/// The answer counts the caller and names nobody, as the product's does (facts: lowcoder 10.5 G1).
pub(super) fn create_group(context: &mut Context<'_>, input: g::CreateGroupInput) -> Result<Value, Outcome> {
    let org = id(&current_org(context)?);
    if !is_admin(context, &org)? {
        return Err(not_authorized());
    }
    if full(context, "LOWCODER_MAX_GROUPS_PER_ORG", context.all("groups", &[("org", &org)])?.len()) {
        return Err(refused("exceed-max-group-count", "The organisation has as many groups as may be."));
    }
    let gid = gid_or_new(context, None);
    let time = now(context);
    let group = context.insert(
        "groups",
        json!({
            "gid": gid, "org": org, "name": input.body["name"], "dynamicRule": input.body["dynamicRule"],
            "createTime": time,
        }),
    )?;
    place(context, &group, &id(caller(context)?), "admin")?;
    Ok(view(&group, "admin", 1, 1, &[]))
}

/// Puts a user into a group.
///
/// # Errors
/// `server-error` where the user is in it already.
fn place(context: &mut Context<'_>, group: &Record, user: &Value, role: &str) -> Result<(), Outcome> {
    let entry = json!({ "group": id(group), "user": user, "role": role, "joinTime": now(context) });
    let placed = context.insert("group_members", entry);
    placed.map(|_| ()).map_err(|_| server_error("The user is in that group already."))
}

/// Groups of the system keep the name that is shown (facts: lowcoder 10.5 G2).
pub(super) fn update_group(context: &mut Context<'_>, input: g::UpdateGroupInput) -> Result<Value, Outcome> {
    let group = known_or_nothing(context, &input.group_id)?;
    let standing = standing(context, group)?;
    standing.require_manager()?;
    let group = standing.group;
    let mut changes = Map::new();
    if let Some(name) = input.body.get("groupName").filter(|_| !is_system(&group)) {
        changes.insert("name".to_owned(), name.clone());
    }
    if let Some(rule) = input.body.get("dynamicRule") {
        changes.insert("dynamicRule".to_owned(), rule.clone());
    }
    context.update(&group, Value::Object(changes))?;
    Ok(true.into())
}

/// Roles that the group has been given stay behind, where nothing shows them any more (facts: lowcoder 10.5 G3).
pub(super) fn delete_group(context: &mut Context<'_>, input: g::DeleteGroupInput) -> Result<Value, Outcome> {
    let group = known_or_nothing(context, &input.group_id)?;
    let standing = standing(context, group)?;
    standing.require_manager()?;
    if is_system(&standing.group) {
        return Err(refused("cannot-delete-system-group", "Groups of the system stay."));
    }
    context.delete(&[standing.group])?;
    Ok(true.into())
}
