//! `list_trash`: what is in a workspace's trash, newest first.

use serde_json::{Value, json};

use super::entry::{is_old, is_shown};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::page::Asked;
use crate::platforms::baserow::records::{get, key, text};
use crate::state::Record;

/// The largest page (facts: baserow 2.6).
const LARGEST: usize = 200;

/// A page of the entries of a workspace, or of one of its applications.
///
/// # Errors
/// `ERROR_GROUP_DOES_NOT_EXIST` and `ERROR_APPLICATION_DOES_NOT_EXIST` when the trash has forgotten them, `ERROR_PAGE_SIZE_LIMIT`.
pub(in crate::platforms::baserow) fn list_trash(
    context: &ActionContext<'_>,
    workspace: u64,
    application: Option<u64>,
) -> Result<Value, Outcome> {
    let mut entries = entries(context, workspace, application)?;
    entries.sort_by(|left, right| {
        (text(right, "trashed_at"), key(right)).cmp(&(text(left, "trashed_at"), key(left)))
    });
    let page = Asked::read(context, Some(LARGEST))?.numbered(|| entries.len());
    let results = page.cut(&entries).iter().map(|entry| represent(context, entry)).collect();
    Ok(page.envelope(context, entries.len(), results))
}

/// What is in the trash of a workspace, or of one of its applications, and not too old.
pub(super) fn entries(
    context: &ActionContext<'_>,
    workspace: u64,
    application: Option<u64>,
) -> Result<Vec<Record>, Outcome> {
    let gone = |name: &'static str, id: u64| Outcome::new(name, format!("{id} has left the trash for good"));
    if !is_shown(context, "workspace", &get(context, "workspaces", workspace)?)? {
        return Err(gone("ERROR_GROUP_DOES_NOT_EXIST", workspace));
    }
    let mut found = match application {
        None => context.all("trash", &[("workspace", &workspace.into())])?,
        Some(application) => {
            if !is_shown(context, "application", &get(context, "applications", application)?)? {
                return Err(gone("ERROR_APPLICATION_DOES_NOT_EXIST", application));
            }
            context.all("trash", &[("application", &application.into()), ("workspace", &workspace.into())])?
        }
    };
    found.retain(|entry| !is_old(context, entry));
    Ok(found)
}

fn represent(context: &ActionContext<'_>, entry: &Record) -> Value {
    let user = context.referred(entry, "user");
    let mut shown =
        json!({ "id": key(entry), "user_who_trashed": user.map(|user| text(&user, "name").to_owned()) });
    for name in [
        "trash_item_type",
        "trash_item_id",
        "parent_trash_item_id",
        "trashed_at",
        "application",
        "workspace",
        "name",
        "names",
        "parent_name",
    ] {
        shown[name] = entry.get(name).cloned().unwrap_or_default();
    }
    shown
}
