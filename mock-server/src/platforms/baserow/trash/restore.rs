//! `restore_item`: something comes back, with what went with it.

use serde_json::{Value, json};

use super::entry::{is_old, of};
use super::item::{counterpart, mark, option};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{caller, flag, get, key, number, numbers, referred, text};
use crate::platforms::baserow::{fields, rows};
use crate::state::Record;

/// Takes something out of the trash of a workspace that the caller is a member of.
///
/// # Errors
/// What the trash does not have, who may not have it, and what has to come back before it.
pub(in crate::platforms::baserow) fn restore_item(
    context: &mut ActionContext<'_>,
    kind: &str,
    item: u64,
    parent: Option<u64>,
) -> Result<(), Outcome> {
    let entry = entry(context, kind, item, parent)?;
    let workspace = number(&entry, "workspace");
    let member = [("workspace", &workspace.into()), ("user", &key(caller(context)?).into())];
    if context.find("workspace_users", &member)?.is_none() {
        return Err(Outcome::new("ERROR_USER_NOT_IN_GROUP", ""));
    }
    match kind {
        "workspace" => mark(context, &get(context, "workspaces", item)?, false)?,
        "application" => {
            let application = get(context, "applications", item)?;
            lies_in_nothing_trashed(context, &application, &["workspace"])?;
            mark(context, &application, false)?;
        }
        "table" => table(context, &get(context, "tables", item)?, &entry)?,
        "field" => field(context, &get(context, "fields", item)?, &entry)?,
        "view" => {
            let view = get(context, "views", item)?;
            lies_in_nothing_trashed(context, &view, &["table", "database", "workspace"])?;
            mark(context, &view, false)?;
        }
        _ => {
            let table = get(context, "tables", number(&entry, "parent_trash_item_id"))?;
            is_there(&table)?;
            lies_in_nothing_trashed(context, &table, &["database", "workspace"])?;
            let ids = numbers(entry.get("related").and_then(|related| related.get("rows")));
            rows::set_trashed(context, key(&table), &ids, false)?;
            if kind == "rows" {
                let together = get(context, "trashed_rows", item)?;
                context.delete(&[together])?;
            }
        }
    }
    context.delete(&[entry])
}

fn entry(context: &ActionContext<'_>, kind: &str, item: u64, parent: Option<u64>) -> Result<Record, Outcome> {
    match (kind, parent) {
        ("row" | "rows", None) => {
            let sentence = "rows are found by the id of their table as well: `parent_trash_item_id`";
            return Err(Outcome::new("ERROR_PARENT_ID_MUST_BE_PROVIDED", sentence));
        }
        ("row" | "rows", Some(_)) | (_, None) => {}
        (_, Some(_)) => {
            let sentence = format!("a {kind} is found by its own id, without `parent_trash_item_id`");
            return Err(Outcome::new("ERROR_PARENT_ID_MUST_NOT_BE_PROVIDED", sentence));
        }
    }
    let found = context.find(
        "trash",
        &[
            ("trash_item_id", &item.into()),
            ("trash_item_type", &kind.into()),
            ("parent_trash_item_id", &parent.map_or(Value::Null, Value::from)),
        ],
    )?;
    found.filter(|entry| !is_old(context, entry)).ok_or_else(|| {
        Outcome::new("ERROR_TRASH_ITEM_DOES_NOT_EXIST", format!("there is no {kind} {item} in the trash"))
    })
}

/// The fields of other tables that went with a table come back. Those of its own that link to a table which was deleted
/// meanwhile are hidden until that comes back.
fn table(context: &mut ActionContext<'_>, table: &Record, entry: &Record) -> Result<(), Outcome> {
    lies_in_nothing_trashed(context, table, &["database", "workspace"])?;
    mark(context, table, false)?;
    for one in numbers(entry.get("related").and_then(|related| related.get("fields"))) {
        if let Some(field) = context.get("fields", &one.into())? {
            reappear(context, &field)?;
        }
    }
    for field in context.all("fields", &[("table", &key(table).into()), ("trashed", &false.into())])? {
        let Some(other) = option(&field, "link_row_table_id") else { continue };
        let Some(waits_for) = of(context, "table", other)?.filter(|_| other != key(table)) else { continue };
        let mut hidden = numbers(waits_for.get("related").and_then(|related| related.get("fields")));
        hidden.push(key(&field));
        mark(context, &field, true)?;
        context.update(&waits_for, json!({ "related": { "fields": hidden } }))?;
    }
    fields::retype(context, number(table, "database"))
}

/// A field comes back with its counterpart, if the table of that is there.
fn field(context: &mut ActionContext<'_>, field: &Record, entry: &Record) -> Result<(), Outcome> {
    lies_in_nothing_trashed(context, field, &["table", "database", "workspace"])?;
    let linked = option(field, "link_row_table_id").filter(|_| text(field, "type") == "link_row");
    if let Some(linked) = linked
        && flag(&get(context, "tables", linked)?, "trashed")
    {
        let sentence = "the table that it links to is in the trash";
        return Err(Outcome::new("ERROR_CANT_RESTORE_AS_RELATED_TABLE_TRASHED", sentence));
    }
    reappear(context, field)?;
    let went_along = numbers(entry.get("related").and_then(|related| related.get("fields")));
    if let Some(other) = counterpart(context, field)?.filter(|other| went_along.contains(&key(other))) {
        reappear(context, &other)?;
    }
    // Formulas that read it are valid again.
    fields::retype(context, number(&referred(context, field, "table")?, "database"))
}

/// A field comes back under its own name, or one that nobody else in the table has.
fn reappear(context: &mut ActionContext<'_>, field: &Record) -> Result<(), Outcome> {
    let beside = [("table", &number(field, "table").into()), ("trashed", &false.into())];
    let taken = context.all("fields", &beside)?;
    let is_free = |name: &str| !taken.iter().any(|other| text(other, "name") == name);
    let name = text(field, "name");
    let restored = format!("{name} (Restored)");
    let numbered = (2..).map(|number| format!("{restored} {number}"));
    let name = [name.to_owned(), restored.clone()].into_iter().chain(numbered).find(|name| is_free(name));
    context.update(field, json!({ "trashed": false, "name": name })).map(drop)
}

/// What lies in something that is trashed waits for that. `path` leads outwards.
fn lies_in_nothing_trashed(context: &ActionContext<'_>, item: &Record, path: &[&str]) -> Result<(), Outcome> {
    let mut inner = item.clone();
    for name in path {
        inner = referred(context, &inner, name)?;
        is_there(&inner)?;
    }
    Ok(())
}

fn is_there(outer: &Record) -> Result<(), Outcome> {
    if flag(outer, "trashed") {
        let sentence = "what it lies in is in the trash and has to be restored first";
        return Err(Outcome::new("ERROR_CANNOT_RESTORE_PARENT_BEFORE_CHILD", sentence));
    }
    Ok(())
}
