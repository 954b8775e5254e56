//! Folders (facts: lowcoder 10.7, X28): developers make them, administrators and their creators manage them.
//!
//! Roles in a folder do not protect it: they are copied to what is created in it.

mod change;
mod contents;
mod roles;

use serde_json::{Value, json};

pub(super) use self::change::{create_folder, delete_folder, move_application_to_folder, update_folder};
pub(super) use self::contents::list_folder_contents;
pub(super) use self::roles::{
    grant_folder_permissions, list_folder_permissions, revoke_folder_permissions, update_folder_permissions,
};
use super::access::{is_admin, role_in, user, user_name};
use super::ids;
use super::refusal::{no_resource, refused};
use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::reading::{id, text, value};
use crate::state::Record;

/// The folder that something new is to be put into: 5005 for an unknown one, 6302 for one of another organisation. Gids
/// are not looked at here (facts: lowcoder 6).
pub(super) fn for_new_element(context: &Context<'_>, org: &Record, folder: &str) -> Result<Record, Outcome> {
    let found = context.get("folders", &Value::from(folder))?;
    let found = found.ok_or_else(|| no_resource("There is no such folder."))?;
    if value(&found, "orgId") == id(org) { Ok(found) } else { Err(no_folder()) }
}

/// Notes that the caller looks at something now; nobody's looking is not noted.
pub(super) fn viewed(context: &mut Context<'_>, target: &str) -> Result<(), Outcome> {
    let Some(user) = user(context).map(id) else { return Ok(()) };
    let (target, now) = (Value::from(target), ids::now(context));
    match context.find("last_views", &[("user", &user), ("target", &target)])? {
        Some(before) => context.update(&before, json!({ "at": now }))?,
        None => context.insert("last_views", json!({ "user": user, "target": target, "at": now }))?,
    };
    Ok(())
}

/// When the caller last looked at something, milliseconds since 1970; 0 for never.
pub(super) fn last_view(context: &Context<'_>, target: &str) -> Result<i64, Outcome> {
    let Some(user) = user(context) else { return Ok(0) };
    let seen = context.find("last_views", &[("user", &id(user)), ("target", &Value::from(target))])?;
    Ok(seen.and_then(|seen| seen.get("at")?.as_i64()).unwrap_or_default())
}

/// 6302.
fn no_folder() -> Outcome {
    refused("folder-not-exist", "There is no such folder.")
}

/// The folder that an id or a gid names.
fn resolve(context: &Context<'_>, id: &str) -> Result<Option<Record>, Outcome> {
    ids::resolve(context, "folders", id)
}

/// Whether the caller manages a folder: as an administrator of its organisation, or as its creator who is still in it.
fn manages(context: &Context<'_>, folder: &Record) -> Result<bool, Outcome> {
    let org = value(folder, "orgId");
    if is_admin(context, &org)? {
        return Ok(true);
    }
    let creator = user(context).is_some_and(|user| id(user) == value(folder, "createdBy"));
    Ok(creator && role_in(context, &org)?.is_some())
}

/// Passes for who manages a folder; 6301 for all others.
fn require_manager(context: &Context<'_>, folder: &Record) -> Result<(), Outcome> {
    if manages(context, folder)? {
        return Ok(());
    }
    Err(refused("folder-operate-no-permission", "Only administrators and the folder's creator may do that."))
}

/// A folder that the caller manages: 6302 for none, 6301 for another's.
fn managed(context: &Context<'_>, key: &str) -> Result<Record, Outcome> {
    let folder = resolve(context, key)?.ok_or_else(no_folder)?;
    require_manager(context, &folder)?;
    Ok(folder)
}

/// The folders that are directly in one, or in the root.
fn children(context: &Context<'_>, org: &Value, parent: &Value) -> Result<Vec<Record>, Outcome> {
    context.all("folders", &[("orgId", org), ("parentFolderId", parent)])
}

/// The members of `FolderInfoView`.
fn view(context: &Context<'_>, folder: &Record, visible: bool, manageable: bool) -> Result<Value, Outcome> {
    let parent = value(folder, "parentFolderId");
    let parent_gid = match &parent {
        Value::Null => Value::Null,
        key => context.get("folders", key)?.map_or(Value::Null, |parent| value(&parent, "gid")),
    };
    let mut view = Value::Object(folder.fields().clone());
    view["parentFolderGid"] = parent_gid;
    view["createBy"] = user_name(context, &value(folder, "createdBy"))?;
    view["visible"] = visible.into();
    view["manageable"] = manageable.into();
    view["subFolders"] = Value::Null;
    view["subApplications"] = Value::Null;
    view["lastViewTime"] = last_view(context, text(folder, "id"))?.into();
    view["folder"] = true.into();
    Ok(view)
}
