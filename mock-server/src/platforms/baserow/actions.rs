//! Every named action, area by area, each in one line to its area.

use serde_json::Value;

use super::instance::{self, Wanted};
use super::invitations::{self, Invitation};
use super::users::{self, Registration};
use super::{records, tokens, trash, workspaces};
use crate::action::ActionContext;
use crate::generated::baserow::{
    AcceptWorkspaceInvitationInput, Actions, AdminCreateUserInput, AdminEditUserInput, AdminListUsersInput,
    CancelJobInput, ChangePasswordInput, ChangePrimaryFieldInput, CheckTokenPermissionsInput,
    CreateApplicationInput, CreateDatabaseTokenInput, CreateFieldInput, CreateInitialWorkspaceInput,
    CreateJobInput, CreateSnapshotInput, CreateTableAsyncInput, CreateTableInput, CreateUserInput,
    CreateViewDecorationInput, CreateViewFilterGroupInput, CreateViewFilterInput, CreateViewGroupByInput,
    CreateViewInput, CreateViewSortInput, CreateWebhookInput, CreateWorkspaceInput,
    CreateWorkspaceInvitationInput, DeleteSnapshotInput, DownloadExportInput, DuplicateApplicationInput,
    DuplicateFieldInput, DuplicateTableInput, DuplicateViewInput, EmptyTrashInput, ExportTableInput,
    FieldsAfterDeleteInput, GetFieldInput, GetFieldOptionsInput, GetViewInput,
    GetWorkspaceInvitationByTokenInput, ImportTableInput, LeaveWorkspaceInput, ListApplicationsInput,
    ListFieldsInput, ListGridRowsInput, ListJobsInput, ListPublicGridRowsInput, ListSnapshotsInput,
    ListTemplatesInput, ListTokenTablesInput, ListTrashInput, ListViewsInput, ListWorkspaceInvitationsInput,
    ListWorkspaceNotificationsInput, ListWorkspaceUsersInput, MarkAllNotificationsAsReadInput,
    MarkNotificationAsReadInput, OrderApplicationsInput, OrderTablesInput, OrderViewsInput,
    OrderWorkspacesInput, PublicViewInfoInput, ReadExportInput, ReadJobInput, RejectWorkspaceInvitationInput,
    ResetPasswordInput, RestoreItemInput, RestoreSnapshotInput, RotateSlugInput,
    ScheduleAccountDeletionInput, SendPasswordResetEmailInput, SendVerifyEmailInput, SomeGridRowsInput,
    TestWebhookInput, TokenAuthInput, TokenBlacklistInput, TokenRefreshInput, TokenVerifyInput,
    TrashItemInput, TrashStructureInput, TypeFormulaInput, UniqueRowValuesInput, UpdateAccountInput,
    UpdateDatabaseTokenInput, UpdateFieldInput, UpdateFieldOptionsInput, UpdateViewDecorationInput,
    UpdateViewFilterInput, UpdateViewGroupByInput, UpdateViewInput, UpdateViewSortInput, UpdateWebhookInput,
    UpdateWorkspaceInvitationInput, UpdateWorkspaceUserInput, UploadFileInput, UploadViaUrlInput,
    VerifyEmailInput, WorkspacePermissionsInput,
};
use crate::outcome::Outcome;

/// Baserow's named actions.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Baserow;

/// An action that answers with nothing, or with what it produced.
fn done(ended: Result<(), Outcome>) -> Result<Value, Outcome> {
    ended.map(|()| Value::Null)
}

/// A record's key as collections have it; no record has 0.
fn key(id: i64) -> u64 {
    u64::try_from(id).unwrap_or_default()
}

fn unserved(action: &str) -> Outcome {
    Outcome::new("internal", format!("`{action}` is not served yet"))
}

impl Actions for Baserow {
    fn seed(&self, context: &mut ActionContext<'_>) -> Result<(), Outcome> {
        users::demo(context)
    }

