//! Bundles (facts: lowcoder 10.10, X30): applications that are shown together.
//!
//! A bundle is recycled before it can be deleted, and a deleted one stays, with that state.

mod change;
mod elements;
mod roles;
mod show;

use serde_json::Value;

pub(super) use self::change::{
    create_bundle, delete_bundle, publish_bundle, recycle_bundle, restore_recycled_bundle, update_bundle,
};
pub(super) use self::elements::{
    add_app_to_bundle, list_bundle_contents, move_app_between_bundles, reorder_bundle,
};
pub(super) use self::roles::{
    grant_bundle_permissions, revoke_bundle_permissions, update_bundle_permissions,
};
pub(super) use self::show::{
    get_agency_profile_bundle_data_in_view_mode, get_bundle_data_in_view_mode,
    get_marketplace_bundle_data_in_view_mode, list_agency_profile_bundles, list_bundles,
    list_marketplace_bundles, list_recycled_bundles,
};
use super::access::{Resource, Role, require_role, user_name};
use super::ids;
use super::refusal::{no_resource, unsupported};
use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::reading::{text, value};
use crate::state::Record;

/// The bundle that an id or a gid names, whatever its state; 5005 for none.
fn resolve(context: &Context<'_>, id: &str) -> Result<Record, Outcome> {
    ids::resolve(context, "bundles", id)?.ok_or_else(|| no_resource("There is no such bundle."))
}

/// Passes where a bundle has that state; 5003 else.
fn require_state(bundle: &Record, state: &str) -> Result<(), Outcome> {
    if text(bundle, "bundleStatus") == state {
        return Ok(());
    }
    Err(unsupported("The bundle is not in a state for that."))
}

/// The bundle where the caller has that role, or a better one, and it has that state: 5005, 5001, 5003 in this order.
fn usable(context: &Context<'_>, id: &str, role: Role, state: &str) -> Result<Record, Outcome> {
    let bundle = resolve(context, id)?;
    require_role(context, Resource::Bundle, &bundle, role)?;
    require_state(&bundle, state)?;
    Ok(bundle)
}

/// The members of `BundleInfoView` for one bundle: `createBy` is a name there.
fn view(context: &Context<'_>, bundle: &Record, visible: bool, manageable: bool) -> Result<Value, Outcome> {
    let creator = user_name(context, &value(bundle, "createdBy"))?;
    Ok(members(bundle, creator, visible, manageable))
}

/// The members of `BundleInfoView` in lists: `createBy` is an id there, and what the caller may is not looked at (facts:
/// lowcoder 10.10 B2, 12 Q13).
fn list_item(bundle: &Record) -> Value {
    members(bundle, value(bundle, "createdBy"), false, false)
}

fn members(bundle: &Record, creator: Value, visible: bool, manageable: bool) -> Value {
    let mut view = Value::Object(bundle.fields().clone());
    view["userId"] = value(bundle, "createdBy");
    view["createBy"] = creator;
    view["folderIdFrom"] = Value::Null;
    view["visible"] = visible.into();
    view["manageable"] = manageable.into();
    view
}
