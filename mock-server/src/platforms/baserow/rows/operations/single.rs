//! One row: read, made, changed, moved and deleted.

use serde_json::{Value, json};

use super::access::{named_row, row_in_query, table, table_id};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::rows::parameters::Parameters;
use crate::platforms::baserow::rows::reader::Reader;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::store::{Row, RowStore};
use crate::platforms::baserow::rows::write::{self, Author, Cells};
use crate::platforms::baserow::rows::{body, changes, show, unique};
use crate::platforms::baserow::{records, trash};

/// Whoever writes, now.
pub(super) fn author(context: &ActionContext<'_>) -> Author {
    Author { user: context.caller().map(records::key), at: context.now().0.saturating_mul(1000) }
}

/// A row as the answer has it.
fn answer(context: &ActionContext<'_>, table: u64, row: &Row) -> Result<Value, Outcome> {
    let names = Parameters::of(context).user_field_names();
    let reader = Reader::new(context)?;
    Ok(show::row(&reader, &reader.fields(table)?.fields, row, names))
}

/// The body of the request; none counts as one that says nothing.
pub(super) fn body_of(context: &ActionContext<'_>) -> Value {
    context.inputs().body.clone().unwrap_or_else(|| json!({}))
}

/// Adds rows with cells that were accepted.
pub(in crate::platforms::baserow::rows) fn add(
    context: &mut ActionContext<'_>,
    table: u64,
    rows: Vec<Cells>,
    before: Option<u64>,
    action_type: &str,
) -> Result<Vec<u64>, Outcome> {
    let schema = Reader::new(context)?.fields(table)?;
    require_unique_cells(context, table, rows.iter().map(|cells| (None, cells)))?;
    let author = author(context);
    // Chance is drawn before the rows are lent out: one text for each cell that needs one.
    let needed = schema.fields.iter().filter(|field| field.type_name == "uuid").count() * rows.len();
    let uuids: Vec<_> = (0..needed).map(|_| context.entropy().uuid()).collect();
    let mut uuids = uuids.into_iter();
    let store: &mut RowStore = context.extension_mut()?;
    let written = write::insert(store, &schema, rows, before, author, || uuids.next().unwrap_or_default());
    changes::note(context, table, action_type, &written)?;
    Ok(written.iter().map(|one| one.after.id).collect())
}

/// Refuses cells that there may be once only, and that another row has.
pub(super) fn require_unique_cells<'c>(
    context: &ActionContext<'_>,
    table: u64,
    rows: impl Iterator<Item = (Option<u64>, &'c Cells)> + Clone,
) -> Result<(), Outcome> {
    let reader = Reader::new(context)?;
    unique::check_cells(reader.store(), &*reader.fields(table)?, rows)
}

/// `get_database_table_row`.
///
/// # Errors
/// `ERROR_ROW_DOES_NOT_EXIST`, and `ERROR_CANNOT_INCLUDE_ROW_METADATA` for a token.
pub(in crate::platforms::baserow) fn get_row(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    let include = Parameters::of(context).last("include").unwrap_or_default().to_owned();
    let metadata = include.split(',').any(|one| one.trim() == "metadata");
    if metadata && context.signed_in_by("Token") {
        let sentence = "a database token cannot ask for the metadata of rows";
        return Err(Outcome::new("ERROR_CANNOT_INCLUDE_ROW_METADATA", sentence));
    }
    let (table, row) = named_row(context)?;
    let mut shown = answer(context, table, &row)?;
    if metadata && let Value::Object(members) = &mut shown {
        members.insert("metadata".to_owned(), json!({}));
    }
    Ok(shown)
}

/// `create_database_table_row`.
///
/// # Errors
/// `invalid`, and `ERROR_ROW_DOES_NOT_EXIST` for the one it is to come before.
pub(in crate::platforms::baserow) fn create_row(context: &mut ActionContext<'_>) -> Result<Value, Outcome> {
    let table = table_id(context)?;
    let names = Parameters::of(context).user_field_names();
    let cells = {
        let reader = Reader::new(context)?;
        body::read_row(&reader, &*reader.fields(table)?, &body_of(context), names)?
    };
    let before = row_in_query(context, table, "before")?;
    let ids = add(context, table, vec![cells], before, "create_row")?;
    let made = super::access::row(context, table, ids.first().copied().unwrap_or(0))?;
    answer(context, table, &made)
}

/// `update_database_table_row`.
///
/// # Errors
/// `invalid`, `ERROR_ROW_DOES_NOT_EXIST`, `ERROR_FIELD_DATA_CONSTRAINT`.
pub(in crate::platforms::baserow) fn update_row(context: &mut ActionContext<'_>) -> Result<Value, Outcome> {
    let table = table_id(context)?;
    let names = Parameters::of(context).user_field_names();
    let cells = {
        let reader = Reader::new(context)?;
        body::read_row(&reader, &*reader.fields(table)?, &body_of(context), names)?
    };
    let (table, row) = named_row(context)?;
    require_unique_cells(context, table, std::iter::once((Some(row.id), &cells)))?;
    let author = author(context);
    let written = write::update(context.extension_mut()?, table, &row, cells, author);
    changes::note(context, table, "update_rows", std::slice::from_ref(&written))?;
    answer(context, table, &written.after)
}

/// `move_database_table_row`.
///
/// # Errors
/// `ERROR_ROW_DOES_NOT_EXIST`, for it or the one it is to come before.
pub(in crate::platforms::baserow) fn move_row(context: &mut ActionContext<'_>) -> Result<Value, Outcome> {
    let (table, row) = named_row(context)?;
    let before = row_in_query(context, table, "before_id")?;
    let moved = write::move_row(context.extension_mut()?, table, &row, before);
    answer(context, table, &moved)
}

/// `delete_database_table_row`.
///
/// # Errors
/// `ERROR_ROW_DOES_NOT_EXIST`.
pub(in crate::platforms::baserow) fn delete_row(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    let (id, row) = named_row(context)?;
    let table = table(context)?;
    trash::put_rows(context, &table, &[row.id], true)?;
    changes::note_plain(context, id, "delete_row", &[row.id])
}