    fn create_user(&self, context: &mut ActionContext<'_>, input: CreateUserInput) -> Result<Value, Outcome> {
        let registration = Registration {
            name: input.name,
            email: input.email,
            password: input.password,
            language: input.language,
            authenticate: input.authenticate.unwrap_or_default(),
            invitation_token: input.workspace_invitation_token,
            template: input.template_id,
        };
        users::create_user(context, &registration)
    }

    fn token_auth(&self, context: &mut ActionContext<'_>, input: TokenAuthInput) -> Result<Value, Outcome> {
        users::token_auth(context, input.email.as_deref(), input.username.as_deref(), &input.password)
    }

    fn token_refresh(
        &self,
        context: &mut ActionContext<'_>,
        input: TokenRefreshInput,
    ) -> Result<Value, Outcome> {
        users::token_refresh(context, input.refresh_token.as_deref(), input.token.as_deref())
    }

    fn token_verify(
        &self,
        context: &mut ActionContext<'_>,
        input: TokenVerifyInput,
    ) -> Result<Value, Outcome> {
        users::token_verify(context, &input.refresh_token)
    }

    fn token_blacklist(
        &self,
        context: &mut ActionContext<'_>,
        input: TokenBlacklistInput,
    ) -> Result<Value, Outcome> {
        done(users::token_blacklist(context, &input.refresh_token))
    }

    fn update_account(
        &self,
        context: &mut ActionContext<'_>,
        input: UpdateAccountInput,
    ) -> Result<Value, Outcome> {
        users::update_account(context, &input.changes)
    }

    fn change_password(
        &self,
        context: &mut ActionContext<'_>,
        input: ChangePasswordInput,
    ) -> Result<Value, Outcome> {
        done(users::change_password(context, &input.old_password, &input.new_password))
    }

    fn send_password_reset_email(
        &self,
        context: &mut ActionContext<'_>,
        input: SendPasswordResetEmailInput,
    ) -> Result<Value, Outcome> {
        done(users::send_password_reset_email(context, &input.email, &input.base_url))
    }

    fn reset_password(
        &self,
        context: &mut ActionContext<'_>,
        input: ResetPasswordInput,
    ) -> Result<Value, Outcome> {
        done(users::reset_password(context, &input.token, &input.password))
    }

    fn send_verify_email(
        &self,
        context: &mut ActionContext<'_>,
        input: SendVerifyEmailInput,
    ) -> Result<Value, Outcome> {
        done(users::send_verify_email(context, &input.email))
    }

    fn verify_email(
        &self,
        context: &mut ActionContext<'_>,
        input: VerifyEmailInput,
    ) -> Result<Value, Outcome> {
        users::verify_email(context, &input.token)
    }

    fn schedule_account_deletion(
        &self,
        context: &mut ActionContext<'_>,
        _: ScheduleAccountDeletionInput,
    ) -> Result<Value, Outcome> {
        done(users::schedule_account_deletion(context))
    }

    fn create_workspace(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateWorkspaceInput,
    ) -> Result<Value, Outcome> {
        done(workspaces::create_workspace(context, Some(&input.name)))
    }

    fn create_initial_workspace(
        &self,
        context: &mut ActionContext<'_>,
        _: CreateInitialWorkspaceInput,
    ) -> Result<Value, Outcome> {
        done(workspaces::create_workspace(context, None))
    }

    fn order_workspaces(
        &self,
        context: &mut ActionContext<'_>,
        input: OrderWorkspacesInput,
    ) -> Result<Value, Outcome> {
        done(workspaces::order_workspaces(context, input.workspaces.as_array().map_or(&[], Vec::as_slice)))
    }

    fn trash_item(&self, context: &mut ActionContext<'_>, input: TrashItemInput) -> Result<Value, Outcome> {
        done(trash::trash_item(context, &input.kind, key(input.id)))
    }

    fn leave_workspace(
        &self,
        context: &mut ActionContext<'_>,
        input: LeaveWorkspaceInput,
    ) -> Result<Value, Outcome> {
        done(workspaces::leave_workspace(context, key(input.membership)))
    }

