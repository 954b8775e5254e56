//! What a user may do, told rule by rule as the product's frontend reads it (facts: baserow 1.35).

use serde_json::{Value, json};

use super::super::records::{flag, instance, text};
use super::members::membership;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

const ADMIN_ONLY: [&str; 10] = [
    "workspace.list_invitations",
    "workspace.create_invitation",
    "invitation.read",
    "invitation.update",
    "invitation.delete",
    "workspace.list_workspace_users",
    "workspace.update",
    "workspace.delete",
    "workspace_user.update",
    "workspace_user.delete",
];
const ON_TEMPLATES: [&str; 6] = [
    "workspace.read",
    "workspace.list_applications",
    "application.list_integrations",
    "application.list_user_sources",
    "application.user_source.login",
    "database.table.field_rules.read_field_rules",
];

/// Whether a user may create workspaces.
pub(in super::super) fn may_create(context: &ActionContext<'_>, user: &Record) -> Result<bool, Outcome> {
    Ok(flag(user, "is_staff") || flag(&instance(context)?, "allow_global_workspace_creation"))
}

/// The rules that apply to a user, in a workspace or outside of any.
pub(in super::super) fn permission_objects(
    context: &ActionContext<'_>,
    user: &Record,
    workspace: Option<&Record>,
) -> Result<Value, Outcome> {
    let free = flag(&instance(context)?, "allow_global_workspace_creation");
    let create = json!(["create_workspace"]);
    let (staff, always) = if free { (json!([]), create) } else { (create, json!([])) };
    let place = match workspace {
        Some(workspace) => membership(context, workspace, user)?,
        None => None,
    };
    let last = match place {
        Some(place) => json!({
            "name": "basic",
            "permissions": {
                "admin_only_operations": ADMIN_ONLY, "is_admin": text(&place, "permissions").contains("ADMIN"),
            },
        }),
        None => json!({ "name": "member", "permissions": false }),
    };
    Ok(json!([
        { "name": "core", "permissions": ["list_workspaces"] },
        {
            "name": "setting_operation",
            "permissions": { "staff_only_operations": staff, "always_allowed_operations": always },
        },
        {
            "name": "staff",
            "permissions": { "staff_only_operations": ["settings.update"], "is_staff": flag(user, "is_staff") },
        },
        {
            "name": "allow_if_template",
            "permissions": { "allowed_operations_on_templates": ON_TEMPLATES, "workspace_template_ids": [] },
        },
        last,
    ]))
}
