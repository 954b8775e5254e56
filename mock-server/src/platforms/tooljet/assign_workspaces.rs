//! `assign_workspaces`: a place in each of the listed workspaces, with role, status and custom groups.

use serde_json::{Map, Value, json};

use super::groups::{self, printed};
use super::reading::{elements, id, member, text};
use crate::action::ActionContext;
use crate::generated::tooljet::AssignWorkspacesInput;
use crate::outcome::Outcome;
use crate::state::Record;

pub(super) fn assign_workspaces(
    context: &mut ActionContext<'_>,
    input: &AssignWorkspacesInput,
) -> Result<(), Outcome> {
    for entry in elements(&input.workspaces) {
        let workspace = workspace(context, entry)?;
        if input.user_status.as_deref() == Some("archived") && member(entry, "status") == Some("active") {
            return Err(Outcome::new("user-archived", "the user is archived"));
        }
        let membership = place(context, input, &workspace, entry)?;
        for reference in entry.get("groups").map_or(&[][..], elements) {
            let group = groups::custom(context, &membership, reference)?;
            groups::join(context, &membership, &group)?;
        }
    }
    Ok(())
}

/// The workspace that a `{id?, name?}` names.
fn workspace(context: &ActionContext<'_>, entry: &Value) -> Result<Record, Outcome> {
    let (key, name) = (member(entry, "id"), member(entry, "name"));
    let found = match (key, name) {
        (Some(key), _) => context.get("workspaces", &key.into())?,
        (None, Some(name)) => context.find("workspaces", &[("name", &name.into())])?,
        (None, None) => None,
    };
    found.ok_or_else(|| {
        let sentence =
            format!("The workspaces id or name do not exist: id {}, name {}", printed(key), printed(name));
        Outcome::new("unknown-workspace", sentence)
    })
}

/// The user's membership of the workspace: a new one, or the one that an earlier entry of the list made.
fn place(
    context: &mut ActionContext<'_>,
    input: &AssignWorkspacesInput,
    workspace: &Record,
    entry: &Value,
) -> Result<Record, Outcome> {
    let (user, workspace) = (Value::from(input.user.as_str()), id(workspace));
    let (role, status) = (member(entry, "role"), member(entry, "status"));
    if let Some(membership) = context.find("memberships", &[("user", &user), ("workspace", &workspace)])? {
        return change(context, &membership, &workspace, role, status);
    }
    let role = groups::role(context, &workspace, role.unwrap_or(groups::END_USER))?;
    let status = status.unwrap_or(&input.default_status);
    let fields = json!({ "user": user, "workspace": workspace, "role": id(&role), "status": status });
    let membership = context.insert("memberships", fields)?;
    groups::join(context, &membership, &role)?;
    Ok(membership)
}

/// The same workspace once more: what the later entry says counts, what it leaves out stays.
fn change(
    context: &mut ActionContext<'_>,
    membership: &Record,
    workspace: &Value,
    role: Option<&str>,
    status: Option<&str>,
) -> Result<Record, Outcome> {
    let mut changes = Map::new();
    if let Some(status) = status {
        changes.insert("status".to_owned(), status.into());
    }
    let mut membership = context.update(membership, Value::Object(changes))?;
    if let Some(role) = role {
        let role = groups::role(context, workspace, role)?;
        membership = groups::set_role(context, &membership, &role)?;
        // What the earlier entry gave must suit the role that the later one gives.
        for (_, group) in groups::custom_rows(context, &membership)? {
            groups::custom(context, &membership, &json!({ "id": text(&group, "id") }))?;
        }
    }
    Ok(membership)
}
