//! Imports: rows that are added or, where a row is found by some of its cells, change that row.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::fill::fill;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::faults::Faults;
use crate::platforms::baserow::records::key as id;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::reader::Reader;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;
use crate::platforms::baserow::rows::store::{RowStore, SortKey};
use crate::platforms::baserow::rows::unique;
use crate::platforms::baserow::rows::write::{self, Author, Cells};
use crate::state::Record;

/// How rows that are there already are found and changed.
#[derive(Clone, Debug, Default)]
pub(in crate::platforms::baserow) struct Upsert {
    /// The fields by whose cells a row is found; none where all rows are new.
    pub(in crate::platforms::baserow) by: Vec<u64>,
    /// The cells to find a row by, for each row.
    pub(in crate::platforms::baserow) values: Vec<Vec<Value>>,
    /// The fields whose cells stay when a row is found.
    pub(in crate::platforms::baserow) skipped: Vec<u64>,
}

/// Rows by the cells that they are found by, each time in the order of the table.
type Known = BTreeMap<Vec<SortKey>, VecDeque<u64>>;

/// Takes rows in, each with its cells by the ids of their fields. Those whose cells do not suit their fields are left out, and
/// answered by their places with what is wrong with them.
///
/// # Errors
/// `invalid` for a field that no row can be found by.
pub(in crate::platforms::baserow) fn import(
    context: &mut ActionContext<'_>,
    table: &Record,
    rows: Vec<Vec<(u64, Value)>>,
    upsert: &Upsert,
) -> Result<Map<String, Value>, Outcome> {
    let fields = fields(context, table, upsert)?;
    let mut known = known(context, table, &fields)?;
    let mut failing = Map::new();
    for (place, cells) in rows.into_iter().enumerate() {
        let taken = match found(context, &fields, upsert.values.get(place), &mut known) {
            Ok(Some(row)) => change(context, table, row, cells, upsert),
            Ok(None) => fill(context, table, vec![cells]),
            Err(outcome) => Err(outcome),
        };
        if let Err(outcome) = taken {
            let details = if outcome.data.is_null() { json!(outcome.message) } else { *outcome.data };
            failing.insert(place.to_string(), details);
        }
    }
    Ok(failing)
}

/// The fields that rows are found by.
fn fields(context: &ActionContext<'_>, table: &Record, upsert: &Upsert) -> Result<Vec<Arc<Field>>, Outcome> {
    let schema = Reader::new(context)?.fields(id(table))?;
    let field = |wanted: &u64| {
        let found = schema.by_id(*wanted).filter(|field| field.kind.cells().column(field).is_some());
        let sentence = || format!("rows cannot be found by the field {wanted}");
        found.cloned().ok_or_else(|| Faults::one("configuration", sentence(), "invalid"))
    };
    upsert.by.iter().map(field).collect()
}

fn known(context: &ActionContext<'_>, table: &Record, fields: &[Arc<Field>]) -> Result<Known, Outcome> {
    let mut known = Known::new();
    if fields.is_empty() {
        return Ok(known);
    }
    let reader = Reader::new(context)?;
    for row in reader.store().table(id(table)).iter() {
        let keys = fields.iter().map(|field| field.sort_key(&reader, row)).collect();
        known.entry(keys).or_default().push_back(row.id);
    }
    Ok(known)
}

/// The row that is found by these values, and not found again; `None` for one that is new.
fn found(
    context: &ActionContext<'_>,
    fields: &[Arc<Field>],
    values: Option<&Vec<Value>>,
    known: &mut Known,
) -> Result<Option<u64>, Outcome> {
    let Some(values) = values.filter(|_| !fields.is_empty()) else { return Ok(None) };
    let reader = Reader::new(context)?;
    let key = |(field, value): (&Arc<Field>, &Value)| {
        let cell = field.kind.cells().accept(&reader, field, value);
        cell.map(|cell| field.kind.cells().key(&reader, field, &cell))
    };
    let keys: Result<Vec<_>, Fault> = fields.iter().zip(values).map(key).collect();
    let keys = keys.map_err(|fault| Outcome::new("invalid", "").data(fault.details()))?;
    Ok(known.get_mut(&keys).and_then(VecDeque::pop_front))
}

fn change(
    context: &mut ActionContext<'_>,
    table: &Record,
    row: u64,
    cells: Vec<(u64, Value)>,
    upsert: &Upsert,
) -> Result<(), Outcome> {
    let cells = {
        let reader = Reader::new(context)?;
        let schema = reader.fields(id(table))?;
        let mut accepted = Cells::with_capacity(cells.len());
        for (field, value) in cells.into_iter().filter(|(field, _)| !upsert.skipped.contains(field)) {
            let Some(field) = schema.by_id(field).filter(|field| !field.kind.read_only()) else { continue };
            let cell = field.kind.cells().accept(&reader, field, &value);
            let cell = cell.map_err(|fault| Outcome::new("invalid", "").data(fault.details()))?;
            accepted.push((field.clone(), cell));
        }
        unique::check_cells(reader.store(), &schema, std::iter::once((Some(row), &accepted)))?;
        accepted
    };
    let author = Author { user: context.caller().map(id), at: context.now().0.saturating_mul(1000) };
    let store: &mut RowStore = context.extension_mut()?;
    if let Some(before) = store.table(id(table)).get(row).cloned() {
        write::update(store, id(table), &before, cells, author);
    }
    Ok(())
}
