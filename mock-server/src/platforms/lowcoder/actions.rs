//! Every named action, area by area: each is a function of its area.

use serde_json::Value;

use super::{
    accounts, applications, bundles, datasources, folders, groups, library, materials, organizations,
    signing, system, versions,
};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder::{self as g, Actions};
use crate::outcome::Outcome;
use crate::state::State;

/// What an action answers with.
type Answer = Result<Value, Outcome>;

/// The named actions of Lowcoder.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lowcoder;

impl Actions for Lowcoder {
    fn seed(&self, context: &mut Context<'_>) -> Result<(), Outcome> {
        accounts::seed(context)
    }
    fn watches(&self) -> bool {
        true
    }
    fn after(&self, context: &mut Context<'_>, _: &str, _: &State) -> Result<(), Outcome> {
        organizations::note(context)
    }
    fn login_with_user_password(
        &self,
        context: &mut Context<'_>,
        input: g::LoginWithUserPasswordInput,
    ) -> Answer {
        signing::login_with_user_password(context, input)
    }
    fn create_api_key(&self, context: &mut Context<'_>, input: g::CreateApiKeyInput) -> Answer {
        accounts::create_api_key(context, input)
    }
    fn list_api_keys(&self, context: &mut Context<'_>, input: g::ListApiKeysInput) -> Answer {
        accounts::list_api_keys(context, input)
    }
    fn delete_api_key(&self, context: &mut Context<'_>, input: g::DeleteApiKeyInput) -> Answer {
        accounts::delete_api_key(context, input)
    }
    fn list_auth_configs(&self, context: &mut Context<'_>, input: g::ListAuthConfigsInput) -> Answer {
        accounts::list_auth_configs(context, input)
    }
    fn create_auth_config(&self, context: &mut Context<'_>, input: g::CreateAuthConfigInput) -> Answer {
        accounts::create_auth_config(context, input)
    }
    fn delete_auth_config(&self, context: &mut Context<'_>, input: g::DeleteAuthConfigInput) -> Answer {
        accounts::delete_auth_config(context, input)
    }
    fn bind_email(&self, context: &mut Context<'_>, input: g::BindEmailInput) -> Answer {
        accounts::bind_email(context, input)
    }
    fn get_user_profile(&self, context: &mut Context<'_>, input: g::GetUserProfileInput) -> Answer {
        accounts::get_user_profile(context, input)
    }
    fn get_user_info(&self, context: &mut Context<'_>, input: g::GetUserInfoInput) -> Answer {
        accounts::get_user_info(context, input)
    }
    fn get_user_orgs(&self, context: &mut Context<'_>, input: g::GetUserOrgsInput) -> Answer {
        accounts::get_user_orgs(context, input)
    }
    fn get_user_details(&self, context: &mut Context<'_>, input: g::GetUserDetailsInput) -> Answer {
        accounts::get_user_details(context, input)
    }
    fn update_user(&self, context: &mut Context<'_>, input: g::UpdateUserInput) -> Answer {
        accounts::update_user(context, input)
    }
    fn update_user_of_organization(
        &self,
        context: &mut Context<'_>,
        input: g::UpdateUserOfOrganizationInput,
    ) -> Answer {
        accounts::update_user_of_organization(context, input)
    }
    fn update_password(&self, context: &mut Context<'_>, input: g::UpdatePasswordInput) -> Answer {
        accounts::update_password(context, input)
    }
    fn set_password(&self, context: &mut Context<'_>, input: g::SetPasswordInput) -> Answer {
        accounts::set_password(context, input)
    }
    fn reset_password(&self, context: &mut Context<'_>, input: g::ResetPasswordInput) -> Answer {
        accounts::reset_password(context, input)
    }
    fn create_user_and_add_to_org(
        &self,
        context: &mut Context<'_>,
        input: g::CreateUserAndAddToOrgInput,
    ) -> Answer {
        accounts::create_user_and_add_to_org(context, input)
    }
    fn create_scim_user_and_add_to_org(
        &self,
        context: &mut Context<'_>,
        input: g::CreateScimUserAndAddToOrgInput,
    ) -> Answer {
        accounts::create_scim_user_and_add_to_org(context, input)
    }
    fn mark_user_status(&self, context: &mut Context<'_>, input: g::MarkUserStatusInput) -> Answer {
        accounts::mark_user_status(context, input)
    }
    fn new_user_guidance_shown(
        &self,
        context: &mut Context<'_>,
        input: g::NewUserGuidanceShownInput,
    ) -> Answer {
        accounts::new_user_guidance_shown(context, input)
    }
    fn get_user_profile_photo(
        &self,
        context: &mut Context<'_>,
        input: g::GetUserProfilePhotoInput,
    ) -> Answer {
        accounts::get_user_profile_photo(context, input)
    }
    fn upload_user_profile_photo(
        &self,
        context: &mut Context<'_>,
        input: g::UploadUserProfilePhotoInput,
    ) -> Answer {
        accounts::upload_user_profile_photo(context, input)
    }
    fn delete_user_profile_photo(
        &self,
        context: &mut Context<'_>,
        input: g::DeleteUserProfilePhotoInput,
    ) -> Answer {
        accounts::delete_user_profile_photo(context, input)
    }
    fn get_user_profile_photo_by_id(
        &self,
        context: &mut Context<'_>,
        input: g::GetUserProfilePhotoByIdInput,
    ) -> Answer {
        accounts::get_user_profile_photo_by_id(context, input)
    }
    fn upload_user_profile_photo_by_id(
        &self,
        context: &mut Context<'_>,
        input: g::UploadUserProfilePhotoByIdInput,
    ) -> Answer {
        accounts::upload_user_profile_photo_by_id(context, input)
    }
    fn delete_user_profile_photo_by_id(
        &self,
        context: &mut Context<'_>,
        input: g::DeleteUserProfilePhotoByIdInput,
    ) -> Answer {
        accounts::delete_user_profile_photo_by_id(context, input)
    }
    fn create_organization(&self, context: &mut Context<'_>, input: g::CreateOrganizationInput) -> Answer {
        organizations::create_organization(context, input)
    }
    fn get_organization(&self, context: &mut Context<'_>, input: g::GetOrganizationInput) -> Answer {
        organizations::get_organization(context, input)
    }
    fn delete_organization(&self, context: &mut Context<'_>, input: g::DeleteOrganizationInput) -> Answer {
        organizations::delete_organization(context, input)
    }
    fn update_organization(&self, context: &mut Context<'_>, input: g::UpdateOrganizationInput) -> Answer {
        organizations::update_organization(context, input)
    }
    fn get_organization_settings(
        &self,
        context: &mut Context<'_>,
        input: g::GetOrganizationSettingsInput,
    ) -> Answer {
        organizations::get_organization_settings(context, input)
    }
    fn update_organization_settings(
        &self,
        context: &mut Context<'_>,
        input: g::UpdateOrganizationSettingsInput,
    ) -> Answer {
        organizations::update_organization_settings(context, input)
    }
    fn update_organization_slug(
        &self,
        context: &mut Context<'_>,
        input: g::UpdateOrganizationSlugInput,
    ) -> Answer {
        organizations::update_organization_slug(context, input)
    }
    fn upload_organization_logo(
        &self,
        context: &mut Context<'_>,
        input: g::UploadOrganizationLogoInput,
    ) -> Answer {
        organizations::upload_organization_logo(context, input)
    }
    fn delete_organization_logo(
        &self,
        context: &mut Context<'_>,
        input: g::DeleteOrganizationLogoInput,
    ) -> Answer {
        organizations::delete_organization_logo(context, input)
    }
    fn get_org_api_usage_count(
        &self,
        context: &mut Context<'_>,
        input: g::GetOrgApiUsageCountInput,
    ) -> Answer {
        organizations::get_org_api_usage_count(context, input)
    }
    fn get_organization_by_user(
        &self,
        context: &mut Context<'_>,
        input: g::GetOrganizationByUserInput,
    ) -> Answer {
        organizations::get_organization_by_user(context, input)
    }
    fn get_organization_datasource_types(
        &self,
        context: &mut Context<'_>,
        input: g::GetOrganizationDatasourceTypesInput,
    ) -> Answer {
        organizations::get_organization_datasource_types(context, input)
    }
    fn list_organization_members(
        &self,
        context: &mut Context<'_>,
        input: g::ListOrganizationMembersInput,
    ) -> Answer {
        organizations::list_organization_members(context, input)
    }
    fn update_organization_member_role(
        &self,
        context: &mut Context<'_>,
        input: g::UpdateOrganizationMemberRoleInput,
    ) -> Answer {
        organizations::update_organization_member_role(context, input)
    }
    fn remove_user_from_organization(
        &self,
        context: &mut Context<'_>,
        input: g::RemoveUserFromOrganizationInput,
    ) -> Answer {
        organizations::remove_user_from_organization(context, input)
    }
    fn leave_organization(&self, context: &mut Context<'_>, input: g::LeaveOrganizationInput) -> Answer {
        organizations::leave_organization(context, input)
    }
    fn switch_organization(&self, context: &mut Context<'_>, input: g::SwitchOrganizationInput) -> Answer {
        organizations::switch_organization(context, input)
    }
    fn create_user_invitation(
        &self,
        context: &mut Context<'_>,
        input: g::CreateUserInvitationInput,
    ) -> Answer {
        organizations::create_user_invitation(context, input)
    }
    fn get_invitation(&self, context: &mut Context<'_>, input: g::GetInvitationInput) -> Answer {
        organizations::get_invitation(context, input)
    }
    fn follow_invitation(&self, context: &mut Context<'_>, input: g::FollowInvitationInput) -> Answer {
        organizations::follow_invitation(context, input)
    }
    fn create_group(&self, context: &mut Context<'_>, input: g::CreateGroupInput) -> Answer {
        groups::create_group(context, input)
    }
    fn update_group(&self, context: &mut Context<'_>, input: g::UpdateGroupInput) -> Answer {
        groups::update_group(context, input)
    }
    fn delete_group(&self, context: &mut Context<'_>, input: g::DeleteGroupInput) -> Answer {
        groups::delete_group(context, input)
    }
    fn list_groups(&self, context: &mut Context<'_>, input: g::ListGroupsInput) -> Answer {
        groups::list_groups(context, input)
    }
    fn list_group_members_with_search_and_sort(
        &self,
        context: &mut Context<'_>,
        input: g::ListGroupMembersWithSearchAndSortInput,
    ) -> Answer {
        groups::list_group_members_with_search_and_sort(context, input)
    }
    fn add_user_to_group(&self, context: &mut Context<'_>, input: g::AddUserToGroupInput) -> Answer {
        groups::add_user_to_group(context, input)
    }
    fn update_role_for_group_member(
        &self,
        context: &mut Context<'_>,
        input: g::UpdateRoleForGroupMemberInput,
    ) -> Answer {
        groups::update_role_for_group_member(context, input)
    }
    fn remove_user_from_group(
        &self,
        context: &mut Context<'_>,
        input: g::RemoveUserFromGroupInput,
    ) -> Answer {
        groups::remove_user_from_group(context, input)
    }
    fn leave_group(&self, context: &mut Context<'_>, input: g::LeaveGroupInput) -> Answer {
        groups::leave_group(context, input)
    }
    fn search_potential_group_members(
        &self,
        context: &mut Context<'_>,
        input: g::SearchPotentialGroupMembersInput,
    ) -> Answer {
        groups::search_potential_group_members(context, input)
    }
    fn create_application(&self, context: &mut Context<'_>, input: g::CreateApplicationInput) -> Answer {
        applications::create_application(context, input)
    }
    fn get_application_data_in_edit_mode(
        &self,
        context: &mut Context<'_>,
        input: g::GetApplicationDataInEditModeInput,
    ) -> Answer {
        applications::get_application_data_in_edit_mode(context, input)
    }
    fn update_application(&self, context: &mut Context<'_>, input: g::UpdateApplicationInput) -> Answer {
        applications::update_application(context, input)
    }
    fn delete_application(&self, context: &mut Context<'_>, input: g::DeleteApplicationInput) -> Answer {
        applications::delete_application(context, input)
    }
    fn get_application_data_in_view_mode(
        &self,
        context: &mut Context<'_>,
        input: g::GetApplicationDataInViewModeInput,
    ) -> Answer {
        applications::get_application_data_in_view_mode(context, input)
    }
    fn get_marketplace_application_data_in_view_mode(
        &self,
        context: &mut Context<'_>,
        input: g::GetMarketplaceApplicationDataInViewModeInput,
    ) -> Answer {
        applications::get_marketplace_application_data_in_view_mode(context, input)
    }
    fn get_agency_profile_application_data_in_view_mode(
        &self,
        context: &mut Context<'_>,
        input: g::GetAgencyProfileApplicationDataInViewModeInput,
    ) -> Answer {
        applications::get_agency_profile_application_data_in_view_mode(context, input)
    }
    fn publish_application(&self, context: &mut Context<'_>, input: g::PublishApplicationInput) -> Answer {
        applications::publish_application(context, input)
    }
    fn update_application_editing_state(
        &self,
        context: &mut Context<'_>,
        input: g::UpdateApplicationEditingStateInput,
    ) -> Answer {
        applications::update_application_editing_state(context, input)
    }
    fn update_application_slug(
        &self,
        context: &mut Context<'_>,
        input: g::UpdateApplicationSlugInput,
    ) -> Answer {
        applications::update_application_slug(context, input)
    }
    fn list_applications(&self, context: &mut Context<'_>, input: g::ListApplicationsInput) -> Answer {
        applications::list_applications(context, input)
    }
    fn recycle_application(&self, context: &mut Context<'_>, input: g::RecycleApplicationInput) -> Answer {
        applications::recycle_application(context, input)
    }
    fn restore_recycled_application(
        &self,
        context: &mut Context<'_>,
        input: g::RestoreRecycledApplicationInput,
    ) -> Answer {
        applications::restore_recycled_application(context, input)
    }
    fn list_recycled_applications(
        &self,
        context: &mut Context<'_>,
        input: g::ListRecycledApplicationsInput,
    ) -> Answer {
        applications::list_recycled_applications(context, input)
    }
    fn set_application_as_public(
        &self,
        context: &mut Context<'_>,
        input: g::SetApplicationAsPublicInput,
    ) -> Answer {
        applications::set_application_as_public(context, input)
    }
    fn set_application_as_public_to_marketplace(
        &self,
        context: &mut Context<'_>,
        input: g::SetApplicationAsPublicToMarketplaceInput,
    ) -> Answer {
        applications::set_application_as_public_to_marketplace(context, input)
    }
    fn set_application_as_agency_profile(
        &self,
        context: &mut Context<'_>,
        input: g::SetApplicationAsAgencyProfileInput,
    ) -> Answer {
        applications::set_application_as_agency_profile(context, input)
    }
    fn list_marketplace_applications(
        &self,
        context: &mut Context<'_>,
        input: g::ListMarketplaceApplicationsInput,
    ) -> Answer {
        applications::list_marketplace_applications(context, input)
    }
    fn list_agency_profile_applications(
        &self,
        context: &mut Context<'_>,
        input: g::ListAgencyProfileApplicationsInput,
    ) -> Answer {
        applications::list_agency_profile_applications(context, input)
    }
    fn list_application_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::ListApplicationPermissionsInput,
    ) -> Answer {
        applications::list_application_permissions(context, input)
    }
    fn grant_application_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::GrantApplicationPermissionsInput,
    ) -> Answer {
        applications::grant_application_permissions(context, input)
    }
    fn update_application_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::UpdateApplicationPermissionsInput,
    ) -> Answer {
        applications::update_application_permissions(context, input)
    }
    fn revoke_application_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::RevokeApplicationPermissionsInput,
    ) -> Answer {
        applications::revoke_application_permissions(context, input)
    }
    fn list_available_groups_and_members(
        &self,
        context: &mut Context<'_>,
        input: g::ListAvailableGroupsAndMembersInput,
    ) -> Answer {
        applications::list_available_groups_and_members(context, input)
    }
    fn list_application_records_by_application_id(
        &self,
        context: &mut Context<'_>,
        input: g::ListApplicationRecordsByApplicationIdInput,
    ) -> Answer {
        versions::list_application_records_by_application_id(context, input)
    }
    fn get_application_record(
        &self,
        context: &mut Context<'_>,
        input: g::GetApplicationRecordInput,
    ) -> Answer {
        versions::get_application_record(context, input)
    }
    fn delete_application_record(
        &self,
        context: &mut Context<'_>,
        input: g::DeleteApplicationRecordInput,
    ) -> Answer {
        versions::delete_application_record(context, input)
    }
    fn create_application_snapshot(
        &self,
        context: &mut Context<'_>,
        input: g::CreateApplicationSnapshotInput,
    ) -> Answer {
        versions::create_application_snapshot(context, input)
    }
    fn list_application_snapshots(
        &self,
        context: &mut Context<'_>,
        input: g::ListApplicationSnapshotsInput,
    ) -> Answer {
        versions::list_application_snapshots(context, input)
    }
    fn list_application_snapshots_archived(
        &self,
        context: &mut Context<'_>,
        input: g::ListApplicationSnapshotsArchivedInput,
    ) -> Answer {
        versions::list_application_snapshots_archived(context, input)
    }
    fn get_application_snapshot(
        &self,
        context: &mut Context<'_>,
        input: g::GetApplicationSnapshotInput,
    ) -> Answer {
        versions::get_application_snapshot(context, input)
    }
    fn get_application_snapshot_archived(
        &self,
        context: &mut Context<'_>,
        input: g::GetApplicationSnapshotArchivedInput,
    ) -> Answer {
        versions::get_application_snapshot_archived(context, input)
    }
    fn update_folder(&self, context: &mut Context<'_>, input: g::UpdateFolderInput) -> Answer {
        folders::update_folder(context, input)
    }
    fn create_folder(&self, context: &mut Context<'_>, input: g::CreateFolderInput) -> Answer {
        folders::create_folder(context, input)
    }
    fn delete_folder(&self, context: &mut Context<'_>, input: g::DeleteFolderInput) -> Answer {
        folders::delete_folder(context, input)
    }
    fn list_folder_contents(&self, context: &mut Context<'_>, input: g::ListFolderContentsInput) -> Answer {
        folders::list_folder_contents(context, input)
    }
    fn move_application_to_folder(
        &self,
        context: &mut Context<'_>,
        input: g::MoveApplicationToFolderInput,
    ) -> Answer {
        folders::move_application_to_folder(context, input)
    }
    fn list_folder_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::ListFolderPermissionsInput,
    ) -> Answer {
        folders::list_folder_permissions(context, input)
    }
    fn grant_folder_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::GrantFolderPermissionsInput,
    ) -> Answer {
        folders::grant_folder_permissions(context, input)
    }
    fn update_folder_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::UpdateFolderPermissionsInput,
    ) -> Answer {
        folders::update_folder_permissions(context, input)
    }
    fn revoke_folder_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::RevokeFolderPermissionsInput,
    ) -> Answer {
        folders::revoke_folder_permissions(context, input)
    }
    fn create_datasource(&self, context: &mut Context<'_>, input: g::CreateDatasourceInput) -> Answer {
        datasources::create_datasource(context, input)
    }
    fn get_datasource(&self, context: &mut Context<'_>, input: g::GetDatasourceInput) -> Answer {
        datasources::get_datasource(context, input)
    }
    fn update_datasource(&self, context: &mut Context<'_>, input: g::UpdateDatasourceInput) -> Answer {
        datasources::update_datasource(context, input)
    }
    fn delete_datasource(&self, context: &mut Context<'_>, input: g::DeleteDatasourceInput) -> Answer {
        datasources::delete_datasource(context, input)
    }
    fn list_datasources_by_org(
        &self,
        context: &mut Context<'_>,
        input: g::ListDatasourcesByOrgInput,
    ) -> Answer {
        datasources::list_datasources_by_org(context, input)
    }
    fn list_datasources_by_app(
        &self,
        context: &mut Context<'_>,
        input: g::ListDatasourcesByAppInput,
    ) -> Answer {
        datasources::list_datasources_by_app(context, input)
    }
    fn list_node_service_plugins(
        &self,
        context: &mut Context<'_>,
        input: g::ListNodeServicePluginsInput,
    ) -> Answer {
        datasources::list_node_service_plugins(context, input)
    }
    fn get_datasource_info(&self, context: &mut Context<'_>, input: g::GetDatasourceInfoInput) -> Answer {
        datasources::get_datasource_info(context, input)
    }
    fn test_datasource(&self, context: &mut Context<'_>, input: g::TestDatasourceInput) -> Answer {
        datasources::test_datasource(context, input)
    }
    fn list_datasource_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::ListDatasourcePermissionsInput,
    ) -> Answer {
        datasources::list_datasource_permissions(context, input)
    }
    fn grant_datasource_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::GrantDatasourcePermissionsInput,
    ) -> Answer {
        datasources::grant_datasource_permissions(context, input)
    }
    fn update_datasource_permission(
        &self,
        context: &mut Context<'_>,
        input: g::UpdateDatasourcePermissionInput,
    ) -> Answer {
        datasources::update_datasource_permission(context, input)
    }
    fn revoke_datasource_permission(
        &self,
        context: &mut Context<'_>,
        input: g::RevokeDatasourcePermissionInput,
    ) -> Answer {
        datasources::revoke_datasource_permission(context, input)
    }
    fn create_library_query(&self, context: &mut Context<'_>, input: g::CreateLibraryQueryInput) -> Answer {
        library::create_library_query(context, input)
    }
    fn get_library_query(&self, context: &mut Context<'_>, input: g::GetLibraryQueryInput) -> Answer {
        library::get_library_query(context, input)
    }
    fn update_library_query(&self, context: &mut Context<'_>, input: g::UpdateLibraryQueryInput) -> Answer {
        library::update_library_query(context, input)
    }
    fn delete_library_query(&self, context: &mut Context<'_>, input: g::DeleteLibraryQueryInput) -> Answer {
        library::delete_library_query(context, input)
    }
    fn list_library_queries_by_org(
        &self,
        context: &mut Context<'_>,
        input: g::ListLibraryQueriesByOrgInput,
    ) -> Answer {
        library::list_library_queries_by_org(context, input)
    }
    fn list_library_queries_for_drop_down(
        &self,
        context: &mut Context<'_>,
        input: g::ListLibraryQueriesForDropDownInput,
    ) -> Answer {
        library::list_library_queries_for_drop_down(context, input)
    }
    fn publish_library_query(&self, context: &mut Context<'_>, input: g::PublishLibraryQueryInput) -> Answer {
        library::publish_library_query(context, input)
    }
    fn list_library_query_records(
        &self,
        context: &mut Context<'_>,
        input: g::ListLibraryQueryRecordsInput,
    ) -> Answer {
        library::list_library_query_records(context, input)
    }
    fn get_library_query_record(
        &self,
        context: &mut Context<'_>,
        input: g::GetLibraryQueryRecordInput,
    ) -> Answer {
        library::get_library_query_record(context, input)
    }
    fn delete_library_query_record(
        &self,
        context: &mut Context<'_>,
        input: g::DeleteLibraryQueryRecordInput,
    ) -> Answer {
        library::delete_library_query_record(context, input)
    }
    fn update_bundle(&self, context: &mut Context<'_>, input: g::UpdateBundleInput) -> Answer {
        bundles::update_bundle(context, input)
    }
    fn create_bundle(&self, context: &mut Context<'_>, input: g::CreateBundleInput) -> Answer {
        bundles::create_bundle(context, input)
    }
    fn delete_bundle(&self, context: &mut Context<'_>, input: g::DeleteBundleInput) -> Answer {
        bundles::delete_bundle(context, input)
    }
    fn recycle_bundle(&self, context: &mut Context<'_>, input: g::RecycleBundleInput) -> Answer {
        bundles::recycle_bundle(context, input)
    }
    fn restore_recycled_bundle(
        &self,
        context: &mut Context<'_>,
        input: g::RestoreRecycledBundleInput,
    ) -> Answer {
        bundles::restore_recycled_bundle(context, input)
    }
    fn list_bundles(&self, context: &mut Context<'_>, input: g::ListBundlesInput) -> Answer {
        bundles::list_bundles(context, input)
    }
    fn list_recycled_bundles(&self, context: &mut Context<'_>, input: g::ListRecycledBundlesInput) -> Answer {
        bundles::list_recycled_bundles(context, input)
    }
    fn get_bundle_data_in_view_mode(
        &self,
        context: &mut Context<'_>,
        input: g::GetBundleDataInViewModeInput,
    ) -> Answer {
        bundles::get_bundle_data_in_view_mode(context, input)
    }
    fn get_marketplace_bundle_data_in_view_mode(
        &self,
        context: &mut Context<'_>,
        input: g::GetMarketplaceBundleDataInViewModeInput,
    ) -> Answer {
        bundles::get_marketplace_bundle_data_in_view_mode(context, input)
    }
    fn get_agency_profile_bundle_data_in_view_mode(
        &self,
        context: &mut Context<'_>,
        input: g::GetAgencyProfileBundleDataInViewModeInput,
    ) -> Answer {
        bundles::get_agency_profile_bundle_data_in_view_mode(context, input)
    }
    fn publish_bundle(&self, context: &mut Context<'_>, input: g::PublishBundleInput) -> Answer {
        bundles::publish_bundle(context, input)
    }
    fn list_bundle_contents(&self, context: &mut Context<'_>, input: g::ListBundleContentsInput) -> Answer {
        bundles::list_bundle_contents(context, input)
    }
    fn add_app_to_bundle(&self, context: &mut Context<'_>, input: g::AddAppToBundleInput) -> Answer {
        bundles::add_app_to_bundle(context, input)
    }
    fn move_app_between_bundles(
        &self,
        context: &mut Context<'_>,
        input: g::MoveAppBetweenBundlesInput,
    ) -> Answer {
        bundles::move_app_between_bundles(context, input)
    }
    fn reorder_bundle(&self, context: &mut Context<'_>, input: g::ReorderBundleInput) -> Answer {
        bundles::reorder_bundle(context, input)
    }
    fn grant_bundle_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::GrantBundlePermissionsInput,
    ) -> Answer {
        bundles::grant_bundle_permissions(context, input)
    }
    fn update_bundle_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::UpdateBundlePermissionsInput,
    ) -> Answer {
        bundles::update_bundle_permissions(context, input)
    }
    fn revoke_bundle_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::RevokeBundlePermissionsInput,
    ) -> Answer {
        bundles::revoke_bundle_permissions(context, input)
    }
    fn list_marketplace_bundles(
        &self,
        context: &mut Context<'_>,
        input: g::ListMarketplaceBundlesInput,
    ) -> Answer {
        bundles::list_marketplace_bundles(context, input)
    }
    fn list_agency_profile_bundles(
        &self,
        context: &mut Context<'_>,
        input: g::ListAgencyProfileBundlesInput,
    ) -> Answer {
        bundles::list_agency_profile_bundles(context, input)
    }
    fn create_file_upload(&self, context: &mut Context<'_>, input: g::CreateFileUploadInput) -> Answer {
        materials::create_file_upload(context, input)
    }
    fn list_files(&self, context: &mut Context<'_>, input: g::ListFilesInput) -> Answer {
        materials::list_files(context, input)
    }
    fn download_file(&self, context: &mut Context<'_>, input: g::DownloadFileInput) -> Answer {
        materials::download_file(context, input)
    }
    fn delete_file(&self, context: &mut Context<'_>, input: g::DeleteFileInput) -> Answer {
        materials::delete_file(context, input)
    }
    fn get_asset(&self, context: &mut Context<'_>, input: g::GetAssetInput) -> Answer {
        materials::get_asset(context, input)
    }
    fn health_check(&self, context: &mut Context<'_>, input: g::HealthCheckInput) -> Answer {
        system::health_check(context, input)
    }
    fn get_health(&self, context: &mut Context<'_>, input: g::GetHealthInput) -> Answer {
        system::get_health(context, input)
    }
    fn list_configs(&self, context: &mut Context<'_>, input: g::ListConfigsInput) -> Answer {
        system::list_configs(context, input)
    }
    fn get_deployment_id(&self, context: &mut Context<'_>, input: g::GetDeploymentIdInput) -> Answer {
        system::get_deployment_id(context, input)
    }
    fn get_configuration_entry(
        &self,
        context: &mut Context<'_>,
        input: g::GetConfigurationEntryInput,
    ) -> Answer {
        system::get_configuration_entry(context, input)
    }
    fn create_configuration_entry(
        &self,
        context: &mut Context<'_>,
        input: g::CreateConfigurationEntryInput,
    ) -> Answer {
        system::create_configuration_entry(context, input)
    }
    fn server_settings(&self, context: &mut Context<'_>, input: g::ServerSettingsInput) -> Answer {
        system::server_settings(context, input)
    }
}
