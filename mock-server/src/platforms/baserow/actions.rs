//! Every named action, area by area, each in one line to its area.

use serde_json::Value;

use super::instance::{self, Wanted};
use super::invitations::{self, Invitation};
use super::rows::{self, RowStore};
use super::users::{self, Registration};
use super::{
    applications, exports, fields, files, jobs, records, snapshots, tables, tokens, trash, views, webhooks,
    workspaces,
};
use crate::action::ActionContext;
use crate::extension::Extension;
use crate::generated::baserow::{
    AcceptWorkspaceInvitationInput, Actions, AdjacentRowInput, AdminCreateUserInput, AdminEditUserInput,
    AdminListUsersInput, AllowRowsInput, BatchCreateRowsInput, BatchDeleteRowsInput, BatchUpdateRowsInput,
    CancelJobInput, ChangePasswordInput, ChangePrimaryFieldInput, CheckTokenPermissionsInput,
    CreateApplicationInput, CreateDatabaseTokenInput, CreateFieldInput, CreateInitialWorkspaceInput,
    CreateJobInput, CreateRowInput, CreateSnapshotInput, CreateTableAsyncInput, CreateTableInput,
    CreateUserInput, CreateViewDecorationInput, CreateViewFilterGroupInput, CreateViewFilterInput,
    CreateViewGroupByInput, CreateViewInput, CreateViewSortInput, CreateWebhookInput, CreateWorkspaceInput,
    CreateWorkspaceInvitationInput, DeleteRowInput, DeleteSnapshotInput, DownloadExportInput,
    DuplicateApplicationInput, DuplicateFieldInput, DuplicateTableInput, DuplicateViewInput, EmptyTrashInput,
    ExportTableInput, FieldsAfterDeleteInput, GetFieldInput, GetFieldOptionsInput, GetRowInput, GetViewInput,
    GetWorkspaceInvitationByTokenInput, ImportTableInput, LeaveWorkspaceInput, ListApplicationsInput,
    ListFieldsInput, ListGridRowsInput, ListJobsInput, ListPublicGridRowsInput, ListRowsInput,
    ListSnapshotsInput, ListTemplatesInput, ListTokenTablesInput, ListTrashInput, ListViewsInput,
    ListWorkspaceInvitationsInput, ListWorkspaceNotificationsInput, ListWorkspaceUsersInput,
    MarkAllNotificationsAsReadInput, MarkNotificationAsReadInput, MoveRowInput, OrderApplicationsInput,
    OrderTablesInput, OrderViewsInput, OrderWorkspacesInput, PublicViewInfoInput, ReadExportInput,
    ReadJobInput, RejectWorkspaceInvitationInput, ResetPasswordInput, RestoreItemInput, RestoreSnapshotInput,
    RotateSlugInput, RowHistoryInput, RowNamesInput, ScheduleAccountDeletionInput,
    SendPasswordResetEmailInput, SendVerifyEmailInput, SomeGridRowsInput, TestWebhookInput, TokenAuthInput,
    TokenBlacklistInput, TokenRefreshInput, TokenVerifyInput, TrashItemInput, TrashStructureInput,
    TypeFormulaInput, UniqueRowValuesInput, UpdateAccountInput, UpdateDatabaseTokenInput, UpdateFieldInput,
    UpdateFieldOptionsInput, UpdateRowInput, UpdateViewDecorationInput, UpdateViewFilterInput,
    UpdateViewGroupByInput, UpdateViewInput, UpdateViewSortInput, UpdateWebhookInput,
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

impl Actions for Baserow {
    fn extension(&self) -> Box<dyn Extension> {
        Box::new(RowStore::default())
    }

    fn restore_extension(&self, json: &Value) -> Result<Box<dyn Extension>, Vec<String>> {
        match RowStore::from_json(json) {
            Ok(store) => Ok(Box::new(store)),
            Err(problem) => Err(vec![problem]),
        }
    }

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
        context: &mut ActionContext<'_>,
        _: ListApplicationsInput,
    ) -> Result<Value, Outcome> {
        done(applications::list_applications(context))
    }

    fn create_application(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateApplicationInput,
    ) -> Result<Value, Outcome> {
        done(applications::create_application(
            context,
            &input.r#type,
            &input.name,
            input.init_with_data.unwrap_or_default(),
        ))
    }

    fn order_applications(
        &self,
        context: &mut ActionContext<'_>,
        input: OrderApplicationsInput,
    ) -> Result<Value, Outcome> {
        done(applications::order_applications(context, &input.ids))
    }

    fn duplicate_application(
        &self,
        context: &mut ActionContext<'_>,
        _: DuplicateApplicationInput,
    ) -> Result<Value, Outcome> {
        applications::duplicate_application(context)
    }

    fn list_token_tables(
        &self,
        context: &mut ActionContext<'_>,
        _: ListTokenTablesInput,
    ) -> Result<Value, Outcome> {
        done(tables::list_token_tables(context))
    }

    fn create_table(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateTableInput,
    ) -> Result<Value, Outcome> {
        let header = input.first_row_header.unwrap_or_default();
        done(tables::create_table(context, &input.name, &input.data, header))
    }

    fn create_table_async(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateTableAsyncInput,
    ) -> Result<Value, Outcome> {
        let header = input.first_row_header.unwrap_or_default();
        tables::create_table_async(context, &input.name, &input.data, header)
    }

    fn order_tables(
        &self,
        context: &mut ActionContext<'_>,
        input: OrderTablesInput,
    ) -> Result<Value, Outcome> {
        done(tables::order_tables(context, &input.ids))
    }

    fn duplicate_table(
        &self,
        context: &mut ActionContext<'_>,
        _: DuplicateTableInput,
    ) -> Result<Value, Outcome> {
        tables::duplicate_table(context)
    }

    fn import_table(
        &self,
        context: &mut ActionContext<'_>,
        input: ImportTableInput,
    ) -> Result<Value, Outcome> {
        tables::import_table(context, &input.data, &input.configuration)
    }

    fn list_fields(&self, context: &mut ActionContext<'_>, _: ListFieldsInput) -> Result<Value, Outcome> {
        fields::list_fields(context)
    }

    fn create_field(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateFieldInput,
    ) -> Result<Value, Outcome> {
        fields::create_field(context, &input.body)
    }

    fn change_primary_field(
        &self,
        context: &mut ActionContext<'_>,
        input: ChangePrimaryFieldInput,
    ) -> Result<Value, Outcome> {
        fields::change_primary_field(context, input.field)
    }

    fn get_field(&self, context: &mut ActionContext<'_>, _: GetFieldInput) -> Result<Value, Outcome> {
        fields::get_field(context)
    }

    fn fields_after_delete(
        &self,
        context: &mut ActionContext<'_>,
        _: FieldsAfterDeleteInput,
    ) -> Result<Value, Outcome> {
        fields::fields_after_delete(context)
    }

    fn update_field(
        &self,
        context: &mut ActionContext<'_>,
        input: UpdateFieldInput,
    ) -> Result<Value, Outcome> {
        fields::update_field(context, &input.body)
    }

    fn duplicate_field(
        &self,
        context: &mut ActionContext<'_>,
        input: DuplicateFieldInput,
    ) -> Result<Value, Outcome> {
        fields::duplicate_field(context, input.duplicate_data.unwrap_or_default())
    }

    fn unique_row_values(
        &self,
        context: &mut ActionContext<'_>,
        input: UniqueRowValuesInput,
    ) -> Result<Value, Outcome> {
        fields::unique_row_values(context, input.limit, input.split.as_deref())
    }

    fn type_formula(
        &self,
        context: &mut ActionContext<'_>,
        input: TypeFormulaInput,
    ) -> Result<Value, Outcome> {
        fields::type_formula(context, &input.formula, &input.name)
    }

    fn allow_rows(&self, context: &mut ActionContext<'_>, input: AllowRowsInput) -> Result<Value, Outcome> {
        done(rows::allow_rows(context, &input.operation))
    }

    fn list_rows(&self, context: &mut ActionContext<'_>, _: ListRowsInput) -> Result<Value, Outcome> {
        rows::list_rows(context)
    }

    fn create_row(&self, context: &mut ActionContext<'_>, _: CreateRowInput) -> Result<Value, Outcome> {
        rows::create_row(context)
    }

    fn get_row(&self, context: &mut ActionContext<'_>, _: GetRowInput) -> Result<Value, Outcome> {
        rows::get_row(context)
    }

    fn update_row(&self, context: &mut ActionContext<'_>, _: UpdateRowInput) -> Result<Value, Outcome> {
        rows::update_row(context)
    }

    fn delete_row(&self, context: &mut ActionContext<'_>, _: DeleteRowInput) -> Result<Value, Outcome> {
        done(rows::delete_row(context))
    }

    fn move_row(&self, context: &mut ActionContext<'_>, _: MoveRowInput) -> Result<Value, Outcome> {
        rows::move_row(context)
    }

    fn batch_create_rows(
        &self,
        context: &mut ActionContext<'_>,
        _: BatchCreateRowsInput,
    ) -> Result<Value, Outcome> {
        rows::batch_create_rows(context)
    }

    fn batch_update_rows(
        &self,
        context: &mut ActionContext<'_>,
        _: BatchUpdateRowsInput,
    ) -> Result<Value, Outcome> {
        rows::batch_update_rows(context)
    }

    fn batch_delete_rows(
        &self,
        context: &mut ActionContext<'_>,
        _: BatchDeleteRowsInput,
    ) -> Result<Value, Outcome> {
        done(rows::batch_delete_rows(context))
    }

    fn row_names(&self, context: &mut ActionContext<'_>, _: RowNamesInput) -> Result<Value, Outcome> {
        rows::row_names(context)
    }

    fn adjacent_row(&self, context: &mut ActionContext<'_>, _: AdjacentRowInput) -> Result<Value, Outcome> {
        rows::adjacent_row(context)
    }

    fn row_history(&self, context: &mut ActionContext<'_>, _: RowHistoryInput) -> Result<Value, Outcome> {
        rows::row_history(context)
    }

    fn list_views(&self, context: &mut ActionContext<'_>, input: ListViewsInput) -> Result<Value, Outcome> {
        views::list_views(context, input.r#type.as_deref(), input.include.as_deref(), input.limit)
    }

    fn create_view(&self, context: &mut ActionContext<'_>, input: CreateViewInput) -> Result<Value, Outcome> {
        views::create_view(context, &input.body)
    }

    fn order_views(&self, context: &mut ActionContext<'_>, input: OrderViewsInput) -> Result<Value, Outcome> {
        done(views::order_views(context, &input.ids))
    }

    fn get_view(&self, context: &mut ActionContext<'_>, input: GetViewInput) -> Result<Value, Outcome> {
        views::get_view(context, input.include.as_deref())
    }

    fn update_view(&self, context: &mut ActionContext<'_>, input: UpdateViewInput) -> Result<Value, Outcome> {
        views::update_view(context, &input.body, input.include.as_deref())
    }

    fn duplicate_view(
        &self,
        context: &mut ActionContext<'_>,
        _: DuplicateViewInput,
    ) -> Result<Value, Outcome> {
        views::duplicate_view(context)
    }

    fn rotate_slug(&self, context: &mut ActionContext<'_>, _: RotateSlugInput) -> Result<Value, Outcome> {
        views::rotate_slug(context)
    }

    fn get_field_options(
        &self,
        context: &mut ActionContext<'_>,
        _: GetFieldOptionsInput,
    ) -> Result<Value, Outcome> {
        views::get_field_options(context)
    }

    fn update_field_options(
        &self,
        context: &mut ActionContext<'_>,
        input: UpdateFieldOptionsInput,
    ) -> Result<Value, Outcome> {
        views::update_field_options(context, &input.options)
    }

    fn create_view_filter(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateViewFilterInput,
    ) -> Result<Value, Outcome> {
        done(views::create_view_filter(context, &input.body))
    }

    fn update_view_filter(
        &self,
        context: &mut ActionContext<'_>,
        input: UpdateViewFilterInput,
    ) -> Result<Value, Outcome> {
        done(views::update_view_filter(context, &input.body))
    }

    fn create_view_filter_group(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateViewFilterGroupInput,
    ) -> Result<Value, Outcome> {
        done(views::create_view_filter_group(context, &input.body))
    }

    fn create_view_sort(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateViewSortInput,
    ) -> Result<Value, Outcome> {
        done(views::create_view_sort(context, &input.body))
    }

    fn update_view_sort(
        &self,
        context: &mut ActionContext<'_>,
        input: UpdateViewSortInput,
    ) -> Result<Value, Outcome> {
        done(views::update_view_sort(context, &input.body))
    }

    fn create_view_group_by(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateViewGroupByInput,
    ) -> Result<Value, Outcome> {
        done(views::create_view_group_by(context, &input.body))
    }

    fn update_view_group_by(
        &self,
        context: &mut ActionContext<'_>,
        input: UpdateViewGroupByInput,
    ) -> Result<Value, Outcome> {
        done(views::update_view_group_by(context, &input.body))
    }

    fn create_view_decoration(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateViewDecorationInput,
    ) -> Result<Value, Outcome> {
        done(views::create_view_decoration(context, &input.body))
    }

    fn update_view_decoration(
        &self,
        context: &mut ActionContext<'_>,
        input: UpdateViewDecorationInput,
    ) -> Result<Value, Outcome> {
        done(views::update_view_decoration(context, &input.body))
    }

    fn list_grid_rows(
        &self,
        context: &mut ActionContext<'_>,
        _: ListGridRowsInput,
    ) -> Result<Value, Outcome> {
        views::list_grid_rows(context)
    }

    fn some_grid_rows(
        &self,
        context: &mut ActionContext<'_>,
        input: SomeGridRowsInput,
    ) -> Result<Value, Outcome> {
        views::some_grid_rows(context, &input.rows, &input.fields)
    }

    fn list_public_grid_rows(
        &self,
        context: &mut ActionContext<'_>,
        _: ListPublicGridRowsInput,
    ) -> Result<Value, Outcome> {
        views::list_public_grid_rows(context)
    }

    fn public_view_info(
        &self,
        context: &mut ActionContext<'_>,
        _: PublicViewInfoInput,
    ) -> Result<Value, Outcome> {
        views::public_view_info(context)
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

    fn trash_structure(
        &self,
        context: &mut ActionContext<'_>,
        _: TrashStructureInput,
    ) -> Result<Value, Outcome> {
        trash::trash_structure(context)
    }

    fn list_trash(&self, context: &mut ActionContext<'_>, input: ListTrashInput) -> Result<Value, Outcome> {
        trash::list_trash(context, key(input.workspace), input.application.map(key))
    }

    fn empty_trash(&self, context: &mut ActionContext<'_>, input: EmptyTrashInput) -> Result<Value, Outcome> {
        done(trash::empty_trash(context, key(input.workspace), input.application.map(key)))
    }

    fn restore_item(
        &self,
        context: &mut ActionContext<'_>,
        input: RestoreItemInput,
    ) -> Result<Value, Outcome> {
        done(trash::restore_item(context, &input.kind, key(input.item), input.parent.map(key)))
    }

    fn list_jobs(&self, context: &mut ActionContext<'_>, input: ListJobsInput) -> Result<Value, Outcome> {
        jobs::list_jobs(context, input.states.as_deref(), input.ids.as_deref())
    }

    fn create_job(&self, context: &mut ActionContext<'_>, input: CreateJobInput) -> Result<Value, Outcome> {
        jobs::create_job(context, &input.request)
    }

    fn read_job(&self, context: &mut ActionContext<'_>, input: ReadJobInput) -> Result<Value, Outcome> {
        jobs::read_job(context, key(input.job))
    }

    fn cancel_job(&self, context: &mut ActionContext<'_>, input: CancelJobInput) -> Result<Value, Outcome> {
        jobs::cancel_job(context, key(input.job))
    }

    fn upload_file(&self, context: &mut ActionContext<'_>, _: UploadFileInput) -> Result<Value, Outcome> {
        files::upload_file(context)
    }

    fn upload_via_url(
        &self,
        context: &mut ActionContext<'_>,
        input: UploadViaUrlInput,
    ) -> Result<Value, Outcome> {
        files::upload_via_url(context, &input.url)
    }

    fn export_table(
        &self,
        context: &mut ActionContext<'_>,
        input: ExportTableInput,
    ) -> Result<Value, Outcome> {
        exports::export_table(context, key(input.table), input.view.map(key), &input.request)
    }

    fn read_export(&self, context: &mut ActionContext<'_>, input: ReadExportInput) -> Result<Value, Outcome> {
        exports::read_export(context, key(input.export))
    }

    fn list_snapshots(
        &self,
        context: &mut ActionContext<'_>,
        input: ListSnapshotsInput,
    ) -> Result<Value, Outcome> {
        snapshots::list_snapshots(context, key(input.application))
    }

    fn create_snapshot(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateSnapshotInput,
    ) -> Result<Value, Outcome> {
        snapshots::create_snapshot(context, key(input.application), &input.name)
    }

    fn restore_snapshot(
        &self,
        context: &mut ActionContext<'_>,
        input: RestoreSnapshotInput,
    ) -> Result<Value, Outcome> {
        snapshots::restore_snapshot(context, key(input.snapshot))
    }

    fn delete_snapshot(
        &self,
        context: &mut ActionContext<'_>,
        input: DeleteSnapshotInput,
    ) -> Result<Value, Outcome> {
        done(snapshots::delete_snapshot(context, key(input.snapshot)))
    }

    fn create_webhook(
        &self,
        context: &mut ActionContext<'_>,
        input: CreateWebhookInput,
    ) -> Result<Value, Outcome> {
        let webhook = webhooks::create_webhook(context, key(input.table), &input.request)?;
        context.produce(webhook);
        Ok(Value::Null)
    }

    fn test_webhook(
        &self,
        context: &mut ActionContext<'_>,
        input: TestWebhookInput,
    ) -> Result<Value, Outcome> {
        webhooks::test_webhook(context, key(input.table), &input.request)
    }

    fn update_webhook(
        &self,
        context: &mut ActionContext<'_>,
        input: UpdateWebhookInput,
    ) -> Result<Value, Outcome> {
        let webhook = webhooks::update_webhook(context, key(input.webhook), &input.request)?;
        context.produce(webhook);
        Ok(Value::Null)
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

    fn download_export(
        &self,
        context: &mut ActionContext<'_>,
        input: DownloadExportInput,
    ) -> Result<Value, Outcome> {
        exports::download(context, &input.name)
    }
}
