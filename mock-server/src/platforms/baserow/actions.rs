//! Every named action, area by area, each in one line to its area.

use serde_json::Value;

use super::records::from_id as key;
use super::rows::{self, RowStore};
use super::{
    applications, exports, fields, files, instance, invitations, jobs, records, snapshots, tables, tokens,
    trash, undo, users, views, webhooks, workspaces,
};
use crate::action::ActionContext as Context;
use crate::extension::Extension;
use crate::generated::baserow::{self as g, Actions};
use crate::outcome::Outcome;
use crate::state::State;

type Answer = Result<Value, Outcome>;

/// Baserow's named actions.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Baserow;

/// An action that answers with nothing, or with what it produced.
fn done(ended: Result<(), Outcome>) -> Answer {
    ended.map(|()| Value::Null)
}

impl Actions for Baserow {
    fn extension(&self) -> Box<dyn Extension> {
        Box::new(RowStore::default())
    }
    fn restore_extension(&self, json: &Value) -> Result<Box<dyn Extension>, Vec<String>> {
        let store = RowStore::from_json(json).map_err(|problem| vec![problem])?;
        Ok(Box::new(store))
    }
    fn seed(&self, context: &mut Context<'_>) -> Result<(), Outcome> {
        users::demo(context)
    }
    fn watches(&self) -> bool {
        true
    }
    fn after(&self, context: &mut Context<'_>, operation: &str, before: &State) -> Result<(), Outcome> {
        undo::note(context, operation, before)
    }
    fn undo(&self, context: &mut Context<'_>, input: g::UndoInput) -> Answer {
        undo::undo(context, &input.scopes)
    }
    fn redo(&self, context: &mut Context<'_>, input: g::RedoInput) -> Answer {
        undo::redo(context, &input.scopes)
    }
    fn create_user(&self, context: &mut Context<'_>, input: g::CreateUserInput) -> Answer {
        users::create_user(context, &input.into())
    }
    fn token_auth(&self, context: &mut Context<'_>, input: g::TokenAuthInput) -> Answer {
        users::token_auth(context, input.email.as_deref(), input.username.as_deref(), &input.password)
    }
    fn token_refresh(&self, context: &mut Context<'_>, input: g::TokenRefreshInput) -> Answer {
        users::token_refresh(context, input.refresh_token.as_deref(), input.token.as_deref())
    }
    fn token_verify(&self, context: &mut Context<'_>, input: g::TokenVerifyInput) -> Answer {
        users::token_verify(context, &input.refresh_token)
    }
    fn token_blacklist(&self, context: &mut Context<'_>, input: g::TokenBlacklistInput) -> Answer {
        done(users::token_blacklist(context, &input.refresh_token))
    }
    fn update_account(&self, context: &mut Context<'_>, input: g::UpdateAccountInput) -> Answer {
        users::update_account(context, &input.changes)
    }
    fn change_password(&self, context: &mut Context<'_>, input: g::ChangePasswordInput) -> Answer {
        done(users::change_password(context, &input.old_password, &input.new_password))
    }
    fn send_password_reset_email(
        &self,
        context: &mut Context<'_>,
        input: g::SendPasswordResetEmailInput,
    ) -> Answer {
        done(users::send_password_reset_email(context, &input.email, &input.base_url))
    }
    fn reset_password(&self, context: &mut Context<'_>, input: g::ResetPasswordInput) -> Answer {
        done(users::reset_password(context, &input.token, &input.password))
    }
    fn send_verify_email(&self, context: &mut Context<'_>, input: g::SendVerifyEmailInput) -> Answer {
        done(users::send_verify_email(context, &input.email))
    }
    fn verify_email(&self, context: &mut Context<'_>, input: g::VerifyEmailInput) -> Answer {
        users::verify_email(context, &input.token)
    }
    fn schedule_account_deletion(
        &self,
        context: &mut Context<'_>,
        _: g::ScheduleAccountDeletionInput,
    ) -> Answer {
        done(users::schedule_account_deletion(context))
    }

