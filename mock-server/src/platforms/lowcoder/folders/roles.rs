//! Roles in a folder (facts: lowcoder 10.7 F6, X28).

use serde_json::Value;

use super::{managed, resolve};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::Resource;
use crate::platforms::lowcoder::permissions;
use crate::platforms::lowcoder::refusal::{no_resource, refused};
use crate::state::Record;

/// Who has which role in a folder; whoever is signed in may ask.
pub(in crate::platforms::lowcoder) fn list_folder_permissions(
    context: &mut Context<'_>,
    input: g::ListFolderPermissionsInput,
) -> Result<Value, Outcome> {
    let folder = resolve(context, &input.folder_id)?;
    let folder = folder.ok_or_else(|| no_resource("There is no such folder."))?;
    let mut view = permissions::view(context, Resource::Folder, &folder)?;
    // folders are never public
    for flag in ["publicToAll", "publicToMarketplace", "agencyProfile"] {
        view[flag] = false.into();
    }
    Ok(view)
}

pub(in crate::platforms::lowcoder) fn grant_folder_permissions(
    context: &mut Context<'_>,
    input: g::GrantFolderPermissionsInput,
) -> Result<Value, Outcome> {
    permissions::role(&input.body)?;
    let folder = managed(context, &input.folder_id)?;
    permissions::grant(context, Resource::Folder, &folder, &input.body)?;
    Ok(Value::Null)
}

pub(in crate::platforms::lowcoder) fn update_folder_permissions(
    context: &mut Context<'_>,
    input: g::UpdateFolderPermissionsInput,
) -> Result<Value, Outcome> {
    let role = permissions::role(&input.body)?;
    let folder = managed(context, &input.folder_id)?;
    let entry = entry(context, &folder, &input.permission_id)?;
    permissions::change(context, &entry, role)?;
    Ok(Value::Null)
}

pub(in crate::platforms::lowcoder) fn revoke_folder_permissions(
    context: &mut Context<'_>,
    input: g::RevokeFolderPermissionsInput,
) -> Result<Value, Outcome> {
    let folder = managed(context, &input.folder_id)?;
    let entry = entry(context, &folder, &input.permission_id)?;
    context.delete(&[entry])?;
    Ok(Value::Null)
}

/// An entry of that folder; 6304 for another.
fn entry(context: &Context<'_>, folder: &Record, permission: &str) -> Result<Record, Outcome> {
    permissions::entry(context, Resource::Folder, folder, permission)?
        .ok_or_else(|| refused("illegal-folder-permission-id", "The folder has no such permission."))
}
