//! Rows, kept beside the collections: persistent, indexed by the columns that listings use.

mod changes;
mod extension;
mod history;
mod index;
mod journal;
mod json;
mod key;
mod listings;
mod persist_cell;
mod relations;
mod row;
mod table;

use std::sync::Arc;

use imbl::OrdMap;

use crate::platforms::baserow::undo::History;

pub(crate) use changes::LinkChanges;
pub(crate) use history::Change;
pub(crate) use index::{Column, Entry, Index};
pub(crate) use key::SortKey;
pub(crate) use relations::Relations;
pub(crate) use row::{Row, RowRef};
pub(crate) use table::Table;

/// The rows of all tables and the links between them. A clone costs a few pointers.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowStore {
    tables: OrdMap<u64, Arc<Table>>,
    pub(crate) relations: Relations,
    last_change: u64,
    /// What can be undone. It is not written into state files.
    pub(in crate::platforms::baserow) undo: History,
}

impl RowStore {
    /// A table's rows; a table that never had one has none.
    pub(crate) fn table(&self, table: u64) -> &Table {
        static NONE: std::sync::LazyLock<Table> = std::sync::LazyLock::new(Table::default);
        self.tables.get(&table).map_or(&NONE, |table| table)
    }

    pub(crate) fn table_mut(&mut self, table: u64) -> &mut Table {
        Arc::make_mut(self.tables.entry(table).or_default())
    }

    /// Notes a change of a row in its history.
    pub(crate) fn note(&mut self, table: u64, row: u64, change: Change) {
        self.last_change += 1;
        let id = self.last_change;
        self.table_mut(table).note(row, id, change);
    }

    /// Forgets a table and its rows.
    pub(crate) fn forget_table(&mut self, table: u64) {
        self.tables.remove(&table);
    }
}

#[cfg(test)]
mod tests;