    fn workspace_permissions(
        &self,
        context: &mut ActionContext<'_>,
        input: WorkspacePermissionsInput,
    ) -> Result<Value, Outcome> {
        let workspace = records::get(context, "workspaces", key(input.workspace))?;
        workspaces::permission_objects(context, records::caller(context)?, Some(&workspace))
    }

    fn list_workspace_users(
        &self,
        context: &mut ActionContext<'_>,
        input: ListWorkspaceUsersInput,
    ) -> Result<Value, Outcome> {
        let (search, sorts) = (input.search.as_deref(), input.sorts.as_deref());
        done(workspaces::list_workspace_users(context, key(input.workspace), search, sorts))
    }

    fn update_workspace_user(
        &self,
        context: &mut ActionContext<'_>,
        input: UpdateWorkspaceUserInput,
    ) -> Result<Value, Outcome> {
        done(workspaces::update_workspace_user(context, key(input.member), input.permissions.as_deref()))
    }

    fn list_workspace_invitations(
        &self,
        context: &mut ActionContext<'_>,
        input: ListWorkspaceInvitationsInput,
    ) -> Result<Value, Outcome> {
        let (search, sorts) = (input.search.as_deref(), input.sorts.as_deref());
        done(invitations::list_workspace_invitations(context, key(input.workspace), search, sorts))
    }

    fn create_workspace_invitation(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateWorkspaceInvitationInput,
    ) -> Result<Value, Outcome> {
        let asked = Invitation {
            workspace: key(input.workspace),
            email: &input.email,
            permissions: input.permissions.as_deref(),
            message: input.message.as_deref(),
            base_url: &input.base_url,
        };
        done(invitations::create_workspace_invitation(context, asked))
    }

    fn update_workspace_invitation(
        &self,
        context: &mut ActionContext<'_>,
        input: UpdateWorkspaceInvitationInput,
    ) -> Result<Value, Outcome> {
        let permissions = input.permissions.as_deref();
        done(invitations::update_workspace_invitation(context, key(input.invitation), permissions))
    }

    fn accept_workspace_invitation(
        &self,
        context: &mut ActionContext<'_>,
        input: AcceptWorkspaceInvitationInput,
    ) -> Result<Value, Outcome> {
        done(invitations::accept_workspace_invitation(context, key(input.invitation)))
    }

    fn reject_workspace_invitation(
        &self,
        context: &mut ActionContext<'_>,
        input: RejectWorkspaceInvitationInput,
    ) -> Result<Value, Outcome> {
        done(invitations::reject_workspace_invitation(context, key(input.invitation)))
    }

    fn get_workspace_invitation_by_token(
        &self,
        context: &mut ActionContext<'_>,
        input: GetWorkspaceInvitationByTokenInput,
    ) -> Result<Value, Outcome> {
        invitations::get_workspace_invitation_by_token(context, &input.token)
    }

