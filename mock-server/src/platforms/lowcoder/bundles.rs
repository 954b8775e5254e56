//! Bundles

use serde_json::Value;

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;

pub(super) fn update_bundle(_: &mut Context<'_>, _: g::UpdateBundleInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn create_bundle(_: &mut Context<'_>, _: g::CreateBundleInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_bundle(_: &mut Context<'_>, _: g::DeleteBundleInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn recycle_bundle(_: &mut Context<'_>, _: g::RecycleBundleInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn restore_recycled_bundle(
    _: &mut Context<'_>,
    _: g::RestoreRecycledBundleInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_bundles(_: &mut Context<'_>, _: g::ListBundlesInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_recycled_bundles(
    _: &mut Context<'_>,
    _: g::ListRecycledBundlesInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_bundle_data_in_view_mode(
    _: &mut Context<'_>,
    _: g::GetBundleDataInViewModeInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_marketplace_bundle_data_in_view_mode(
    _: &mut Context<'_>,
    _: g::GetMarketplaceBundleDataInViewModeInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_agency_profile_bundle_data_in_view_mode(
    _: &mut Context<'_>,
    _: g::GetAgencyProfileBundleDataInViewModeInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn publish_bundle(_: &mut Context<'_>, _: g::PublishBundleInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_bundle_contents(
    _: &mut Context<'_>,
    _: g::ListBundleContentsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn add_app_to_bundle(_: &mut Context<'_>, _: g::AddAppToBundleInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn move_app_between_bundles(
    _: &mut Context<'_>,
    _: g::MoveAppBetweenBundlesInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn reorder_bundle(_: &mut Context<'_>, _: g::ReorderBundleInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn grant_bundle_permissions(
    _: &mut Context<'_>,
    _: g::GrantBundlePermissionsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_bundle_permissions(
    _: &mut Context<'_>,
    _: g::UpdateBundlePermissionsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn revoke_bundle_permissions(
    _: &mut Context<'_>,
    _: g::RevokeBundlePermissionsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_marketplace_bundles(
    _: &mut Context<'_>,
    _: g::ListMarketplaceBundlesInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_agency_profile_bundles(
    _: &mut Context<'_>,
    _: g::ListAgencyProfileBundlesInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}
