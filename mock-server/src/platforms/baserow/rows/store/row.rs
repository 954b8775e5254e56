//! A row: its place, its stamps and its cells.

use std::sync::Arc;

use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::order::Order;

/// A row as it was at some moment. Rows are shared between states; a change makes another row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) id: u64,
    pub(crate) order: Order,
    /// Microseconds since 1970.
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) created_by: Option<u64>,
    pub(crate) updated_by: Option<u64>,
    pub(crate) trashed: bool,
    /// By field, in order of their ids. A field that is not there is empty.
    cells: Vec<(u64, Cell)>,
}

static EMPTY: Cell = Cell::Empty;

impl Row {
    pub(crate) fn new(id: u64, order: Order, now: i64, by: Option<u64>) -> Self {
        Self {
            id,
            order,
            created: now,
            updated: now,
            created_by: by,
            updated_by: by,
            trashed: false,
            cells: Vec::new(),
        }
    }

    pub(crate) fn cell(&self, field: u64) -> &Cell {
        match self.cells.binary_search_by_key(&field, |(id, _)| *id) {
            Ok(place) => &self.cells[place].1,
            Err(_) => &EMPTY,
        }
    }

    pub(crate) fn set(&mut self, field: u64, cell: Cell) {
        match (self.cells.binary_search_by_key(&field, |(id, _)| *id), cell) {
            (Ok(place), Cell::Empty) => drop(self.cells.remove(place)),
            (Ok(place), cell) => self.cells[place].1 = cell,
            (Err(_), Cell::Empty) => {}
            (Err(place), cell) => self.cells.insert(place, (field, cell)),
        }
    }

    pub(crate) fn cells(&self) -> &[(u64, Cell)] {
        &self.cells
    }

    /// Where it stands; no two rows of a table stand at one place.
    pub(crate) fn place(&self) -> (Order, u64) {
        (self.order, self.id)
    }
}

/// A shared row.
pub(crate) type RowRef = Arc<Row>;
