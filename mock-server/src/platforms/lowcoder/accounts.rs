//! Accounts

use serde_json::Value;

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;

pub(super) fn seed(_: &mut Context<'_>) -> Result<(), Outcome> {
    Ok(())
}

pub(super) fn create_api_key(_: &mut Context<'_>, _: g::CreateApiKeyInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_api_keys(_: &mut Context<'_>, _: g::ListApiKeysInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_api_key(_: &mut Context<'_>, _: g::DeleteApiKeyInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_auth_configs(_: &mut Context<'_>, _: g::ListAuthConfigsInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn create_auth_config(_: &mut Context<'_>, _: g::CreateAuthConfigInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_auth_config(_: &mut Context<'_>, _: g::DeleteAuthConfigInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn bind_email(_: &mut Context<'_>, _: g::BindEmailInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_user_profile(_: &mut Context<'_>, _: g::GetUserProfileInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_user_info(_: &mut Context<'_>, _: g::GetUserInfoInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_user_orgs(_: &mut Context<'_>, _: g::GetUserOrgsInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_user_details(_: &mut Context<'_>, _: g::GetUserDetailsInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_user(_: &mut Context<'_>, _: g::UpdateUserInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_user_of_organization(
    _: &mut Context<'_>,
    _: g::UpdateUserOfOrganizationInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_password(_: &mut Context<'_>, _: g::UpdatePasswordInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn set_password(_: &mut Context<'_>, _: g::SetPasswordInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn reset_password(_: &mut Context<'_>, _: g::ResetPasswordInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn create_user_and_add_to_org(
    _: &mut Context<'_>,
    _: g::CreateUserAndAddToOrgInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn create_scim_user_and_add_to_org(
    _: &mut Context<'_>,
    _: g::CreateScimUserAndAddToOrgInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn mark_user_status(_: &mut Context<'_>, _: g::MarkUserStatusInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn new_user_guidance_shown(
    _: &mut Context<'_>,
    _: g::NewUserGuidanceShownInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_user_profile_photo(
    _: &mut Context<'_>,
    _: g::GetUserProfilePhotoInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn upload_user_profile_photo(
    _: &mut Context<'_>,
    _: g::UploadUserProfilePhotoInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_user_profile_photo(
    _: &mut Context<'_>,
    _: g::DeleteUserProfilePhotoInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_user_profile_photo_by_id(
    _: &mut Context<'_>,
    _: g::GetUserProfilePhotoByIdInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn upload_user_profile_photo_by_id(
    _: &mut Context<'_>,
    _: g::UploadUserProfilePhotoByIdInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_user_profile_photo_by_id(
    _: &mut Context<'_>,
    _: g::DeleteUserProfilePhotoByIdInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}
