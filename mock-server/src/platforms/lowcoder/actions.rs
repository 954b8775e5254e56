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

/// One method for each action, which hands it to the function of the same name in its area.
macro_rules! areas {
    ($($area:ident: $($action:ident($input:ident))*;)*) => {
        $($(
            fn $action(&self, context: &mut Context<'_>, input: g::$input) -> Answer {
                $area::$action(context, input)
            }
        )*)*
    };
}

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

    areas! {
        signing:
            login_with_user_password(LoginWithUserPasswordInput);
        accounts:
            create_api_key(CreateApiKeyInput)
            list_api_keys(ListApiKeysInput)
            delete_api_key(DeleteApiKeyInput)
            list_auth_configs(ListAuthConfigsInput)
            create_auth_config(CreateAuthConfigInput)
            delete_auth_config(DeleteAuthConfigInput)
            bind_email(BindEmailInput)
            get_user_profile(GetUserProfileInput)
            get_user_info(GetUserInfoInput)
            get_user_orgs(GetUserOrgsInput)
            get_user_details(GetUserDetailsInput)
            update_user(UpdateUserInput)
            update_user_of_organization(UpdateUserOfOrganizationInput)
            update_password(UpdatePasswordInput)
            set_password(SetPasswordInput)
            reset_password(ResetPasswordInput)
            create_user_and_add_to_org(CreateUserAndAddToOrgInput)
            create_scim_user_and_add_to_org(CreateScimUserAndAddToOrgInput)
            mark_user_status(MarkUserStatusInput)
            new_user_guidance_shown(NewUserGuidanceShownInput)
            get_user_profile_photo(GetUserProfilePhotoInput)
            upload_user_profile_photo(UploadUserProfilePhotoInput)
            delete_user_profile_photo(DeleteUserProfilePhotoInput)
            get_user_profile_photo_by_id(GetUserProfilePhotoByIdInput)
            upload_user_profile_photo_by_id(UploadUserProfilePhotoByIdInput)
            delete_user_profile_photo_by_id(DeleteUserProfilePhotoByIdInput);
        organizations:
            create_organization(CreateOrganizationInput)
            get_organization(GetOrganizationInput)
            delete_organization(DeleteOrganizationInput)
            update_organization(UpdateOrganizationInput)
            get_organization_settings(GetOrganizationSettingsInput)
            update_organization_settings(UpdateOrganizationSettingsInput)
            update_organization_slug(UpdateOrganizationSlugInput)
            upload_organization_logo(UploadOrganizationLogoInput)
            delete_organization_logo(DeleteOrganizationLogoInput)
            get_org_api_usage_count(GetOrgApiUsageCountInput)
            get_organization_by_user(GetOrganizationByUserInput)
            get_organization_datasource_types(GetOrganizationDatasourceTypesInput)
            list_organization_members(ListOrganizationMembersInput)
            update_organization_member_role(UpdateOrganizationMemberRoleInput)
            remove_user_from_organization(RemoveUserFromOrganizationInput)
            leave_organization(LeaveOrganizationInput)
            switch_organization(SwitchOrganizationInput)
            create_user_invitation(CreateUserInvitationInput)
            get_invitation(GetInvitationInput)
            follow_invitation(FollowInvitationInput);
        groups:
            create_group(CreateGroupInput)
            update_group(UpdateGroupInput)
            delete_group(DeleteGroupInput)
            list_groups(ListGroupsInput)
            list_group_members_with_search_and_sort(ListGroupMembersWithSearchAndSortInput)
            add_user_to_group(AddUserToGroupInput)
            update_role_for_group_member(UpdateRoleForGroupMemberInput)
            remove_user_from_group(RemoveUserFromGroupInput)
            leave_group(LeaveGroupInput)
            search_potential_group_members(SearchPotentialGroupMembersInput);
        applications:
            create_application(CreateApplicationInput)
            get_application_data_in_edit_mode(GetApplicationDataInEditModeInput)
            update_application(UpdateApplicationInput)
            delete_application(DeleteApplicationInput)
            get_application_data_in_view_mode(GetApplicationDataInViewModeInput)
            get_marketplace_application_data_in_view_mode(GetMarketplaceApplicationDataInViewModeInput)
            get_agency_profile_application_data_in_view_mode(GetAgencyProfileApplicationDataInViewModeInput)
            publish_application(PublishApplicationInput)
            update_application_editing_state(UpdateApplicationEditingStateInput)
            update_application_slug(UpdateApplicationSlugInput)
            list_applications(ListApplicationsInput)
            recycle_application(RecycleApplicationInput)
            restore_recycled_application(RestoreRecycledApplicationInput)
            list_recycled_applications(ListRecycledApplicationsInput)
            set_application_as_public(SetApplicationAsPublicInput)
            set_application_as_public_to_marketplace(SetApplicationAsPublicToMarketplaceInput)
            set_application_as_agency_profile(SetApplicationAsAgencyProfileInput)
            list_marketplace_applications(ListMarketplaceApplicationsInput)
            list_agency_profile_applications(ListAgencyProfileApplicationsInput)
            list_application_permissions(ListApplicationPermissionsInput)
            grant_application_permissions(GrantApplicationPermissionsInput)
            update_application_permissions(UpdateApplicationPermissionsInput)
            revoke_application_permissions(RevokeApplicationPermissionsInput)
            list_available_groups_and_members(ListAvailableGroupsAndMembersInput);
        versions:
            list_application_records_by_application_id(ListApplicationRecordsByApplicationIdInput)
            get_application_record(GetApplicationRecordInput)
            delete_application_record(DeleteApplicationRecordInput)
            create_application_snapshot(CreateApplicationSnapshotInput)
            list_application_snapshots(ListApplicationSnapshotsInput)
            list_application_snapshots_archived(ListApplicationSnapshotsArchivedInput)
            get_application_snapshot(GetApplicationSnapshotInput)
            get_application_snapshot_archived(GetApplicationSnapshotArchivedInput);
        folders:
            update_folder(UpdateFolderInput)
            create_folder(CreateFolderInput)
            delete_folder(DeleteFolderInput)
            list_folder_contents(ListFolderContentsInput)
            move_application_to_folder(MoveApplicationToFolderInput)
            list_folder_permissions(ListFolderPermissionsInput)
            grant_folder_permissions(GrantFolderPermissionsInput)
            update_folder_permissions(UpdateFolderPermissionsInput)
            revoke_folder_permissions(RevokeFolderPermissionsInput);
        datasources:
            create_datasource(CreateDatasourceInput)
            get_datasource(GetDatasourceInput)
            update_datasource(UpdateDatasourceInput)
            delete_datasource(DeleteDatasourceInput)
            list_datasources_by_org(ListDatasourcesByOrgInput)
            list_datasources_by_app(ListDatasourcesByAppInput)
            list_node_service_plugins(ListNodeServicePluginsInput)
            get_datasource_info(GetDatasourceInfoInput)
            test_datasource(TestDatasourceInput)
            list_datasource_permissions(ListDatasourcePermissionsInput)
            grant_datasource_permissions(GrantDatasourcePermissionsInput)
            update_datasource_permission(UpdateDatasourcePermissionInput)
            revoke_datasource_permission(RevokeDatasourcePermissionInput);
        library:
            create_library_query(CreateLibraryQueryInput)
            get_library_query(GetLibraryQueryInput)
            update_library_query(UpdateLibraryQueryInput)
            delete_library_query(DeleteLibraryQueryInput)
            list_library_queries_by_org(ListLibraryQueriesByOrgInput)
            list_library_queries_for_drop_down(ListLibraryQueriesForDropDownInput)
            publish_library_query(PublishLibraryQueryInput)
            list_library_query_records(ListLibraryQueryRecordsInput)
            get_library_query_record(GetLibraryQueryRecordInput)
            delete_library_query_record(DeleteLibraryQueryRecordInput);
        bundles:
            update_bundle(UpdateBundleInput)
            create_bundle(CreateBundleInput)
            delete_bundle(DeleteBundleInput)
            recycle_bundle(RecycleBundleInput)
            restore_recycled_bundle(RestoreRecycledBundleInput)
            list_bundles(ListBundlesInput)
            list_recycled_bundles(ListRecycledBundlesInput)
            get_bundle_data_in_view_mode(GetBundleDataInViewModeInput)
            get_marketplace_bundle_data_in_view_mode(GetMarketplaceBundleDataInViewModeInput)
            get_agency_profile_bundle_data_in_view_mode(GetAgencyProfileBundleDataInViewModeInput)
            publish_bundle(PublishBundleInput)
            list_bundle_contents(ListBundleContentsInput)
            add_app_to_bundle(AddAppToBundleInput)
            move_app_between_bundles(MoveAppBetweenBundlesInput)
            reorder_bundle(ReorderBundleInput)
            grant_bundle_permissions(GrantBundlePermissionsInput)
            update_bundle_permissions(UpdateBundlePermissionsInput)
            revoke_bundle_permissions(RevokeBundlePermissionsInput)
            list_marketplace_bundles(ListMarketplaceBundlesInput)
            list_agency_profile_bundles(ListAgencyProfileBundlesInput);
        materials:
            create_file_upload(CreateFileUploadInput)
            list_files(ListFilesInput)
            download_file(DownloadFileInput)
            delete_file(DeleteFileInput)
            get_asset(GetAssetInput);
        system:
            health_check(HealthCheckInput)
            get_health(GetHealthInput)
            list_configs(ListConfigsInput)
            get_deployment_id(GetDeploymentIdInput)
            get_configuration_entry(GetConfigurationEntryInput)
            create_configuration_entry(CreateConfigurationEntryInput)
            server_settings(ServerSettingsInput);
    }
}
