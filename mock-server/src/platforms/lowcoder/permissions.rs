//! The table of roles on applications, bundles, data sources and folders: shown, given, changed and taken alike.

use serde_json::{Value, json};

use super::access::{Resource, Role, avatar_url, user_name};
use super::refusal::{invalid_parameter, server_error};
use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::reading::{elements, id, member, text, value};
use crate::state::Record;

/// The entries of a resource.
pub(super) fn of(context: &Context<'_>, resource: Resource, record: &Record) -> Result<Vec<Record>, Outcome> {
    let (kind, key) = (Value::from(resource.name()), id(record));
    context.all("permissions", &[("resourceType", &kind), ("resource", &key)])
}

/// The role that a body names; 5002 for another word.
pub(super) fn role(body: &Value) -> Result<Role, Outcome> {
    let named = member(body, "role").and_then(Role::parse);
    named.ok_or_else(|| invalid_parameter("`role` is one of viewer, editor and owner."))
}

/// Gives a role to one user.
///
/// # Errors
/// `server-error` where the user has one already.
pub(super) fn give_user(
    context: &mut Context<'_>,
    resource: Resource,
    record: &Record,
    user: &Value,
    role: Role,
) -> Result<(), Outcome> {
    give(context, resource, record, "USER", user, role)
}

fn give(
    context: &mut Context<'_>,
    resource: Resource,
    record: &Record,
    kind: &str,
    holder: &Value,
    role: Role,
) -> Result<(), Outcome> {
    let entry = json!({
        "resourceType": resource.name(), "resource": id(record), "type": kind, "holder": holder, "role": role.name(),
    });
    let given = context.insert("permissions", entry);
    given.map(|_| ()).map_err(|_| server_error("There is an entry for that user or group already."))
}

/// Whether a body of a grant names nobody.
pub(super) fn names_nobody(body: &Value) -> bool {
    ["userIds", "groupIds"].iter().all(|list| elements(&body[*list]).is_empty())
}

/// Gives the body's role to its users and groups, to all or to none.
///
/// # Errors
/// `invalid-parameter` for an unknown role, `server-error` where one of them has a role already.
pub(super) fn grant(
    context: &mut Context<'_>,
    resource: Resource,
    record: &Record,
    body: &Value,
) -> Result<(), Outcome> {
    let role = role(body)?;
    for (list, kind) in [("userIds", "USER"), ("groupIds", "GROUP")] {
        let holders = elements(&body[list]);
        for (at, holder) in holders.iter().enumerate() {
            // the lists are sets: naming somebody twice is naming them once
            if !holders[..at].contains(holder) {
                give(context, resource, record, kind, holder, role)?;
            }
        }
    }
    Ok(())
}

/// The entry of that id, where it is one of this resource.
pub(super) fn entry(
    context: &Context<'_>,
    resource: Resource,
    record: &Record,
    permission: &str,
) -> Result<Option<Record>, Outcome> {
    let found = context.get("permissions", &Value::from(permission))?;
    Ok(found.filter(|entry| {
        text(entry, "resourceType") == resource.name() && value(entry, "resource") == id(record)
    }))
}

/// Gives an entry another role.
pub(super) fn change(context: &mut Context<'_>, entry: &Record, role: Role) -> Result<(), Outcome> {
    context.update(entry, json!({ "role": role.name() })).map(|_| ())
}

/// Copies the entries of one resource to another that has none of them yet, but for users who are there already.
pub(super) fn copy(
    context: &mut Context<'_>,
    from: (Resource, &Record),
    to: (Resource, &Record),
) -> Result<(), Outcome> {
    let there: Vec<Value> = of(context, to.0, to.1)?.iter().map(|entry| value(entry, "holder")).collect();
    for entry in of(context, from.0, from.1)? {
        let holder = value(&entry, "holder");
        if let Some(role) = Role::parse(text(&entry, "role"))
            && !there.contains(&holder)
        {
            give(context, to.0, to.1, text(&entry, "type"), &holder, role)?;
        }
    }
    Ok(())
}

/// Takes all entries of a resource.
pub(super) fn drop_all(
    context: &mut Context<'_>,
    resource: Resource,
    record: &Record,
) -> Result<(), Outcome> {
    let entries = of(context, resource, record)?;
    context.delete(&entries)
}

/// A resource's entries as answers have them (`PermissionView`), without what is public: the caller adds that. Groups and
/// users that are gone are left out.
pub(super) fn view(context: &Context<'_>, resource: Resource, record: &Record) -> Result<Value, Outcome> {
    let (mut groups, mut users) = (Vec::new(), Vec::new());
    for entry in of(context, resource, record)? {
        let holder = value(&entry, "holder");
        let item = |name: Value, avatar: Value| {
            json!({
                "id": id(&entry), "type": text(&entry, "type"), "holder": holder, "name": name, "avatar": avatar,
                "role": text(&entry, "role"),
            })
        };
        if text(&entry, "type") == "GROUP" {
            if let Some(group) = context.get("groups", &holder)? {
                groups.push(item(value(&group, "name"), Value::from("")));
            }
        } else if let Some(user) = context.get("users", &holder)? {
            users.push(item(user_name(context, &holder)?, avatar_url(&user)));
        }
    }
    let org = context.get("organizations", &resource.organization(record))?;
    let all: Vec<Value> = groups.iter().chain(&users).cloned().collect();
    Ok(json!({
        "orgName": org.map_or(Value::Null, |org| value(&org, "name")), "creatorId": value(record, "createdBy"),
        "groupPermissions": groups, "userPermissions": users, "permissions": all,
    }))
}
