//! `trash_item`: something is marked as trashed, with what cannot be seen without it.

use serde_json::{Map, Value, json};

use super::entry::{Entry, put, related};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::fields;
use crate::platforms::baserow::records::{flag, get, key, number, referred, text};
use crate::state::Record;

/// Puts a workspace, application, table, field or view into the trash. The steps before have found it, and permitted it.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn trash_item(
    context: &mut ActionContext<'_>,
    kind: &str,
    item: u64,
) -> Result<(), Outcome> {
    match kind {
        "workspace" => workspace(context, &get(context, "workspaces", item)?),
        "application" => application(context, &get(context, "applications", item)?),
        "table" => table(context, &get(context, "tables", item)?),
        "field" => field(context, &get(context, "fields", item)?),
        "view" => view(context, &get(context, "views", item)?),
        _ => Err(Outcome::new("internal", format!("nothing of the kind `{kind}` goes into the trash"))),
    }
}

fn workspace(context: &mut ActionContext<'_>, workspace: &Record) -> Result<(), Outcome> {
    mark(context, workspace, true)?;
    let (own, name) = (key(workspace), text(workspace, "name"));
    let entry = Entry { kind: "workspace", workspace: own, item: own, name, ..Entry::default() };
    put(context, entry).map(drop)
}

fn application(context: &mut ActionContext<'_>, application: &Record) -> Result<(), Outcome> {
    let workspace = referred(context, application, "workspace")?;
    mark(context, application, true)?;
    let entry = Entry {
        kind: "application",
        workspace: key(&workspace),
        application: Some(key(application)),
        item: key(application),
        name: text(application, "name"),
        parent_name: Some(text(&workspace, "name")),
        ..Entry::default()
    };
    put(context, entry).map(drop)
}

/// With a table go the fields of other tables that link to it; formulas that read those are not valid any more.
fn table(context: &mut ActionContext<'_>, table: &Record) -> Result<(), Outcome> {
    let database = referred(context, table, "database")?;
    let mut hidden = Vec::new();
    for field in linking_to(context, key(table))? {
        if number(&field, "table") != key(table) && !flag(&field, "trashed") {
            mark(context, &field, true)?;
            hidden.push(key(&field));
        }
    }
    mark(context, table, true)?;
    let entry = Entry {
        kind: "table",
        workspace: number(&database, "workspace"),
        application: Some(key(&database)),
        item: key(table),
        name: text(table, "name"),
        parent_name: Some(text(&database, "name")),
        related: related("fields", &hidden),
        ..Entry::default()
    };
    put(context, entry)?;
    fields::retype(context, key(&database))
}

/// With a field that links rows goes its counterpart in the other table.
fn field(context: &mut ActionContext<'_>, field: &Record) -> Result<(), Outcome> {
    let table = referred(context, field, "table")?;
    let mut hidden = Vec::new();
    if let Some(other) = counterpart(context, field)?.filter(|other| !flag(other, "trashed")) {
        mark(context, &other, true)?;
        hidden.push(key(&other));
    }
    mark(context, field, true)?;
    within(context, "field", field, &table, related("fields", &hidden))
}

fn view(context: &mut ActionContext<'_>, view: &Record) -> Result<(), Outcome> {
    let table = referred(context, view, "table")?;
    mark(context, view, true)?;
    within(context, "view", view, &table, Map::new())
}

fn within(
    context: &mut ActionContext<'_>,
    kind: &str,
    item: &Record,
    table: &Record,
    related: Map<String, Value>,
) -> Result<(), Outcome> {
    let database = referred(context, table, "database")?;
    let entry = Entry {
        kind,
        workspace: number(&database, "workspace"),
        application: Some(key(&database)),
        item: key(item),
        name: text(item, "name"),
        parent_name: Some(text(table, "name")),
        related,
        ..Entry::default()
    };
    put(context, entry).map(drop)
}

/// Marks a record as trashed, or as not.
pub(super) fn mark(context: &mut ActionContext<'_>, record: &Record, trashed: bool) -> Result<(), Outcome> {
    context.update(record, json!({ "trashed": trashed })).map(drop)
}

/// The fields that link rows to rows of this table, whatever table they are in, trashed or not.
pub(super) fn linking_to(context: &ActionContext<'_>, table: u64) -> Result<Vec<Record>, Outcome> {
    let all = context.all("fields", &[("type", &json!("link_row"))])?;
    Ok(all.into_iter().filter(|field| option(field, "link_row_table_id") == Some(table)).collect())
}

/// The field in the other table that shows the same links.
pub(super) fn counterpart(context: &ActionContext<'_>, field: &Record) -> Result<Option<Record>, Outcome> {
    match option(field, "link_row_related_field_id") {
        Some(other) if text(field, "type") == "link_row" => context.get("fields", &other.into()),
        _ => Ok(None),
    }
}

/// An option of a field's type that is an id.
pub(super) fn option(field: &Record, name: &str) -> Option<u64> {
    field.get("options")?.get(name)?.as_u64()
}
