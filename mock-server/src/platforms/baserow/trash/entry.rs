//! Entries of the trash, and how long they last.

use serde_json::{Map, Value, json};

use super::empty::forget_old;
use crate::action::ActionContext;
use crate::entropy::Timestamp;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{flag, key, number, referred, text};
use crate::platforms::baserow::rows;
use crate::state::Record;

const HOUR: u64 = 60 * 60 * 1000;

/// What an entry says of what is in the trash.
#[derive(Debug, Default)]
pub(super) struct Entry<'e> {
    pub(super) kind: &'e str,
    pub(super) workspace: u64,
    /// The application that it lies in, or is.
    pub(super) application: Option<u64>,
    pub(super) item: u64,
    /// The table of rows.
    pub(super) parent: Option<u64>,
    pub(super) name: &'e str,
    /// The name of each, where several rows are in the trash together.
    pub(super) names: Option<Vec<String>>,
    pub(super) parent_name: Option<&'e str>,
    /// What went with it, as ids by kind.
    pub(super) related: Map<String, Value>,
}

/// Makes an entry for something that its owner has marked as trashed already. What is too old leaves the trash meanwhile.
///
/// # Errors
/// None but `internal`.
pub(super) fn put(context: &mut ActionContext<'_>, entry: Entry<'_>) -> Result<Record, Outcome> {
    forget_old(context)?;
    let user = context.caller().map(key);
    context.insert(
        "trash",
        json!({
            "workspace": entry.workspace, "application": entry.application, "trash_item_type": entry.kind,
            "trash_item_id": entry.item, "parent_trash_item_id": entry.parent, "name": entry.name,
            "names": entry.names, "parent_name": entry.parent_name, "user": user, "related": entry.related,
        }),
    )
}

/// Ids of one kind, as entries say what went with something.
pub(super) fn related(kind: &str, ids: &[u64]) -> Map<String, Value> {
    Map::from_iter([(kind.to_owned(), json!(ids))])
}

/// Takes rows of a table out of sight and makes an entry for them: one of kind `row` where they were deleted alone, else one of kind `rows`.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn put_rows(
    context: &mut ActionContext<'_>,
    table: &Record,
    ids: &[u64],
    alone: bool,
) -> Result<Record, Outcome> {
    let database = referred(context, table, "database")?;
    let names = ids.iter().map(|row| match rows::describe(context, table, *row) {
        name if name.is_empty() => format!("unnamed row {row}"),
        name => name,
    });
    let names = Some(names.collect());
    let (kind, item, name) = match ids {
        [row] if alone => ("row", *row, row.to_string()),
        _ => {
            let together = context.insert("trashed_rows", json!({ "table": key(table), "rows": ids }))?;
            ("rows", key(&together), " ".to_owned())
        }
    };
    rows::set_trashed(context, key(table), ids, true)?;
    put(
        context,
        Entry {
            kind,
            workspace: number(&database, "workspace"),
            application: Some(key(&database)),
            item,
            parent: Some(key(table)),
            name: &name,
            names,
            parent_name: Some(text(table, "name")),
            related: related("rows", ids),
        },
    )
}

/// Whether an entry has been in the trash for as long as the trash keeps things.
pub(super) fn is_old(context: &ActionContext<'_>, entry: &Record) -> bool {
    let hours = context.setting("BASEROW_HOURS_UNTIL_TRASH_PERMANENTLY_DELETED").and_then(Value::as_u64);
    let since = Timestamp::parse(text(entry, "trashed_at")).unwrap_or_default();
    hours.is_some_and(|hours| since.after(hours.saturating_mul(HOUR)) <= context.now())
}

/// The entry of a workspace or an application that is in the trash; `None` when it is not there any more, or never was.
pub(super) fn of(context: &ActionContext<'_>, kind: &str, item: u64) -> Result<Option<Record>, Outcome> {
    let (kind, item) = (Value::from(kind), Value::from(item));
    let found = context.find("trash", &[("trash_item_id", &item), ("trash_item_type", &kind)])?;
    Ok(found.filter(|entry| !is_old(context, entry)))
}

/// Whether a workspace or an application can still be seen in the trash: it is not trashed, or can be restored.
pub(super) fn is_shown(context: &ActionContext<'_>, kind: &str, record: &Record) -> Result<bool, Outcome> {
    Ok(!flag(record, "trashed") || of(context, kind, key(record))?.is_some())
}
