//! `change_role`: another role in one workspace, which keeps an admin and apps of builders only.

use serde_json::Value;

use super::groups::{self, ADMIN, END_USER};
use super::reading::{get, id, text, value};
use crate::action::ActionContext;
use crate::generated::tooljet::ChangeRoleInput;
use crate::outcome::Outcome;
use crate::state::Record;

pub(super) fn change_role(context: &mut ActionContext<'_>, input: ChangeRoleInput) -> Result<(), Outcome> {
    let membership = get(context, "memberships", input.membership)?;
    let workspace = value(&membership, "workspace");
    let current = context.referred(&membership, "role");
    let next = groups::role(context, &workspace, &input.role)?;
    let Some(current) = current.filter(|current| id(current) != id(&next)) else {
        return Ok(());
    };
    if text(&current, "name") == ADMIN {
        keep_an_admin(context, &membership, &current)?;
    }
    if input.role == END_USER {
        keep_apps_owned(context, &membership)?;
    }
    let membership = groups::set_role(context, &membership, &next)?;
    if input.role == END_USER {
        leave_builders_groups(context, &membership)?;
    }
    Ok(())
}

/// A workspace keeps at least one admin who can act.
fn keep_an_admin(context: &ActionContext<'_>, leaving: &Record, admin: &Record) -> Result<(), Outcome> {
    let admins = context.all("memberships", &[("role", &id(admin))])?;
    let others = || admins.iter().filter(|other| id(other) != id(leaving));
    // Whoever cannot act does not take the last acting admin away.
    if !can_act(context, leaving) || others().any(|other| can_act(context, other)) {
        return Ok(());
    }
    Err(Outcome::new("last-admin", "the workspace has no other active admin"))
}

/// Whether both the place and the person are active.
pub(super) fn can_act(context: &ActionContext<'_>, membership: &Record) -> bool {
    text(membership, "status") == "active"
        && context.referred(membership, "user").is_some_and(|user| text(&user, "status") == "active")
}

/// An end-user cannot own apps.
fn keep_apps_owned(context: &ActionContext<'_>, membership: &Record) -> Result<(), Outcome> {
    let workspace = value(membership, "workspace");
    let user = get(context, "users", value(membership, "user"))?;
    let owned = context.all("apps", &[("userId", &id(&user)), ("organizationId", &workspace)])?;
    if owned.is_empty() {
        return Ok(());
    }
    let names: Vec<Value> = owned.iter().map(|app| text(app, "name").into()).collect();
    let sentence =
        format!("{} owns apps in this workspace and cannot become an end-user", text(&user, "email"));
    Err(Outcome::new("owns-apps", sentence).data(names))
}

fn leave_builders_groups(context: &mut ActionContext<'_>, membership: &Record) -> Result<(), Outcome> {
    let rows = groups::custom_rows(context, membership)?;
    let leaving = rows.into_iter().filter(|(_, group)| groups::is_builder_level(group));
    let leaving: Vec<_> = leaving.map(|(row, _)| row).collect();
    context.delete(&leaving)
}
