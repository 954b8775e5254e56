//! The rows of one table.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use imbl::{OrdMap, Vector};

use super::history::Change;
use super::index::{Column, Index};
use super::journal::Journal;
use super::listings::{Listing, Listings};
use super::row::{Row, RowRef};
use crate::platforms::baserow::rows::order::Order;
use crate::platforms::baserow::rows::query::Query;

/// The rows of one table, those in the trash too. A clone costs a few pointers.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// The last id that was given; none is given twice.
    pub(crate) last_id: u64,
    by_id: OrdMap<u64, RowRef>,
    /// Without those in the trash, by (order, id).
    in_order: Vector<RowRef>,
    /// The last number that each autonumber field gave.
    pub(super) numbers: OrdMap<u64, i64>,
    pub(super) history: OrdMap<(u64, u64), Arc<Change>>,
    /// A column's index is built when a listing first sorts or filters by it, and kept up to date from then on. It follows
    /// from the rows, so that building one is no change of the state, and whoever shares the state shares it.
    indexes: Mutex<BTreeMap<Column, Index>>,
    journal: Journal,
    /// They follow from the rows, as the indexes do.
    listings: Mutex<Listings>,
}

impl Clone for Table {
    fn clone(&self) -> Self {
        Self {
            last_id: self.last_id,
            by_id: self.by_id.clone(),
            in_order: self.in_order.clone(),
            numbers: self.numbers.clone(),
            history: self.history.clone(),
            indexes: Mutex::new(self.indexes().clone()),
            journal: self.journal.clone(),
            listings: Mutex::new(self.listings().clone()),
        }
    }
}

impl Table {
    fn indexes(&self) -> std::sync::MutexGuard<'_, BTreeMap<Column, Index>> {
        self.indexes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn listings(&self) -> std::sync::MutexGuard<'_, Listings> {
        self.listings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A listing that was kept, and the rows that were touched since, by id; `None` when that were too many.
    pub(crate) fn kept_listing(&self, query: &Query) -> Option<(Listing, Vec<u64>)> {
        let listing = self.listings().find(query)?;
        let mut touched = self.journal.since(listing.seen)?;
        touched.sort_unstable();
        touched.dedup();
        Some((listing, touched))
    }

    /// Keeps what a query finds among the rows as they are.
    pub(crate) fn keep_listing(&self, query: &Query, ids: Arc<Vec<u64>>) {
        self.listings().keep(query, self.journal.now(), ids);
    }

    /// How many rows are not in the trash.
    pub(crate) fn len(&self) -> usize {
        self.in_order.len()
    }

    /// A row that is not in the trash.
    pub(crate) fn get(&self, id: u64) -> Option<&RowRef> {
        self.by_id.get(&id).filter(|row| !row.trashed)
    }

    /// A row, wherever it is.
    pub(crate) fn get_any(&self, id: u64) -> Option<&RowRef> {
        self.by_id.get(&id)
    }

    /// All rows, wherever they are, by id.
    pub(super) fn rows_by_id(&self) -> &OrdMap<u64, RowRef> {
        &self.by_id
    }

