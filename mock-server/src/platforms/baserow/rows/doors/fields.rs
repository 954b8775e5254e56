//! Fields that come, change and go, and what becomes of their cells.

use std::collections::HashSet;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{key as id, number};
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::cells::Kind;
use crate::platforms::baserow::rows::filters::supports;
use crate::platforms::baserow::rows::reader::{Reader, read_field};
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;
use crate::platforms::baserow::rows::store::{RowStore, Table};
use crate::platforms::baserow::rows::unique;
use crate::state::Record;

/// Gives the rows that are there the cells of a new field.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn field_added(
    context: &mut ActionContext<'_>,
    field: &Record,
) -> Result<(), Outcome> {
    let Some(field) = read_field(context, field) else { return Ok(()) };
    let store: &RowStore = context.extension()?;
    let rows = all_rows(store, field.table);
    if let Kind::Link(link) = &field.kind {
        let store: &mut RowStore = context.extension_mut()?;
        store.relations.join(field.id, link.related);
    }
    let cells = fresh_cells(context, &field, &rows);
    put_cells(context, &field, cells)
}

/// Refuses a field whose cells are to differ and do not.
///
/// # Errors
/// `ERROR_FIELD_CONSTRAINT`.
pub(in crate::platforms::baserow) fn check_unique(
    context: &ActionContext<'_>,
    field: &Record,
) -> Result<(), Outcome> {
    let Some(field) = read_field(context, field).filter(|field| field.unique) else { return Ok(()) };
    if unique::all_differ(context.extension()?, &field) {
        return Ok(());
    }
    let sentence = format!("some rows have the same cell in the field {}", field.id);
    Err(Outcome::new("ERROR_FIELD_CONSTRAINT", sentence))
}

/// The cells of a field in rows that never had one.
fn fresh_cells(context: &mut ActionContext<'_>, field: &Field, rows: &[u64]) -> Vec<(u64, Cell)> {
    let fresh = |row: &u64| (*row, field.kind.cells().default(field));
    match field.kind {
        Kind::Uuid => rows.iter().map(|row| (*row, Cell::text(&context.entropy().uuid()))).collect(),
        Kind::Autonumber => (1..).zip(rows).map(|(number, row)| (*row, Cell::Whole(number))).collect(),
        // upstream: a default text is that of new rows
        Kind::Text => Vec::new(),
        _ => rows.iter().map(fresh).filter(|(_, cell)| *cell != Cell::Empty).collect(),
    }
}

/// A table's rows in order, those in the trash behind.
fn all_rows(store: &RowStore, table: u64) -> Vec<u64> {
    let table = store.table(table);
    let mut rows: Vec<u64> = table.iter().map(|row| row.id).collect();
    let seen: HashSet<u64> = rows.iter().copied().collect();
    rows.extend(table.all().map(|row| row.id).filter(|id| !seen.contains(id)));
    rows
}

fn put_cells(context: &mut ActionContext<'_>, field: &Field, cells: Vec<(u64, Cell)>) -> Result<(), Outcome> {
    let store: &mut RowStore = context.extension_mut()?;
    if let Kind::Link(_) = field.kind {
        for (row, cell) in &cells {
            for other in cell.id_list() {
                store.relations.link(field.id, *row, *other);
            }
        }
        return Ok(());
    }
    let table = store.table_mut(field.table);
    table.forget_index(field.id);
    for (row, cell) in cells {
        if let Cell::Whole(number) = cell
            && matches!(field.kind, Kind::Autonumber)
        {
            table.reserve_number(field.id, number);
        }
        let Some(row) = table.get_any(row) else { continue };
        if *row.cell(field.id) != cell {
            let mut changed = (**row).clone();
            changed.set(field.id, cell);
            table.put(changed);
        }
    }
    keep_index(table, field);
    Ok(())
}

/// Orders the rows by a field with an index now, not when somebody first lists them by it.
fn keep_index(table: &Table, field: &Field) {
    if let Some(column) = field.kind.cells().column(field).filter(|_| field.db_index) {
        table.index(column);
    }
}

/// Builds the index of a field that has just been given one.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn field_indexed(
    context: &ActionContext<'_>,
    field: &Record,
) -> Result<(), Outcome> {
    let Some(field) = read_field(context, field) else { return Ok(()) };
    let store: &RowStore = context.extension()?;
    keep_index(store.table(field.table), &field);
    Ok(())
}

/// Turns a field's cells into those of its new type, and keeps what can be kept. Options that are gone leave their cells.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn field_changed(
    context: &mut ActionContext<'_>,
    before: &Record,
    after: &Record,
) -> Result<(), Outcome> {
    let (Some(before), Some(after)) = (read_field(context, before), read_field(context, after)) else {
        return Ok(());
    };
    let stays = matches!((&before.kind, &after.kind), (Kind::Link(one), Kind::Link(other)) if one.table == other.table);
    if stays {
        let store: &mut RowStore = context.extension_mut()?;
        if let Kind::Link(link) = &after.kind {
            store.relations.join(after.id, link.related);
        }
        return Ok(());
    }
    let store: &RowStore = context.extension()?;
    let rows = all_rows(store, after.table);
    let cells = match after.kind {
        // Given once, and not from what was there.
        Kind::Autonumber | Kind::Uuid if before.type_name != after.type_name => {
            fresh_cells(context, &after, &rows)
        }
        Kind::Autonumber | Kind::Uuid => return Ok(()),
        _ => converted(context, &before, &after, &rows)?,
    };
    let store: &mut RowStore = context.extension_mut()?;
    if matches!(before.kind, Kind::Link(_)) {
        store.relations.leave(before.id);
    }
    if let Kind::Link(link) = &after.kind {
        store.relations.join(after.id, link.related);
    }
    put_cells(context, &after, cells)
}

fn converted(
    context: &ActionContext<'_>,
    before: &Field,
    after: &Field,
    rows: &[u64],
) -> Result<Vec<(u64, Cell)>, Outcome> {
    let reader = Reader::new(context)?;
    let table = reader.store().table(after.table);
    let convert = |id: &u64| {
        let row = table.get_any(*id)?;
        let cell = before.value(&reader, row);
        let text = before.kind.cells().text(&reader, before, &cell);
        Some((*id, after.kind.cells().convert(&reader, after, before, &cell, &text)))
    };
    Ok(rows.iter().filter_map(convert).collect())
}

/// Forgets the cells and links of a field that is gone for good.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn forget_field(
    context: &mut ActionContext<'_>,
    field: &Record,
) -> Result<(), Outcome> {
    let (own, table) = (id(field), number(field, "table"));
    let store: &mut RowStore = context.extension_mut()?;
    store.relations.leave(own);
    let with_cell: Vec<_> =
        store.table(table).all().filter(|row| *row.cell(own) != Cell::Empty).cloned().collect();
    if with_cell.is_empty() {
        return Ok(());
    }
    let table = store.table_mut(table);
    table.forget_index(own);
    for row in with_cell {
        let mut changed = (*row).clone();
        changed.set(own, Cell::Empty);
        table.put(changed);
    }
    Ok(())
}

/// Whether a type of filter goes with a field.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn filter_goes_with(
    context: &ActionContext<'_>,
    field: &Record,
    filter: &str,
) -> Result<bool, Outcome> {
    Ok(read_field(context, field).is_some_and(|field| supports(&field, filter)))
}