    fn list_applications(
        &self,
        _: &mut ActionContext<'_>,
        _: ListApplicationsInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("list_applications"))
    }

    fn create_application(
        &self,
        _: &mut ActionContext<'_>,
        _: CreateApplicationInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("create_application"))
    }

    fn order_applications(
        &self,
        _: &mut ActionContext<'_>,
        _: OrderApplicationsInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("order_applications"))
    }

    fn duplicate_application(
        &self,
        _: &mut ActionContext<'_>,
        _: DuplicateApplicationInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("duplicate_application"))
    }

    fn list_token_tables(
        &self,
        _: &mut ActionContext<'_>,
        _: ListTokenTablesInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("list_token_tables"))
    }

    fn create_table(&self, _: &mut ActionContext<'_>, _: CreateTableInput) -> Result<Value, Outcome> {
        Err(unserved("create_table"))
    }

    fn create_table_async(
        &self,
        _: &mut ActionContext<'_>,
        _: CreateTableAsyncInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("create_table_async"))
    }

    fn order_tables(&self, _: &mut ActionContext<'_>, _: OrderTablesInput) -> Result<Value, Outcome> {
        Err(unserved("order_tables"))
    }

    fn duplicate_table(&self, _: &mut ActionContext<'_>, _: DuplicateTableInput) -> Result<Value, Outcome> {
        Err(unserved("duplicate_table"))
    }

    fn import_table(&self, _: &mut ActionContext<'_>, _: ImportTableInput) -> Result<Value, Outcome> {
        Err(unserved("import_table"))
    }

    fn list_fields(&self, _: &mut ActionContext<'_>, _: ListFieldsInput) -> Result<Value, Outcome> {
        Err(unserved("list_fields"))
    }

    fn create_field(&self, _: &mut ActionContext<'_>, _: CreateFieldInput) -> Result<Value, Outcome> {
        Err(unserved("create_field"))
    }

    fn change_primary_field(
        &self,
        _: &mut ActionContext<'_>,
        _: ChangePrimaryFieldInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("change_primary_field"))
    }

    fn get_field(&self, _: &mut ActionContext<'_>, _: GetFieldInput) -> Result<Value, Outcome> {
        Err(unserved("get_field"))
    }

    fn fields_after_delete(
        &self,
        _: &mut ActionContext<'_>,
        _: FieldsAfterDeleteInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("fields_after_delete"))
    }

    fn update_field(&self, _: &mut ActionContext<'_>, _: UpdateFieldInput) -> Result<Value, Outcome> {
        Err(unserved("update_field"))
    }

    fn duplicate_field(&self, _: &mut ActionContext<'_>, _: DuplicateFieldInput) -> Result<Value, Outcome> {
        Err(unserved("duplicate_field"))
    }

    fn unique_row_values(
        &self,
        _: &mut ActionContext<'_>,
        _: UniqueRowValuesInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("unique_row_values"))
    }

    fn type_formula(&self, _: &mut ActionContext<'_>, _: TypeFormulaInput) -> Result<Value, Outcome> {
        Err(unserved("type_formula"))
    }

    fn list_views(&self, _: &mut ActionContext<'_>, _: ListViewsInput) -> Result<Value, Outcome> {
        Err(unserved("list_views"))
    }

    fn create_view(&self, _: &mut ActionContext<'_>, _: CreateViewInput) -> Result<Value, Outcome> {
        Err(unserved("create_view"))
    }

    fn order_views(&self, _: &mut ActionContext<'_>, _: OrderViewsInput) -> Result<Value, Outcome> {
        Err(unserved("order_views"))
    }

    fn get_view(&self, _: &mut ActionContext<'_>, _: GetViewInput) -> Result<Value, Outcome> {
        Err(unserved("get_view"))
    }

    fn update_view(&self, _: &mut ActionContext<'_>, _: UpdateViewInput) -> Result<Value, Outcome> {
        Err(unserved("update_view"))
    }

    fn duplicate_view(&self, _: &mut ActionContext<'_>, _: DuplicateViewInput) -> Result<Value, Outcome> {
        Err(unserved("duplicate_view"))
    }

    fn rotate_slug(&self, _: &mut ActionContext<'_>, _: RotateSlugInput) -> Result<Value, Outcome> {
        Err(unserved("rotate_slug"))
    }

    fn get_field_options(
        &self,
        _: &mut ActionContext<'_>,
        _: GetFieldOptionsInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("get_field_options"))
    }

    fn update_field_options(
        &self,
        _: &mut ActionContext<'_>,
        _: UpdateFieldOptionsInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("update_field_options"))
    }

    fn create_view_filter(
        &self,
        _: &mut ActionContext<'_>,
        _: CreateViewFilterInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("create_view_filter"))
    }

    fn update_view_filter(
        &self,
        _: &mut ActionContext<'_>,
        _: UpdateViewFilterInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("update_view_filter"))
    }

    fn create_view_filter_group(
        &self,
        _: &mut ActionContext<'_>,
        _: CreateViewFilterGroupInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("create_view_filter_group"))
    }

    fn create_view_sort(&self, _: &mut ActionContext<'_>, _: CreateViewSortInput) -> Result<Value, Outcome> {
        Err(unserved("create_view_sort"))
    }

    fn update_view_sort(&self, _: &mut ActionContext<'_>, _: UpdateViewSortInput) -> Result<Value, Outcome> {
        Err(unserved("update_view_sort"))
    }

    fn create_view_group_by(
        &self,
        _: &mut ActionContext<'_>,
        _: CreateViewGroupByInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("create_view_group_by"))
    }

    fn update_view_group_by(
        &self,
        _: &mut ActionContext<'_>,
        _: UpdateViewGroupByInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("update_view_group_by"))
    }

    fn create_view_decoration(
        &self,
        _: &mut ActionContext<'_>,
        _: CreateViewDecorationInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("create_view_decoration"))
    }

    fn update_view_decoration(
        &self,
        _: &mut ActionContext<'_>,
        _: UpdateViewDecorationInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("update_view_decoration"))
    }

    fn list_grid_rows(&self, _: &mut ActionContext<'_>, _: ListGridRowsInput) -> Result<Value, Outcome> {
        Err(unserved("list_grid_rows"))
    }

    fn some_grid_rows(&self, _: &mut ActionContext<'_>, _: SomeGridRowsInput) -> Result<Value, Outcome> {
        Err(unserved("some_grid_rows"))
    }

    fn list_public_grid_rows(
        &self,
        _: &mut ActionContext<'_>,
        _: ListPublicGridRowsInput,
    ) -> Result<Value, Outcome> {
        Err(unserved("list_public_grid_rows"))
    }

    fn public_view_info(&self, _: &mut ActionContext<'_>, _: PublicViewInfoInput) -> Result<Value, Outcome> {
        Err(unserved("public_view_info"))
    }

    fn create_database_token(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateDatabaseTokenInput,
    ) -> Result<Value, Outcome> {
        done(tokens::create_database_token(context, &input.name, key(input.workspace)))
    }

    fn check_token_permissions(
        &self,
        context: &mut ActionContext<'_>,
        input: CheckTokenPermissionsInput,
    ) -> Result<Value, Outcome> {
        done(tokens::check_token_permissions(context, &input.permissions))
    }

    fn update_database_token(
        &self,
        context: &mut ActionContext<'_>,
        input: UpdateDatabaseTokenInput,
    ) -> Result<Value, Outcome> {
        let rotate_key = input.rotate_key.unwrap_or_default();
        let name = input.name.as_deref();
        done(tokens::update_database_token(context, key(input.token), name, &input.permissions, rotate_key))
    }

    fn trash_structure(&self, _: &mut ActionContext<'_>, _: TrashStructureInput) -> Result<Value, Outcome> {
        Err(unserved("trash_structure"))
    }

    fn list_trash(&self, _: &mut ActionContext<'_>, _: ListTrashInput) -> Result<Value, Outcome> {
        Err(unserved("list_trash"))
    }

    fn empty_trash(&self, _: &mut ActionContext<'_>, _: EmptyTrashInput) -> Result<Value, Outcome> {
        Err(unserved("empty_trash"))
    }

    fn restore_item(&self, _: &mut ActionContext<'_>, _: RestoreItemInput) -> Result<Value, Outcome> {
        Err(unserved("restore_item"))
    }

    fn list_jobs(&self, _: &mut ActionContext<'_>, _: ListJobsInput) -> Result<Value, Outcome> {
        Err(unserved("list_jobs"))
    }

    fn create_job(&self, _: &mut ActionContext<'_>, _: CreateJobInput) -> Result<Value, Outcome> {
        Err(unserved("create_job"))
    }

    fn read_job(&self, _: &mut ActionContext<'_>, _: ReadJobInput) -> Result<Value, Outcome> {
        Err(unserved("read_job"))
    }

    fn cancel_job(&self, _: &mut ActionContext<'_>, _: CancelJobInput) -> Result<Value, Outcome> {
        Err(unserved("cancel_job"))
    }

    fn upload_file(&self, _: &mut ActionContext<'_>, _: UploadFileInput) -> Result<Value, Outcome> {
        Err(unserved("upload_file"))
    }

    fn upload_via_url(&self, _: &mut ActionContext<'_>, _: UploadViaUrlInput) -> Result<Value, Outcome> {
        Err(unserved("upload_via_url"))
    }

    fn export_table(&self, _: &mut ActionContext<'_>, _: ExportTableInput) -> Result<Value, Outcome> {
        Err(unserved("export_table"))
    }

    fn read_export(&self, _: &mut ActionContext<'_>, _: ReadExportInput) -> Result<Value, Outcome> {
        Err(unserved("read_export"))
    }

    fn list_snapshots(&self, _: &mut ActionContext<'_>, _: ListSnapshotsInput) -> Result<Value, Outcome> {
        Err(unserved("list_snapshots"))
    }

    fn create_snapshot(&self, _: &mut ActionContext<'_>, _: CreateSnapshotInput) -> Result<Value, Outcome> {
        Err(unserved("create_snapshot"))
    }

    fn restore_snapshot(&self, _: &mut ActionContext<'_>, _: RestoreSnapshotInput) -> Result<Value, Outcome> {
        Err(unserved("restore_snapshot"))
    }

    fn delete_snapshot(&self, _: &mut ActionContext<'_>, _: DeleteSnapshotInput) -> Result<Value, Outcome> {
        Err(unserved("delete_snapshot"))
    }

    fn create_webhook(&self, _: &mut ActionContext<'_>, _: CreateWebhookInput) -> Result<Value, Outcome> {
        Err(unserved("create_webhook"))
    }

    fn test_webhook(&self, _: &mut ActionContext<'_>, _: TestWebhookInput) -> Result<Value, Outcome> {
        Err(unserved("test_webhook"))
    }

    fn update_webhook(&self, _: &mut ActionContext<'_>, _: UpdateWebhookInput) -> Result<Value, Outcome> {
        Err(unserved("update_webhook"))
    }

    fn list_templates(&self, _: &mut ActionContext<'_>, _: ListTemplatesInput) -> Result<Value, Outcome> {
        Ok(Value::Array(Vec::new()))
    }

    fn admin_list_users(
        &self,
        context: &mut ActionContext<'_>,
        input: AdminListUsersInput,
    ) -> Result<Value, Outcome> {
        let wanted = Wanted {
            search: input.search.as_deref(),
            sorts: input.sorts.as_deref(),
            page: input.page.as_deref(),
            size: input.size.as_deref(),
        };
        instance::admin_list_users(context, wanted)
    }

    fn admin_create_user(
        &self,
        context: &mut ActionContext<'_>,
        input: AdminCreateUserInput,
    ) -> Result<Value, Outcome> {
        instance::admin_create_user(context, &input.account)
    }

    fn admin_edit_user(
        &self,
        context: &mut ActionContext<'_>,
        input: AdminEditUserInput,
    ) -> Result<Value, Outcome> {
        instance::admin_edit_user(context, key(input.user), &input.changes)
    }

    fn list_workspace_notifications(
        &self,
        context: &mut ActionContext<'_>,
        input: ListWorkspaceNotificationsInput,
    ) -> Result<Value, Outcome> {
        let (limit, offset) = (input.limit.as_deref(), input.offset.as_deref());
        instance::list_workspace_notifications(context, key(input.workspace), limit, offset)
    }

    fn mark_all_notifications_as_read(
        &self,
        context: &mut ActionContext<'_>,
        input: MarkAllNotificationsAsReadInput,
    ) -> Result<Value, Outcome> {
        done(instance::mark_all_notifications_as_read(context, key(input.workspace)))
    }

    fn mark_notification_as_read(
        &self,
        context: &mut ActionContext<'_>,
        input: MarkNotificationAsReadInput,
    ) -> Result<Value, Outcome> {
        let (workspace, notification) = (key(input.workspace), key(input.notification));
        instance::mark_notification_as_read(context, workspace, notification, input.read)
    }

    fn download_export(&self, _: &mut ActionContext<'_>, _: DownloadExportInput) -> Result<Value, Outcome> {
        Err(unserved("download_export"))
    }
}
