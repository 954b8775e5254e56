//! Applications

use serde_json::Value;

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;

pub(super) fn create_application(
    _: &mut Context<'_>,
    _: g::CreateApplicationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_application_data_in_edit_mode(
    _: &mut Context<'_>,
    _: g::GetApplicationDataInEditModeInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_application(
    _: &mut Context<'_>,
    _: g::UpdateApplicationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_application(
    _: &mut Context<'_>,
    _: g::DeleteApplicationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_application_data_in_view_mode(
    _: &mut Context<'_>,
    _: g::GetApplicationDataInViewModeInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_marketplace_application_data_in_view_mode(
    _: &mut Context<'_>,
    _: g::GetMarketplaceApplicationDataInViewModeInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_agency_profile_application_data_in_view_mode(
    _: &mut Context<'_>,
    _: g::GetAgencyProfileApplicationDataInViewModeInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn publish_application(
    _: &mut Context<'_>,
    _: g::PublishApplicationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_application_editing_state(
    _: &mut Context<'_>,
    _: g::UpdateApplicationEditingStateInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_application_slug(
    _: &mut Context<'_>,
    _: g::UpdateApplicationSlugInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_applications(_: &mut Context<'_>, _: g::ListApplicationsInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn recycle_application(
    _: &mut Context<'_>,
    _: g::RecycleApplicationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn restore_recycled_application(
    _: &mut Context<'_>,
    _: g::RestoreRecycledApplicationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_recycled_applications(
    _: &mut Context<'_>,
    _: g::ListRecycledApplicationsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn set_application_as_public(
    _: &mut Context<'_>,
    _: g::SetApplicationAsPublicInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn set_application_as_public_to_marketplace(
    _: &mut Context<'_>,
    _: g::SetApplicationAsPublicToMarketplaceInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn set_application_as_agency_profile(
    _: &mut Context<'_>,
    _: g::SetApplicationAsAgencyProfileInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_marketplace_applications(
    _: &mut Context<'_>,
    _: g::ListMarketplaceApplicationsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_agency_profile_applications(
    _: &mut Context<'_>,
    _: g::ListAgencyProfileApplicationsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_application_permissions(
    _: &mut Context<'_>,
    _: g::ListApplicationPermissionsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn grant_application_permissions(
    _: &mut Context<'_>,
    _: g::GrantApplicationPermissionsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_application_permissions(
    _: &mut Context<'_>,
    _: g::UpdateApplicationPermissionsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn revoke_application_permissions(
    _: &mut Context<'_>,
    _: g::RevokeApplicationPermissionsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_available_groups_and_members(
    _: &mut Context<'_>,
    _: g::ListAvailableGroupsAndMembersInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}