    fn create_workspace(&self, context: &mut Context<'_>, input: g::CreateWorkspaceInput) -> Answer {
        done(workspaces::create_workspace(context, Some(&input.name)))
    }
    fn create_initial_workspace(
        &self,
        context: &mut Context<'_>,
        _: g::CreateInitialWorkspaceInput,
    ) -> Answer {
        done(workspaces::create_workspace(context, None))
    }
    fn order_workspaces(&self, context: &mut Context<'_>, input: g::OrderWorkspacesInput) -> Answer {
        done(workspaces::order_workspaces(context, input.workspaces.as_array().map_or(&[], Vec::as_slice)))
    }

    fn trash_item(&self, context: &mut Context<'_>, input: g::TrashItemInput) -> Answer {
        done(trash::trash_item(context, &input.kind, key(input.id)))
    }

    fn leave_workspace(&self, context: &mut Context<'_>, input: g::LeaveWorkspaceInput) -> Answer {
        done(workspaces::leave_workspace(context, key(input.membership)))
    }
    fn workspace_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::WorkspacePermissionsInput,
    ) -> Answer {
        let workspace = records::get(context, "workspaces", key(input.workspace))?;
        workspaces::permission_objects(context, records::caller(context)?, Some(&workspace))
    }
    fn list_workspace_users(&self, context: &mut Context<'_>, input: g::ListWorkspaceUsersInput) -> Answer {
        let (search, sorts) = (input.search.as_deref(), input.sorts.as_deref());
        done(workspaces::list_workspace_users(context, key(input.workspace), search, sorts))
    }
    fn update_workspace_user(&self, context: &mut Context<'_>, input: g::UpdateWorkspaceUserInput) -> Answer {
        done(workspaces::update_workspace_user(context, key(input.member), input.permissions.as_deref()))
    }

    fn list_workspace_invitations(
        &self,
        context: &mut Context<'_>,
        input: g::ListWorkspaceInvitationsInput,
    ) -> Answer {
        let (search, sorts) = (input.search.as_deref(), input.sorts.as_deref());
        done(invitations::list_workspace_invitations(context, key(input.workspace), search, sorts))
    }
    fn create_workspace_invitation(
        &self,
        context: &mut Context<'_>,
        input: g::CreateWorkspaceInvitationInput,
    ) -> Answer {
        done(invitations::create_workspace_invitation(context, (&input).into()))
    }
    fn update_workspace_invitation(
        &self,
        context: &mut Context<'_>,
        input: g::UpdateWorkspaceInvitationInput,
    ) -> Answer {
        let permissions = input.permissions.as_deref();
        done(invitations::update_workspace_invitation(context, key(input.invitation), permissions))
    }
    fn accept_workspace_invitation(
        &self,
        context: &mut Context<'_>,
        input: g::AcceptWorkspaceInvitationInput,
    ) -> Answer {
        done(invitations::accept_workspace_invitation(context, key(input.invitation)))
    }
    fn reject_workspace_invitation(
        &self,
        context: &mut Context<'_>,
        input: g::RejectWorkspaceInvitationInput,
    ) -> Answer {
        done(invitations::reject_workspace_invitation(context, key(input.invitation)))
    }
    fn get_workspace_invitation_by_token(
        &self,
        context: &mut Context<'_>,
        input: g::GetWorkspaceInvitationByTokenInput,
    ) -> Answer {
        invitations::get_workspace_invitation_by_token(context, &input.token)
    }

    fn list_applications(&self, context: &mut Context<'_>, _: g::ListApplicationsInput) -> Answer {
        done(applications::list_applications(context))
    }
    fn create_application(&self, context: &mut Context<'_>, input: g::CreateApplicationInput) -> Answer {
        done(applications::create_application(
            context,
            &input.r#type,
            &input.name,
            input.init_with_data.unwrap_or_default(),
        ))
    }
    fn order_applications(&self, context: &mut Context<'_>, input: g::OrderApplicationsInput) -> Answer {
        done(applications::order_applications(context, &input.ids))
    }
    fn duplicate_application(&self, context: &mut Context<'_>, _: g::DuplicateApplicationInput) -> Answer {
        applications::duplicate_application(context)
    }

    fn list_token_tables(&self, context: &mut Context<'_>, _: g::ListTokenTablesInput) -> Answer {
        done(tables::list_token_tables(context))
    }
    fn create_table(&self, context: &mut Context<'_>, input: g::CreateTableInput) -> Answer {
        let header = input.first_row_header.unwrap_or_default();
        done(tables::create_table(context, &input.name, &input.data, header))
    }

    fn may_start_job(&self, context: &mut Context<'_>, input: g::MayStartJobInput) -> Answer {
        done(jobs::may_start(context, &input.kind))
    }

    fn create_table_async(&self, context: &mut Context<'_>, input: g::CreateTableAsyncInput) -> Answer {
        let header = input.first_row_header.unwrap_or_default();
        tables::create_table_async(context, &input.name, &input.data, header)
    }
    fn order_tables(&self, context: &mut Context<'_>, input: g::OrderTablesInput) -> Answer {
        done(tables::order_tables(context, &input.ids))
    }
    fn duplicate_table(&self, context: &mut Context<'_>, _: g::DuplicateTableInput) -> Answer {
        tables::duplicate_table(context)
    }
    fn import_table(&self, context: &mut Context<'_>, input: g::ImportTableInput) -> Answer {
        tables::import_table(context, &input.data, &input.configuration)
    }

    fn list_fields(&self, context: &mut Context<'_>, _: g::ListFieldsInput) -> Answer {
        fields::list_fields(context)
    }
    fn create_field(&self, context: &mut Context<'_>, input: g::CreateFieldInput) -> Answer {
        fields::create_field(context, &input.body)
    }
    fn change_primary_field(&self, context: &mut Context<'_>, input: g::ChangePrimaryFieldInput) -> Answer {
        fields::change_primary_field(context, input.field)
    }
    fn get_field(&self, context: &mut Context<'_>, _: g::GetFieldInput) -> Answer {
        fields::get_field(context)
    }
    fn fields_after_delete(&self, context: &mut Context<'_>, _: g::FieldsAfterDeleteInput) -> Answer {
        fields::fields_after_delete(context)
    }
    fn update_field(&self, context: &mut Context<'_>, input: g::UpdateFieldInput) -> Answer {
        fields::update_field(context, &input.body)
    }
    fn duplicate_field(&self, context: &mut Context<'_>, input: g::DuplicateFieldInput) -> Answer {
        fields::duplicate_field(context, input.duplicate_data.unwrap_or_default())
    }
    fn unique_row_values(&self, context: &mut Context<'_>, input: g::UniqueRowValuesInput) -> Answer {
        fields::unique_row_values(context, input.limit, input.split.as_deref())
    }
    fn type_formula(&self, context: &mut Context<'_>, input: g::TypeFormulaInput) -> Answer {
        fields::type_formula(context, &input.formula, &input.name)
    }

    fn allow_rows(&self, context: &mut Context<'_>, input: g::AllowRowsInput) -> Answer {
        done(rows::allow_rows(context, &input.operation))
    }
    fn list_rows(&self, context: &mut Context<'_>, _: g::ListRowsInput) -> Answer {
        rows::list_rows(context)
    }
    fn create_row(&self, context: &mut Context<'_>, _: g::CreateRowInput) -> Answer {
        rows::create_row(context)
    }
    fn get_row(&self, context: &mut Context<'_>, _: g::GetRowInput) -> Answer {
        rows::get_row(context)
    }
    fn update_row(&self, context: &mut Context<'_>, _: g::UpdateRowInput) -> Answer {
        rows::update_row(context)
    }
    fn delete_row(&self, context: &mut Context<'_>, _: g::DeleteRowInput) -> Answer {
        done(rows::delete_row(context))
    }
    fn move_row(&self, context: &mut Context<'_>, _: g::MoveRowInput) -> Answer {
        rows::move_row(context)
    }
    fn batch_create_rows(&self, context: &mut Context<'_>, _: g::BatchCreateRowsInput) -> Answer {
        rows::batch_create_rows(context)
    }
    fn batch_update_rows(&self, context: &mut Context<'_>, _: g::BatchUpdateRowsInput) -> Answer {
        rows::batch_update_rows(context)
    }
    fn batch_delete_rows(&self, context: &mut Context<'_>, _: g::BatchDeleteRowsInput) -> Answer {
        done(rows::batch_delete_rows(context))
    }
    fn row_names(&self, context: &mut Context<'_>, _: g::RowNamesInput) -> Answer {
        rows::row_names(context)
    }
    fn check_adjacent_query(&self, context: &mut Context<'_>, _: g::CheckAdjacentQueryInput) -> Answer {
        done(rows::check_adjacent_query(context))
    }
    fn adjacent_row(&self, context: &mut Context<'_>, _: g::AdjacentRowInput) -> Answer {
        rows::adjacent_row(context)
    }
    fn row_history(&self, context: &mut Context<'_>, _: g::RowHistoryInput) -> Answer {
        rows::row_history(context)
    }

    fn list_views(&self, context: &mut Context<'_>, input: g::ListViewsInput) -> Answer {
        views::list_views(context, input.r#type.as_deref(), input.include.as_deref(), input.limit)
    }
    fn create_view(&self, context: &mut Context<'_>, input: g::CreateViewInput) -> Answer {
        views::create_view(context, &input.body)
    }
    fn order_views(&self, context: &mut Context<'_>, input: g::OrderViewsInput) -> Answer {
        done(views::order_views(context, &input.ids))
    }
    fn get_view(&self, context: &mut Context<'_>, input: g::GetViewInput) -> Answer {
        views::get_view(context, input.include.as_deref())
    }
    fn update_view(&self, context: &mut Context<'_>, input: g::UpdateViewInput) -> Answer {
        views::update_view(context, &input.body, input.include.as_deref())
    }
    fn duplicate_view(&self, context: &mut Context<'_>, _: g::DuplicateViewInput) -> Answer {
        views::duplicate_view(context)
    }
    fn rotate_slug(&self, context: &mut Context<'_>, _: g::RotateSlugInput) -> Answer {
        views::rotate_slug(context)
    }
    fn get_field_options(&self, context: &mut Context<'_>, _: g::GetFieldOptionsInput) -> Answer {
        views::get_field_options(context)
    }
    fn update_field_options(&self, context: &mut Context<'_>, input: g::UpdateFieldOptionsInput) -> Answer {
        views::update_field_options(context, &input.options)
    }
    fn create_view_filter(&self, context: &mut Context<'_>, input: g::CreateViewFilterInput) -> Answer {
        done(views::create_view_filter(context, &input.body))
    }
    fn update_view_filter(&self, context: &mut Context<'_>, input: g::UpdateViewFilterInput) -> Answer {
        done(views::update_view_filter(context, &input.body))
    }
    fn create_view_filter_group(
        &self,
        context: &mut Context<'_>,
        input: g::CreateViewFilterGroupInput,
    ) -> Answer {
        done(views::create_view_filter_group(context, &input.body))
    }
    fn create_view_sort(&self, context: &mut Context<'_>, input: g::CreateViewSortInput) -> Answer {
        done(views::create_view_sort(context, &input.body))
    }
    fn update_view_sort(&self, context: &mut Context<'_>, input: g::UpdateViewSortInput) -> Answer {
        done(views::update_view_sort(context, &input.body))
    }
    fn create_view_group_by(&self, context: &mut Context<'_>, input: g::CreateViewGroupByInput) -> Answer {
        done(views::create_view_group_by(context, &input.body))
    }
    fn update_view_group_by(&self, context: &mut Context<'_>, input: g::UpdateViewGroupByInput) -> Answer {
        done(views::update_view_group_by(context, &input.body))
    }
    fn create_view_decoration(
        &self,
        context: &mut Context<'_>,
        input: g::CreateViewDecorationInput,
    ) -> Answer {
        done(views::create_view_decoration(context, &input.body))
    }
    fn update_view_decoration(
        &self,
        context: &mut Context<'_>,
        input: g::UpdateViewDecorationInput,
    ) -> Answer {
        done(views::update_view_decoration(context, &input.body))
    }
    fn list_grid_rows(&self, context: &mut Context<'_>, _: g::ListGridRowsInput) -> Answer {
        views::list_grid_rows(context)
    }
    fn some_grid_rows(&self, context: &mut Context<'_>, input: g::SomeGridRowsInput) -> Answer {
        views::some_grid_rows(context, &input.rows, &input.fields)
    }
    fn list_public_grid_rows(&self, context: &mut Context<'_>, _: g::ListPublicGridRowsInput) -> Answer {
        views::list_public_grid_rows(context)
    }
    fn public_view_info(&self, context: &mut Context<'_>, _: g::PublicViewInfoInput) -> Answer {
        views::public_view_info(context)
    }

    fn public_view_auth(&self, context: &mut Context<'_>, input: g::PublicViewAuthInput) -> Answer {
        views::public_view_auth(context, &input.password)
    }
    fn public_form(&self, context: &mut Context<'_>, _: g::PublicFormInput) -> Answer {
        views::public_form(context)
    }
    fn submit_form(&self, context: &mut Context<'_>, _: g::SubmitFormInput) -> Answer {
        views::submit_form(context)
    }
    fn upload_form_file(&self, context: &mut Context<'_>, _: g::UploadFormFileInput) -> Answer {
        views::upload_form_file(context)
    }

    fn create_database_token(&self, context: &mut Context<'_>, input: g::CreateDatabaseTokenInput) -> Answer {
        done(tokens::create_database_token(context, &input.name, key(input.workspace)))
    }
    fn check_token_permissions(
        &self,
        context: &mut Context<'_>,
        input: g::CheckTokenPermissionsInput,
    ) -> Answer {
        done(tokens::check_token_permissions(context, &input.permissions))
    }
    fn update_database_token(&self, context: &mut Context<'_>, input: g::UpdateDatabaseTokenInput) -> Answer {
        let rotate_key = input.rotate_key.unwrap_or_default();
        let name = input.name.as_deref();
        done(tokens::update_database_token(context, key(input.token), name, &input.permissions, rotate_key))
    }

    fn trash_structure(&self, context: &mut Context<'_>, _: g::TrashStructureInput) -> Answer {
        trash::trash_structure(context)
    }
    fn list_trash(&self, context: &mut Context<'_>, input: g::ListTrashInput) -> Answer {
        trash::list_trash(context, key(input.workspace), input.application.map(key))
    }
    fn empty_trash(&self, context: &mut Context<'_>, input: g::EmptyTrashInput) -> Answer {
        done(trash::empty_trash(context, key(input.workspace), input.application.map(key)))
    }
    fn restore_item(&self, context: &mut Context<'_>, input: g::RestoreItemInput) -> Answer {
        done(trash::restore_item(context, &input.kind, key(input.item), input.parent.map(key)))
    }

    fn list_jobs(&self, context: &mut Context<'_>, input: g::ListJobsInput) -> Answer {
        jobs::list_jobs(context, input.states.as_deref(), input.ids.as_deref())
    }
    fn create_job(&self, context: &mut Context<'_>, input: g::CreateJobInput) -> Answer {
        jobs::create_job(context, &input.request)
    }
    fn read_job(&self, context: &mut Context<'_>, input: g::ReadJobInput) -> Answer {
        jobs::read_job(context, key(input.job))
    }
    fn cancel_job(&self, context: &mut Context<'_>, input: g::CancelJobInput) -> Answer {
        jobs::cancel_job(context, key(input.job))
    }

    fn upload_file(&self, context: &mut Context<'_>, _: g::UploadFileInput) -> Answer {
        files::upload_file(context)
    }
    fn upload_via_url(&self, context: &mut Context<'_>, input: g::UploadViaUrlInput) -> Answer {
        files::upload_via_url(context, &input.url)
    }

    fn export_table(&self, context: &mut Context<'_>, input: g::ExportTableInput) -> Answer {
        exports::export_table(context, key(input.table), input.view.map(key), &input.request)
    }
    fn read_export(&self, context: &mut Context<'_>, input: g::ReadExportInput) -> Answer {
        exports::read_export(context, key(input.export))
    }

    fn list_snapshots(&self, context: &mut Context<'_>, input: g::ListSnapshotsInput) -> Answer {
        snapshots::list_snapshots(context, key(input.application))
    }
    fn create_snapshot(&self, context: &mut Context<'_>, input: g::CreateSnapshotInput) -> Answer {
        snapshots::create_snapshot(context, key(input.application), &input.name)
    }
    fn restore_snapshot(&self, context: &mut Context<'_>, input: g::RestoreSnapshotInput) -> Answer {
        snapshots::restore_snapshot(context, key(input.snapshot))
    }
    fn delete_snapshot(&self, context: &mut Context<'_>, input: g::DeleteSnapshotInput) -> Answer {
        done(snapshots::delete_snapshot(context, key(input.snapshot)))
    }

    fn create_webhook(&self, context: &mut Context<'_>, input: g::CreateWebhookInput) -> Answer {
        done(webhooks::create_webhook(context, key(input.table), &input.request))
    }
    fn test_webhook(&self, context: &mut Context<'_>, input: g::TestWebhookInput) -> Answer {
        webhooks::test_webhook(context, key(input.table), &input.request)
    }
    fn update_webhook(&self, context: &mut Context<'_>, input: g::UpdateWebhookInput) -> Answer {
        done(webhooks::update_webhook(context, key(input.webhook), &input.request))
    }
    fn list_templates(&self, _: &mut Context<'_>, _: g::ListTemplatesInput) -> Answer {
        Ok(Value::Array(Vec::new()))
    }
    fn admin_list_users(&self, context: &mut Context<'_>, input: g::AdminListUsersInput) -> Answer {
        instance::admin_list_users(context, (&input).into())
    }
    fn admin_create_user(&self, context: &mut Context<'_>, input: g::AdminCreateUserInput) -> Answer {
        instance::admin_create_user(context, &input.account)
    }
    fn admin_edit_user(&self, context: &mut Context<'_>, input: g::AdminEditUserInput) -> Answer {
        instance::admin_edit_user(context, key(input.user), &input.changes)
    }
    fn list_workspace_notifications(
        &self,
        context: &mut Context<'_>,
        input: g::ListWorkspaceNotificationsInput,
    ) -> Answer {
        instance::list_workspace_notifications(context, key(input.workspace))
    }
    fn mark_all_notifications_as_read(
        &self,
        context: &mut Context<'_>,
        input: g::MarkAllNotificationsAsReadInput,
    ) -> Answer {
        done(instance::mark_all_notifications_as_read(context, key(input.workspace)))
    }
    fn mark_notification_as_read(
        &self,
        context: &mut Context<'_>,
        input: g::MarkNotificationAsReadInput,
    ) -> Answer {
        let (workspace, notification) = (key(input.workspace), key(input.notification));
        instance::mark_notification_as_read(context, workspace, notification, input.read)
    }
    fn download_export(&self, context: &mut Context<'_>, input: g::DownloadExportInput) -> Answer {
        exports::download(context, &input.name)
    }
}
