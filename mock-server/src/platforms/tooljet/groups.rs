//! Groups of a workspace: its roles (`type: default`) and the custom ones, and who may be in which.

use serde_json::{Value, json};

use super::reading::{get, id, member, text, value};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The role of whoever is given none.
pub(super) const END_USER: &str = "end-user";
/// The role that each workspace must have someone in.
pub(super) const ADMIN: &str = "admin";

/// The group of a workspace's role.
pub(super) fn role(context: &ActionContext<'_>, workspace: &Value, name: &str) -> Result<Record, Outcome> {
    let fields = [("organizationId", workspace), ("type", &"default".into()), ("name", &name.into())];
    context
        .find("groups", &fields)?
        // Every workspace of the document has all three; a state that a person wrote may lack one.
        .ok_or_else(|| Outcome::invalid(format!("the workspace has no group for the role {name}")))
}

/// Whether a group is a role's.
pub(super) fn is_role(group: &Record) -> bool {
    text(group, "type") == "default"
}

/// The custom group that a `{id?, name?}` names, if someone with that role may be in it.
pub(super) fn custom(
    context: &ActionContext<'_>,
    membership: &Record,
    reference: &Value,
) -> Result<Record, Outcome> {
    let workspace = value(membership, "workspace");
    let (key, name) = (member(reference, "id"), member(reference, "name"));
    let found = match (key, name) {
        (Some(key), _) => context.find("groups", &[("id", &key.into()), ("organizationId", &workspace)])?,
        (None, Some(name)) => {
            context.find("groups", &[("organizationId", &workspace), ("name", &name.into())])?
        }
        (None, None) => None,
    };
    let group = found.ok_or_else(|| {
        let sentence =
            format!("Group permission id or name not found: id {}, name {}", printed(key), printed(name));
        Outcome::new("unknown-group", sentence)
    })?;
    if is_role(&group) {
        let sentence = "Use the role field to assign admin, builder or end-user";
        return Err(Outcome::new("role-among-groups", sentence));
    }
    permitted(context, membership, &group)?;
    Ok(group)
}

/// A part of a reference as messages print it: `undefined` when it was not given.
pub(super) fn printed(part: Option<&str>) -> &str {
    part.unwrap_or("undefined")
}

/// Refuses a group whose permissions are more than the membership's role may have.
fn permitted(context: &ActionContext<'_>, membership: &Record, group: &Record) -> Result<(), Outcome> {
    let is_end_user =
        context.referred(membership, "role").is_some_and(|role| text(&role, "name") == END_USER);
    if !(is_end_user && is_builder_level(group)) {
        return Ok(());
    }
    let user = get(context, "users", value(membership, "user"))?;
    let sentence = "End-users cannot be added to groups that give a builder's permissions";
    Err(Outcome::new("conflicting-permissions", sentence).data(json!([text(&user, "email")])))
}

/// Whether being in the group permits what only builders may do.
pub(super) fn is_builder_level(group: &Record) -> bool {
    group.get("builderLevel") == Some(&Value::Bool(true))
}

/// Puts the holder of a membership into a group; nothing happens when they are in it.
pub(super) fn join(
    context: &mut ActionContext<'_>,
    membership: &Record,
    group: &Record,
) -> Result<(), Outcome> {
    let (place, group) = (id(membership), id(group));
    if context.find("group_members", &[("membership", &place), ("group", &group)])?.is_some() {
        return Ok(());
    }
    let user = value(membership, "user");
    context.insert("group_members", json!({ "user": user, "membership": place, "group": group }))?;
    Ok(())
}

/// The rows of a membership's custom groups, each with its group.
pub(super) fn custom_rows(
    context: &ActionContext<'_>,
    membership: &Record,
) -> Result<Vec<(Record, Record)>, Outcome> {
    let rows = context.all("group_members", &[("membership", &id(membership))])?;
    let with_group = |row: Record| context.referred(&row, "group").map(|group| (row, group));
    Ok(rows.into_iter().filter_map(with_group).filter(|(_, group)| !is_role(group)).collect())
}

/// Gives a membership another role: it leaves one role's group and is in the other's, at the same place of the list.
pub(super) fn set_role(
    context: &mut ActionContext<'_>,
    membership: &Record,
    role: &Record,
) -> Result<Record, Outcome> {
    let place = id(membership);
    let before = value(membership, "role");
    let row = context.find("group_members", &[("membership", &place), ("group", &before)])?;
    let membership = context.update(membership, json!({ "role": id(role) }))?;
    match row {
        Some(row) => {
            context.update(&row, json!({ "group": id(role) }))?;
        }
        None => join(context, &membership, role)?,
    }
    Ok(membership)
}
