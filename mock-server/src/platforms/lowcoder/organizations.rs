//! Organizations

use serde_json::Value;

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;

pub(super) fn create_organization(
    _: &mut Context<'_>,
    _: g::CreateOrganizationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_organization(_: &mut Context<'_>, _: g::GetOrganizationInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_organization(
    _: &mut Context<'_>,
    _: g::DeleteOrganizationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_organization(
    _: &mut Context<'_>,
    _: g::UpdateOrganizationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_organization_settings(
    _: &mut Context<'_>,
    _: g::GetOrganizationSettingsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_organization_settings(
    _: &mut Context<'_>,
    _: g::UpdateOrganizationSettingsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_organization_slug(
    _: &mut Context<'_>,
    _: g::UpdateOrganizationSlugInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn upload_organization_logo(
    _: &mut Context<'_>,
    _: g::UploadOrganizationLogoInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_organization_logo(
    _: &mut Context<'_>,
    _: g::DeleteOrganizationLogoInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_org_api_usage_count(
    _: &mut Context<'_>,
    _: g::GetOrgApiUsageCountInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_organization_by_user(
    _: &mut Context<'_>,
    _: g::GetOrganizationByUserInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_organization_datasource_types(
    _: &mut Context<'_>,
    _: g::GetOrganizationDatasourceTypesInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_organization_members(
    _: &mut Context<'_>,
    _: g::ListOrganizationMembersInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_organization_member_role(
    _: &mut Context<'_>,
    _: g::UpdateOrganizationMemberRoleInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn remove_user_from_organization(
    _: &mut Context<'_>,
    _: g::RemoveUserFromOrganizationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn leave_organization(
    _: &mut Context<'_>,
    _: g::LeaveOrganizationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn switch_organization(
    _: &mut Context<'_>,
    _: g::SwitchOrganizationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn create_user_invitation(
    _: &mut Context<'_>,
    _: g::CreateUserInvitationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_invitation(_: &mut Context<'_>, _: g::GetInvitationInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn follow_invitation(_: &mut Context<'_>, _: g::FollowInvitationInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}
