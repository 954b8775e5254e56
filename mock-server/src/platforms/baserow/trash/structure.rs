//! `trash_structure`: where the caller can have trash.

use serde_json::{Value, json};

use super::entry::is_shown;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{caller, flag, key, number, text};
use crate::state::Record;

/// The caller's workspaces with their applications, those that are in the trash among them.
///
/// # Errors
/// `unauthenticated` when nobody is signed in.
pub(in crate::platforms::baserow) fn trash_structure(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    let mut memberships = context.all("workspace_users", &[("user", &key(caller(context)?).into())])?;
    memberships.sort_by_key(|one| (number(one, "order"), key(one)));
    let mut workspaces = Vec::new();
    for membership in &memberships {
        let Some(workspace) = context.referred(membership, "workspace") else { continue };
        if is_shown(context, "workspace", &workspace)? {
            workspaces.push(json!({
                "id": key(&workspace), "trashed": flag(&workspace, "trashed"), "name": text(&workspace, "name"),
                "applications": applications(context, &workspace)?,
            }));
        }
    }
    Ok(json!({ "workspaces": workspaces }))
}

/// Not those that only a snapshot has: they are trashed without an entry that could bring them back.
fn applications(context: &ActionContext<'_>, workspace: &Record) -> Result<Vec<Value>, Outcome> {
    let mut all = context.all("applications", &[("workspace", &key(workspace).into())])?;
    all.sort_by_key(|one| (number(one, "order"), key(one)));
    let mut shown = Vec::new();
    for one in &all {
        if is_shown(context, "application", one)? {
            let (name, kind) = (text(one, "name"), text(one, "type"));
            shown
                .push(json!({ "id": key(one), "name": name, "trashed": flag(one, "trashed"), "type": kind }));
        }
    }
    Ok(shown)
}
