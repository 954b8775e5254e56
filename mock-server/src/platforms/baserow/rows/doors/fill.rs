//! Rows with data that no client sent as such: initial, imported and example data.

use serde_json::Value;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::key as id;
use crate::platforms::baserow::rows::body::invalid;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::reader::Reader;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::store::RowStore;
use crate::platforms::baserow::rows::unique;
use crate::platforms::baserow::rows::write::{self, Author, Cells};
use crate::state::Record;

/// Adds rows at the end of a table, with cells as a client would send them, by the ids of their fields.
///
/// # Errors
/// `invalid` for a cell that a client could not have sent, `ERROR_FIELD_DATA_CONSTRAINT` for one that there may be once.
pub(in crate::platforms::baserow) fn fill(
    context: &mut ActionContext<'_>,
    table: &Record,
    rows: Vec<Vec<(u64, Value)>>,
) -> Result<(), Outcome> {
    let (schema, accepted) = {
        let reader = Reader::new(context)?;
        let schema = reader.fields(id(table))?;
        let mut accepted = Vec::with_capacity(rows.len());
        for row in rows {
            let mut cells = Cells::with_capacity(row.len());
            for (field, value) in row {
                let Some(field) = schema.by_id(field).filter(|field| !field.kind.read_only()) else {
                    continue;
                };
                let cell = field.kind.cells().accept(&reader, field, &value);
                cells.push((field.clone(), cell.map_err(|fault: Fault| invalid(fault.details()))?));
            }
            accepted.push(cells);
        }
        unique::check_cells(reader.store(), &schema, accepted.iter().map(|cells| (None, cells)))?;
        (schema, accepted)
    };
    let author = Author { user: context.caller().map(id), at: context.now().0.saturating_mul(1000) };
    let needed = schema.fields.iter().filter(|field| field.type_name == "uuid").count() * accepted.len();
    let uuids: Vec<_> = (0..needed).map(|_| context.entropy().uuid()).collect();
    let mut uuids = uuids.into_iter();
    let store: &mut RowStore = context.extension_mut()?;
    write::insert(store, &schema, accepted, None, author, || uuids.next().unwrap_or_default());
    Ok(())
}
