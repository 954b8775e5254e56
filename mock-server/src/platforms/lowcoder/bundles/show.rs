//! Bundles as viewers, the marketplace and their creators see them.

use serde_json::{Value, json};

use super::{list_item, require_state, resolve, view};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Resource, Role, role_on, user_name};
use crate::platforms::lowcoder::refusal::{not_authorized, unsupported};
use crate::platforms::reading::{caller, flag, id, text, value};
use crate::state::Record;

/// A bundle for viewers of it; one that is public to all has nothing but viewers (facts: lowcoder X30, 7).
pub(in crate::platforms::lowcoder) fn get_bundle_data_in_view_mode(
    context: &mut Context<'_>,
    input: g::GetBundleDataInViewModeInput,
) -> Result<Value, Outcome> {
    let bundle = resolve(context, &input.bundle_id)?;
    let role = role_on(context, Resource::Bundle, &bundle)?;
    if role.is_none() && !flag(&bundle, "publicToAll") {
        return Err(not_authorized());
    }
    require_state(&bundle, "NORMAL")?;
    shown(context, &bundle, role)
}

/// What one with that role sees: what is being edited is nothing for viewers.
fn shown(context: &Context<'_>, bundle: &Record, role: Option<Role>) -> Result<Value, Outcome> {
    let mut view = view(context, bundle, true, role == Some(Role::Owner))?;
    if role < Some(Role::Editor) {
        view["editingBundleDSL"] = Value::Null;
    }
    Ok(view)
}

/// Whether the caller owns a bundle.
pub(super) fn manageable(context: &Context<'_>, bundle: &Record) -> Result<bool, Outcome> {
    Ok(role_on(context, Resource::Bundle, bundle)? == Some(Role::Owner))
}

pub(in crate::platforms::lowcoder) fn get_marketplace_bundle_data_in_view_mode(
    context: &mut Context<'_>,
    input: g::GetMarketplaceBundleDataInViewModeInput,
) -> Result<Value, Outcome> {
    public(context, &input.bundle_id, "publicToMarketplace")
}

pub(in crate::platforms::lowcoder) fn get_agency_profile_bundle_data_in_view_mode(
    context: &mut Context<'_>,
    input: g::GetAgencyProfileBundleDataInViewModeInput,
) -> Result<Value, Outcome> {
    public(context, &input.bundle_id, "agencyProfile")
}

/// A bundle that is public to all and in that place; 5003 for one that is not (facts: lowcoder X19, X30).
fn public(context: &Context<'_>, key: &str, place: &str) -> Result<Value, Outcome> {
    let bundle = resolve(context, key)?;
    require_state(&bundle, "NORMAL")?;
    if !flag(&bundle, "publicToAll") || !flag(&bundle, place) {
        return Err(unsupported("The bundle is not shown there."));
    }
    let role = role_on(context, Resource::Bundle, &bundle)?;
    shown(context, &bundle, role)
}

/// The caller's own bundles in whatever organisation, of that state or of all (facts: lowcoder 10.10 B2).
pub(in crate::platforms::lowcoder) fn list_bundles(
    context: &mut Context<'_>,
    input: g::ListBundlesInput,
) -> Result<Value, Outcome> {
    own(context, input.bundle_status.as_deref())
}

pub(in crate::platforms::lowcoder) fn list_recycled_bundles(
    context: &mut Context<'_>,
    _: g::ListRecycledBundlesInput,
) -> Result<Value, Outcome> {
    own(context, Some("RECYCLED"))
}

fn own(context: &Context<'_>, state: Option<&str>) -> Result<Value, Outcome> {
    let mut bundles = context.all("bundles", &[("createdBy", &id(caller(context)?))])?;
    bundles.retain(|bundle| state.is_none_or(|state| text(bundle, "bundleStatus") == state));
    Ok(bundles.iter().map(list_item).collect())
}

pub(in crate::platforms::lowcoder) fn list_marketplace_bundles(
    context: &mut Context<'_>,
    _: g::ListMarketplaceBundlesInput,
) -> Result<Value, Outcome> {
    place(context, "publicToMarketplace")
}

pub(in crate::platforms::lowcoder) fn list_agency_profile_bundles(
    context: &mut Context<'_>,
    _: g::ListAgencyProfileBundlesInput,
) -> Result<Value, Outcome> {
    place(context, "agencyProfile")
}

/// The bundles of all organisations that are public to all and in that place.
fn place(context: &Context<'_>, place: &str) -> Result<Value, Outcome> {
    let mut items = Vec::new();
    for bundle in context.all("bundles", &[("bundleStatus", &Value::from("NORMAL"))])? {
        if flag(&bundle, "publicToAll") && flag(&bundle, place) {
            items.push(advertised(context, &bundle)?);
        }
    }
    Ok(items.into())
}

/// The members of `MarketplaceBundle`. `creatorEmail` is in fact a name, as it is for applications (facts: lowcoder 8).
fn advertised(context: &Context<'_>, bundle: &Record) -> Result<Value, Outcome> {
    let creator = value(bundle, "createdBy");
    let org = context.get("organizations", &value(bundle, "orgId"))?;
    Ok(json!({
        "title": value(bundle, "title"), "description": value(bundle, "description"),
        "category": value(bundle, "category"), "image": value(bundle, "image"), "orgId": value(bundle, "orgId"),
        "orgName": org.map_or(Value::Null, |org| value(&org, "name")),
        "creatorEmail": user_name(context, &creator)?, "id": id(bundle), "name": value(bundle, "name"),
        "createAt": value(bundle, "createAt"), "createBy": creator,
        "bundleStatus": value(bundle, "bundleStatus"),
    }))
}
