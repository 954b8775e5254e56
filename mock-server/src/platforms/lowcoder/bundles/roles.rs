//! Roles on a bundle, for its owners (facts: lowcoder X30). To show them fails in the product, so that there is no such
//! operation (12 Q17).

use serde_json::Value;

use super::usable;
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Resource, Role};
use crate::platforms::lowcoder::permissions;
use crate::platforms::lowcoder::refusal::refused;
use crate::state::Record;

pub(in crate::platforms::lowcoder) fn grant_bundle_permissions(
    context: &mut Context<'_>,
    input: g::GrantBundlePermissionsInput,
) -> Result<Value, Outcome> {
    permissions::role(&input.body)?;
    let bundle = usable(context, &input.bundle_id, Role::Owner, "NORMAL")?;
    permissions::grant(context, Resource::Bundle, &bundle, &input.body)?;
    Ok(Value::Null)
}

pub(in crate::platforms::lowcoder) fn update_bundle_permissions(
    context: &mut Context<'_>,
    input: g::UpdateBundlePermissionsInput,
) -> Result<Value, Outcome> {
    let role = permissions::role(&input.body)?;
    let bundle = usable(context, &input.bundle_id, Role::Owner, "NORMAL")?;
    let entry = entry(context, &bundle, &input.permission_id)?;
    permissions::change(context, &entry, role)?;
    Ok(Value::Null)
}

pub(in crate::platforms::lowcoder) fn revoke_bundle_permissions(
    context: &mut Context<'_>,
    input: g::RevokeBundlePermissionsInput,
) -> Result<Value, Outcome> {
    let bundle = usable(context, &input.bundle_id, Role::Owner, "NORMAL")?;
    let entry = entry(context, &bundle, &input.permission_id)?;
    context.delete(&[entry])?;
    Ok(Value::Null)
}

/// An entry of that bundle; 6404 for another.
fn entry(context: &Context<'_>, bundle: &Record, permission: &str) -> Result<Record, Outcome> {
    permissions::entry(context, Resource::Bundle, bundle, permission)?
        .ok_or_else(|| refused("illegal-bundle-permission-id", "The bundle has no such permission."))
}
