//! Rows ordered by one of their columns.

use std::ops::{Bound, Range};

use imbl::Vector;

use super::key::SortKey;
use super::row::{Row, RowRef};
use crate::platforms::baserow::rows::order::Order;

/// What an index orders by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Column {
    /// The stored cell of a field.
    Field(u64),
    /// When the row was made.
    Created,
    /// When it was last changed.
    Updated,
}

impl Column {
    pub(crate) fn key(self, row: &Row) -> SortKey {
        match self {
            Self::Field(field) => SortKey::of(row.cell(field)),
            Self::Created => SortKey::Whole(row.created),
            Self::Updated => SortKey::Whole(row.updated),
        }
    }
}

/// The rows of a table, without those in the trash, by (key, order, id). Persistent: a clone is a pointer, and a place is
/// found in logarithmic time, so that counts and pages of a range need no walk.
#[derive(Clone, Debug)]
pub(crate) struct Index(Vector<Entry>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    pub(crate) key: SortKey,
    order: Order,
    pub(crate) id: u64,
}

impl Index {
    pub(crate) fn build<'r>(column: Column, rows: impl Iterator<Item = &'r RowRef>) -> Self {
        let mut entries: Vec<_> = rows.map(|row| entry(column, row)).collect();
        entries.sort_unstable();
        Self(entries.into_iter().collect())
    }

    pub(super) fn insert(&mut self, column: Column, row: &Row) {
        let entry = entry(column, row);
        if let Err(place) = self.0.binary_search(&entry) {
            self.0.insert(place, entry);
        }
    }

    pub(super) fn remove(&mut self, column: Column, row: &Row) {
        if let Ok(place) = self.0.binary_search(&entry(column, row)) {
            self.0.remove(place);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The places of the keys between two bounds.
    pub(crate) fn range(&self, low: &Bound<SortKey>, high: &Bound<SortKey>) -> Range<usize> {
        let start = match low {
            Bound::Unbounded => 0,
            Bound::Included(key) => self.first(|one| one >= key),
            Bound::Excluded(key) => self.first(|one| one > key),
        };
        let end = match high {
            Bound::Unbounded => self.len(),
            Bound::Included(key) => self.first(|one| one > key),
            Bound::Excluded(key) => self.first(|one| one >= key),
        };
        start..end.max(start)
    }

    /// The first place whose key passes; keys that pass come after those that do not.
    fn first(&self, passes: impl Fn(&SortKey) -> bool) -> usize {
        let order = |entry: &Entry| {
            if passes(&entry.key) { std::cmp::Ordering::Greater } else { std::cmp::Ordering::Less }
        };
        self.0.binary_search_by(order).unwrap_or_else(|place| place)
    }

    /// The entries at these places.
    pub(crate) fn entries(&self, places: Range<usize>) -> impl DoubleEndedIterator<Item = &Entry> {
        self.0.focus().narrow(places).into_iter()
    }

    /// The group of equal keys that begins at a place.
    pub(crate) fn group_after(&self, start: usize) -> Range<usize> {
        let key = |place: usize| self.0.get(place).map(|entry| &entry.key);
        let Some(own) = key(start) else { return start..start };
        // Most keys are there once: that is seen without a search.
        let end = if key(start + 1) == Some(own) { self.first(|one| one > own) } else { start + 1 };
        start..end
    }

    /// The group of equal keys that ends before a place.
    pub(crate) fn group_before(&self, end: usize) -> Range<usize> {
        let key = |place: Option<usize>| self.0.get(place?).map(|entry| &entry.key);
        let last = end.checked_sub(1);
        let Some(own) = key(last) else { return end..end };
        let alone = key(end.checked_sub(2)) != Some(own);
        let start = if alone { end - 1 } else { self.first(|one| one >= own) };
        start..end
    }

    /// The group of equal keys that a place belongs to.
    pub(crate) fn group(&self, place: usize) -> Range<usize> {
        let Some(key) = self.0.get(place).map(|entry| &entry.key) else { return place..place };
        self.first(|one| one >= key)..self.first(|one| one > key)
    }
}

fn entry(column: Column, row: &Row) -> Entry {
    Entry { key: column.key(row), order: row.order, id: row.id }
}
