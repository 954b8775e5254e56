//! Several rows at once, all or none.

use std::collections::BTreeMap;

use serde_json::Value;

use super::access::{missing, row, row_in_query, table, table_id};
use super::single::{add, author, body_of, require_unique_cells};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::faults::Faults;
use crate::platforms::baserow::rows::parameters::Parameters;
use crate::platforms::baserow::rows::reader::Reader;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::store::RowStore;
use crate::platforms::baserow::rows::{body, changes, show, write};
use crate::platforms::baserow::{records, trash};

/// The elements of `items`; the document has seen to it that they are not too many.
///
/// # Errors
/// `invalid` where it is missing, under the code that the product has for that (facts: baserow 2.2).
fn items(context: &ActionContext<'_>) -> Result<Vec<Value>, Outcome> {
    match body_of(context).get_mut("items") {
        Some(Value::Array(items)) => Ok(std::mem::take(items)),
        _ => Err(Faults::one("items", "This field is required.", "invalid")),
    }
}

fn answer(context: &ActionContext<'_>, table: u64, ids: &[u64]) -> Result<Value, Outcome> {
    let names = Parameters::of(context).user_field_names();
    let reader = Reader::new(context)?;
    let rows: Vec<_> =
        ids.iter().filter_map(|id| reader.store().table(table).get(*id)).map(|row| &**row).collect();
    Ok(show::items(&reader, &reader.fields(table)?.fields, &rows, names))
}

/// `batch_create_database_table_rows`.
///
/// # Errors
/// `invalid` by place, and `ERROR_ROW_DOES_NOT_EXIST` for the one they are to come before.
pub(in crate::platforms::baserow) fn batch_create_rows(
    context: &mut ActionContext<'_>,
) -> Result<Value, Outcome> {
    let table = table_id(context)?;
    let names = Parameters::of(context).user_field_names();
    let rows = {
        let reader = Reader::new(context)?;
        body::read_rows(&reader, &*reader.fields(table)?, &items(context)?, names, false)?
    };
    let before = row_in_query(context, table, "before")?;
    let cells = rows.into_iter().map(|(_, cells)| cells).collect();
    let ids = add(context, table, cells, before, "create_rows")?;
    answer(context, table, &ids)
}

/// `batch_update_database_table_rows`.
///
/// # Errors
/// `invalid` by place, `ERROR_ROW_IDS_NOT_UNIQUE`, `ERROR_ROW_DOES_NOT_EXIST`, `ERROR_FIELD_DATA_CONSTRAINT`.
pub(in crate::platforms::baserow) fn batch_update_rows(
    context: &mut ActionContext<'_>,
) -> Result<Value, Outcome> {
    let table = table_id(context)?;
    let names = Parameters::of(context).user_field_names();
    let rows = {
        let reader = Reader::new(context)?;
        body::read_rows(&reader, &*reader.fields(table)?, &items(context)?, names, true)?
    };
    let ids: Vec<u64> = rows.iter().map(|(id, _)| *id).collect();
    require_unique(&ids)?;
    require_there(context, table, &ids)?;
    require_unique_cells(context, table, rows.iter().map(|(id, cells)| (Some(*id), cells)))?;
    let author = author(context);
    let mut written = Vec::with_capacity(rows.len());
    for (id, cells) in rows {
        let row = row(context, table, id)?;
        written.push(write::update(context.extension_mut()?, table, &row, cells, author));
    }
    changes::note(context, table, "update_rows", &written)?;
    answer(context, table, &ids)
}

/// `batch_delete_database_table_rows`.
///
/// # Errors
/// `ERROR_ROW_IDS_NOT_UNIQUE`, `ERROR_ROW_DOES_NOT_EXIST`.
pub(in crate::platforms::baserow) fn batch_delete_rows(
    context: &mut ActionContext<'_>,
) -> Result<(), Outcome> {
    let table = table(context)?;
    let id = records::key(&table);
    let ids: Vec<u64> =
        items(context)?.iter().map(|id| u64::try_from(id.as_i64().unwrap_or(0)).unwrap_or(0)).collect();
    require_unique(&ids)?;
    require_there(context, id, &ids)?;
    trash::put_rows(context, &table, &ids, false)?;
    changes::note_plain(context, id, "delete_rows", &ids)
}

fn require_unique(ids: &[u64]) -> Result<(), Outcome> {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for id in ids {
        *counts.entry(*id).or_default() += 1;
    }
    let twice: Vec<_> =
        counts.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| id.to_string()).collect();
    if twice.is_empty() {
        return Ok(());
    }
    let sentence = format!("the row ids [{}] are given more than once", twice.join(", "));
    Err(Outcome::new("ERROR_ROW_IDS_NOT_UNIQUE", sentence))
}

fn require_there(context: &ActionContext<'_>, table: u64, ids: &[u64]) -> Result<(), Outcome> {
    let store: &RowStore = context.extension()?;
    let gone: Vec<u64> = ids.iter().copied().filter(|id| store.table(table).get(*id).is_none()).collect();
    if gone.is_empty() { Ok(()) } else { Err(missing(&gone)) }
}
