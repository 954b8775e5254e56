//! Who may use a data source, and who manages it (facts: lowcoder 10.8 D6, X20).

use serde_json::Value;

use super::{owned, resolve};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Resource, Role, require_role};
use crate::platforms::lowcoder::permissions;
use crate::platforms::lowcoder::refusal::{nothing_or, refused, server_error};
use crate::platforms::reading::{text, value};
use crate::state::Record;

pub(in crate::platforms::lowcoder) fn list_datasource_permissions(
    context: &mut Context<'_>,
    input: g::ListDatasourcePermissionsInput,
) -> Result<Value, Outcome> {
    let datasource = owned(context, &input.datasource_id)?;
    permissions::view(context, Resource::Datasource, &datasource)
}

/// The role that a body names: 5002 for another word, 5000 for that of editors, which data sources do not have.
fn role(body: &Value) -> Result<Role, Outcome> {
    match permissions::role(body)? {
        Role::Editor => Err(server_error("Data sources have viewers and owners only.")),
        role => Ok(role),
    }
}

pub(in crate::platforms::lowcoder) fn grant_datasource_permissions(
    context: &mut Context<'_>,
    input: g::GrantDatasourcePermissionsInput,
) -> Result<Value, Outcome> {
    role(&input.body)?;
    let datasource = resolve(context, &input.datasource_id)?;
    let datasource = datasource.ok_or_else(|| server_error("There is no such data source."))?;
    require_role(context, Resource::Datasource, &datasource, Role::Owner)?;
    permissions::grant(context, Resource::Datasource, &datasource, &input.body)?;
    Ok(true.into())
}

pub(in crate::platforms::lowcoder) fn update_datasource_permission(
    context: &mut Context<'_>,
    input: g::UpdateDatasourcePermissionInput,
) -> Result<Value, Outcome> {
    let role = role(&input.body)?;
    let entry = entry(context, &input.permission_id)?;
    permissions::change(context, &entry, role)?;
    Ok(true.into())
}

pub(in crate::platforms::lowcoder) fn revoke_datasource_permission(
    context: &mut Context<'_>,
    input: g::RevokeDatasourcePermissionInput,
) -> Result<Value, Outcome> {
    let entry = entry(context, &input.permission_id)?;
    context.delete(&[entry])?;
    Ok(true.into())
}

/// An entry of a data source that the caller owns: 5500, or nothing, for none (facts: lowcoder 12 Q2), 5001 for another's.
fn entry(context: &Context<'_>, permission: &str) -> Result<Record, Outcome> {
    let found = context.get("permissions", &Value::from(permission))?;
    let found = found.filter(|entry| text(entry, "resourceType") == Resource::Datasource.name());
    let none = || nothing_or(context, refused("datasource-not-found", "There is no such permission."));
    let entry = found.ok_or_else(none)?;
    owned(context, value(&entry, "resource").as_str().unwrap_or_default())?;
    Ok(entry)
}
