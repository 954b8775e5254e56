//! Writing rows. What is written has been accepted before.

use std::sync::Arc;

use super::cell::Cell;
use super::cells::Kind;
use super::order::Order;
use super::schema::{Field, Schema};
use super::store::{Row, RowRef, RowStore};

/// Cells that were accepted, by field.
pub(super) type Cells = Vec<(Arc<Field>, Cell)>;

/// Who writes, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Author {
    pub(super) user: Option<u64>,
    /// Microseconds since 1970.
    pub(super) at: i64,
}

/// A row that was written: as it was before, with the links that changed, and as it is.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) before: Option<RowRef>,
    pub(super) after: RowRef,
    /// The fields that were named, each with the ids it linked to before.
    pub(super) named: Vec<(Arc<Field>, Vec<u64>)>,
}

/// Adds rows before another, or at the end.
pub(super) fn insert(
    store: &mut RowStore,
    schema: &Schema,
    rows: Vec<Cells>,
    before: Option<u64>,
    author: Author,
    mut uuid: impl FnMut() -> String,
) -> Vec<Written> {
    let orders = orders(store, schema.table, before, rows.len());
    let mut written = Vec::with_capacity(rows.len());
    for (cells, order) in rows.into_iter().zip(orders) {
        let table = store.table_mut(schema.table);
        let mut row = Row::new(table.take_id(), order, author.at, author.user);
        for field in &schema.fields {
            match &field.kind {
                Kind::Autonumber => row.set(field.id, Cell::Whole(table.take_number(field.id))),
                Kind::Uuid => row.set(field.id, Cell::text(&uuid())),
                kind => row.set(field.id, kind.cells().default(field)),
            }
        }
        let named = cells.iter().map(|(field, _)| (field.clone(), Vec::new())).collect();
        put_cells(store, &mut row, cells);
        let after = store.table_mut(schema.table).put(row);
        written.push(Written { before: None, after, named });
    }
    written
}

fn orders(store: &mut RowStore, table: u64, before: Option<u64>, count: usize) -> Vec<Order> {
    let table = store.table_mut(table);
    match before {
        Some(before) => table.orders_before(before, count),
        None => std::iter::successors(Some(table.order_at_end()), |order| Some(order.next()))
            .take(count)
            .collect(),
    }
}

/// Changes cells of a row that is there.
pub(super) fn update(
    store: &mut RowStore,
    table: u64,
    row: &RowRef,
    cells: Cells,
    author: Author,
) -> Written {
    let linked = |field: &Arc<Field>| match field.kind {
        Kind::Link(_) => store.relations.linked(field.id, row.id).collect(),
        _ => Vec::new(),
    };
    let named = cells.iter().map(|(field, _)| (field.clone(), linked(field))).collect();
    let mut changed = (**row).clone();
    put_cells(store, &mut changed, cells);
    changed.updated = author.at;
    changed.updated_by = author.user;
    let after = store.table_mut(table).put(changed);
    Written { before: Some(row.clone()), after, named }
}

fn put_cells(store: &mut RowStore, row: &mut Row, cells: Cells) {
    for (field, cell) in cells {
        match &field.kind {
            Kind::Link(link) => {
                store.relations.join(field.id, link.related);
                put_links(store, field.id, row.id, link.table, cell.id_list());
            }
            _ => row.set(field.id, cell),
        }
    }
}

/// Links a row to these and to no others; links to rows in the trash stay, for when they come back.
fn put_links(store: &mut RowStore, field: u64, row: u64, target: u64, ids: &[u64]) {
    let own: Vec<u64> = store.relations.linked(field, row).collect();
    for gone in own.iter().filter(|id| !ids.contains(id)) {
        if store.table(target).get(*gone).is_some() {
            store.relations.unlink(field, row, *gone);
        }
    }
    for new in ids.iter().filter(|id| !own.contains(id)) {
        store.relations.link(field, row, *new);
    }
}

/// Puts a row before another, or at the end.
pub(super) fn move_row(store: &mut RowStore, table: u64, row: &RowRef, before: Option<u64>) -> RowRef {
    let orders = orders(store, table, before, 1);
    // The table may have been renumbered meanwhile.
    let mut moved = store.table(table).get(row.id).map_or_else(|| (**row).clone(), |row| (**row).clone());
    if let Some(order) = orders.first() {
        moved.order = *order;
    }
    store.table_mut(table).put(moved)
}
