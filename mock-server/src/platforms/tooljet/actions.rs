//! Every action in its own file.

use serde_json::Value;

use super::{
    archive_memberships, assign_workspaces, change_role, export_app, import_app, replace_custom_groups,
};
use crate::action::ActionContext;
use crate::generated::tooljet::{
    Actions, ArchiveMembershipsInput, AssignWorkspacesInput, ChangeRoleInput, ExportAppInput, ImportAppInput,
    ReplaceCustomGroupsInput,
};
use crate::outcome::Outcome;

/// ToolJet's named actions.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tooljet;

impl Actions for Tooljet {
    fn assign_workspaces(
        &self,
        context: &mut ActionContext<'_>,
        input: AssignWorkspacesInput,
    ) -> Result<Value, Outcome> {
        assign_workspaces::assign_workspaces(context, &input).map(|()| Value::Null)
    }

    fn archive_memberships(
        &self,
        context: &mut ActionContext<'_>,
        input: ArchiveMembershipsInput,
    ) -> Result<Value, Outcome> {
        archive_memberships::archive_memberships(context, input).map(|()| Value::Null)
    }

    fn change_role(&self, context: &mut ActionContext<'_>, input: ChangeRoleInput) -> Result<Value, Outcome> {
        change_role::change_role(context, input).map(|()| Value::Null)
    }

    fn replace_custom_groups(
        &self,
        context: &mut ActionContext<'_>,
        input: ReplaceCustomGroupsInput,
    ) -> Result<Value, Outcome> {
        replace_custom_groups::replace_custom_groups(context, input).map(|()| Value::Null)
    }

    fn export_app(&self, context: &mut ActionContext<'_>, input: ExportAppInput) -> Result<Value, Outcome> {
        export_app::export_app(context, input)
    }

    fn import_app(&self, context: &mut ActionContext<'_>, input: ImportAppInput) -> Result<Value, Outcome> {
        let app = import_app::import_app(context, input)?;
        context.produce(app);
        Ok(Value::Null)
    }
}
