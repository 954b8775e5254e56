//! Rows as people read them: names for the trash, values to choose from, sheets to export.

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::key as id;
use crate::platforms::baserow::rows::reader::{Reader, read_field};
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::show;
use crate::state::Record;

/// A table's rows as a sheet.
#[derive(Debug)]
pub(in crate::platforms::baserow) struct TableRows {
    /// Id and name of each field: the primary one first, then by order.
    pub(in crate::platforms::baserow) fields: Vec<(u64, String)>,
    /// Id and cells of each row.
    pub(in crate::platforms::baserow) rows: Vec<(u64, Vec<String>)>,
}

/// The text of a row's primary cell, wherever the row is; empty where the cell is empty or there is no such row.
pub(in crate::platforms::baserow) fn describe(
    context: &ActionContext<'_>,
    table: &Record,
    row: u64,
) -> String {
    let text = || {
        let reader = Reader::new(context).ok()?;
        let schema = reader.schema(id(table))?;
        let row = reader.store().table(id(table)).get_any(row)?;
        Some(show::name(&reader, &schema, row))
    };
    text().unwrap_or_default()
}

/// The cells of one field in all rows, in order.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn texts(
    context: &ActionContext<'_>,
    table: &Record,
    field: &Record,
) -> Result<Vec<String>, Outcome> {
    let reader = Reader::new(context)?;
    let Some(field) = read_field(context, field) else { return Ok(Vec::new()) };
    Ok(reader.store().table(id(table)).iter().map(|row| field.text(&reader, row)).collect())
}
