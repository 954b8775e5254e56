//! `empty_trash`, and what is too old: it is gone for good, with everything in it.

use serde_json::Value;

use super::contents::entries;
use super::entry::is_old;
use super::item::{linking_to, option};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{key, number, numbers, text};
use crate::platforms::baserow::rows;
use crate::platforms::baserow::snapshots;
use crate::state::Record;

/// Empties the trash of a workspace, or of one of its applications.
///
/// # Errors
/// As [`list_trash`](super::list_trash) when there is nothing any more that could be emptied.
pub(in crate::platforms::baserow) fn empty_trash(
    context: &mut ActionContext<'_>,
    workspace: u64,
    application: Option<u64>,
) -> Result<(), Outcome> {
    for entry in entries(context, workspace, application)? {
        forget(context, &entry)?;
    }
    Ok(())
}

/// Removes what has been in the trash for as long as the trash keeps things.
pub(super) fn forget_old(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    // Entries come in the order in which they were made: what follows the first young one is younger.
    let all = context.all("trash", &[])?;
    let old: Vec<Record> = all.into_iter().take_while(|entry| is_old(context, entry)).collect();
    old.iter().try_for_each(|entry| forget(context, entry))
}

/// Removes an entry and what it stands for, unless that has gone with something else already.
fn forget(context: &mut ActionContext<'_>, entry: &Record) -> Result<(), Outcome> {
    let item = number(entry, "trash_item_id");
    match text(entry, "trash_item_type") {
        "field" => {
            let counterparts = entry.get("related").and_then(|related| related.get("fields"));
            for field in numbers(counterparts).into_iter().chain([item]) {
                forget_field(context, field)?;
            }
        }
        kind @ ("row" | "rows") => {
            let gone = numbers(entry.get("related").and_then(|related| related.get("rows")));
            rows::forget(context, number(entry, "parent_trash_item_id"), &gone)?;
            if kind == "rows" {
                remove(context, "trashed_rows", &[item])?;
            }
        }
        kind => forget_item(context, kind, item)?,
    }
    remove(context, "trash", &[key(entry)])
}

/// Removes something for good, with everything in it, whether it is in the trash or not.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn forget_item(
    context: &mut ActionContext<'_>,
    kind: &str,
    item: u64,
) -> Result<(), Outcome> {
    match kind {
        "workspace" => {
            for application in context.all("applications", &[("workspace", &item.into())])? {
                forget_item(context, "application", key(&application))?;
            }
            remove(context, "workspaces", &[item])?;
        }
        "application" => {
            snapshots::forget_of(context, item)?;
            forget_tables(context, item)?;
            remove(context, "applications", &[item])?;
        }
        "table" => forget_table(context, item)?,
        "field" => forget_field(context, item)?,
        "view" => remove(context, "views", &[item])?,
        _ => return Err(Outcome::new("internal", format!("nothing of the kind `{kind}` can be removed"))),
    }
    Ok(())
}

/// The tables of a database that goes.
fn forget_tables(context: &mut ActionContext<'_>, application: u64) -> Result<(), Outcome> {
    for table in context.all("tables", &[("database", &application.into())])? {
        forget_table(context, key(&table))?;
    }
    Ok(())
}

/// A table goes with its rows, and with the fields of other tables that link to it.
fn forget_table(context: &mut ActionContext<'_>, table: u64) -> Result<(), Outcome> {
    for field in linking_to(context, table)? {
        if number(&field, "table") != table {
            forget_field(context, key(&field))?;
        }
    }
    rows::forget_table(context, table)?;
    remove(context, "tables", &[table])
}

fn forget_field(context: &mut ActionContext<'_>, field: u64) -> Result<(), Outcome> {
    if let Some(field) = context.get("fields", &field.into())? {
        rows::forget_field(context, &field)?;
        // A field that shows the same links and stays has no counterpart any more.
        if let Some(other) = option(&field, "link_row_related_field_id")
            && let Some(other) = context.get("fields", &other.into())?
        {
            let none = serde_json::json!({ "options": { "link_row_related_field_id": Value::Null } });
            context.update(&other, none)?;
        }
        context.delete(&[field])?;
    }
    Ok(())
}

/// Removes records that may be gone already.
fn remove(context: &mut ActionContext<'_>, collection: &str, ids: &[u64]) -> Result<(), Outcome> {
    for id in ids {
        if let Some(record) = context.get(collection, &(*id).into())? {
            context.delete(&[record])?;
        }
    }
    Ok(())
}