    /// All rows in order.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &RowRef> + Clone {
        self.in_order.iter()
    }

    /// The rows at these places.
    pub(crate) fn slice(&self, places: Range<usize>) -> impl Iterator<Item = &RowRef> {
        let places = places.start.min(self.len())..places.end.min(self.len());
        self.in_order.focus().narrow(places).into_iter()
    }

    /// All rows, those in the trash too, by id.
    pub(crate) fn all(&self) -> impl Iterator<Item = &RowRef> {
        self.by_id.values()
    }

    /// Where a row stands among the others.
    pub(crate) fn position(&self, row: &Row) -> Option<usize> {
        self.in_order.binary_search_by(|one| one.place().cmp(&row.place())).ok()
    }

    /// The row at a place.
    pub(crate) fn at(&self, place: usize) -> Option<&RowRef> {
        self.in_order.get(place)
    }

    /// The index of a column.
    pub(crate) fn index(&self, column: Column) -> Index {
        let mut indexes = self.indexes();
        indexes.entry(column).or_insert_with(|| Index::build(column, self.in_order.iter())).clone()
    }

    /// Forgets a field's index: its cells are about to be others.
    pub(crate) fn forget_index(&mut self, field: u64) {
        self.indexes().remove(&Column::Field(field));
    }

    /// Gives the next id.
    pub(crate) fn take_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Gives an autonumber field's next number.
    pub(crate) fn take_number(&mut self, field: u64) -> i64 {
        let next = self.numbers.get(&field).copied().unwrap_or(0) + 1;
        self.numbers.insert(field, next);
        next
    }

    /// Lets an autonumber field go on after this number.
    pub(crate) fn reserve_number(&mut self, field: u64, number: i64) {
        let last = self.numbers.get(&field).copied().unwrap_or(0);
        self.numbers.insert(field, last.max(number));
    }

    /// Puts a row in, in place of the one that had its id.
    pub(crate) fn put(&mut self, row: Row) -> RowRef {
        let row: RowRef = Arc::new(row);
        self.last_id = self.last_id.max(row.id);
        let before = self.by_id.insert(row.id, row.clone());
        let before = before.filter(|one| !one.trashed);
        match (&before, row.trashed) {
            (Some(before), false) if before.place() == row.place() => {
                if let Some(place) = self.position(before) {
                    self.in_order.set(place, row.clone());
                }
            }
            _ => {
                if let Some(place) = before.as_ref().and_then(|before| self.position(before)) {
                    self.in_order.remove(place);
                }
                if !row.trashed {
                    self.insert_in_order(row.clone());
                }
            }
        }
        self.reindex(before.as_deref(), (!row.trashed).then_some(&*row));
        self.journal.note(row.id);
        row
    }

    fn insert_in_order(&mut self, row: RowRef) {
        if self.in_order.last().is_none_or(|last| last.place() < row.place()) {
            self.in_order.push_back(row);
        } else if let Err(place) = self.in_order.binary_search_by(|one| one.place().cmp(&row.place())) {
            self.in_order.insert(place, row);
        }
    }

    fn reindex(&mut self, before: Option<&Row>, after: Option<&Row>) {
        let indexes = self.indexes.get_mut().unwrap_or_else(PoisonError::into_inner);
        for (column, index) in indexes {
            if let (Some(before), Some(after)) = (before, after)
                && before.place() == after.place()
                && column.key(before) == column.key(after)
            {
                continue;
            }
            if let Some(before) = before {
                index.remove(*column, before);
            }
            if let Some(after) = after {
                index.insert(*column, after);
            }
        }
    }

    /// Takes a row out for good.
    pub(crate) fn forget(&mut self, id: u64) {
        let Some(row) = self.by_id.remove(&id) else { return };
        if !row.trashed {
            if let Some(place) = self.position(&row) {
                self.in_order.remove(place);
            }
            self.reindex(Some(&row), None);
            self.journal.note(id);
        }
    }

    /// The place after the last row. Rows in the trash keep theirs.
    pub(crate) fn order_at_end(&self) -> Order {
        self.in_order.last().map_or(Order::ZERO, |last| last.order).next()
    }

    /// Places for `count` rows before another, each after the one before; the table is renumbered when they run out.
    pub(crate) fn orders_before(&mut self, row: u64, count: usize) -> Vec<Order> {
        if let Some(orders) = self.try_orders_before(row, count) {
            return orders;
        }
        self.renumber();
        self.try_orders_before(row, count).unwrap_or_default()
    }

    fn try_orders_before(&self, row: u64, count: usize) -> Option<Vec<Order>> {
        let row = self.get(row)?;
        let place = self.position(row)?;
        let mut low =
            place.checked_sub(1).and_then(|place| self.at(place)).map_or(Order::ZERO, |one| one.order);
        let mut orders = Vec::with_capacity(count);
        for _ in 0..count {
            low = Order::between(low, row.order)?;
            orders.push(low);
        }
        Some(orders)
    }

    /// Gives the rows the whole numbers from 1, in the order they have.
    fn renumber(&mut self) {
        let rows: Vec<_> = self.in_order.iter().cloned().collect();
        self.in_order = Vector::new();
        for (place, row) in rows.into_iter().enumerate() {
            let mut row = (*row).clone();
            row.order = Order::whole(place as u64 + 1);
            let row = Arc::new(row);
            self.by_id.insert(row.id, row.clone());
            self.in_order.push_back(row);
        }
        self.indexes().clear();
    }
}
