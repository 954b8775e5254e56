//! The records that came last, on a stack before the table's trees: a record that is added copies no node of a tree.

use std::sync::Arc;

use super::key::Key;
use super::postings::{Numbers, Postings};
use super::record::Record;

/// As many wait at most. Whoever looks something up walks past them.
pub(crate) const MOST: usize = 32;

/// Records in the order of creation, all younger than those in the trees. A clone shares them.
#[derive(Clone, Debug, Default)]
pub(super) struct Recent {
    top: Option<Arc<Entry>>,
    length: usize,
}

#[derive(Debug)]
struct Entry {
    record: Record,
    keys: Keys,
    below: Option<Arc<Entry>>,
}

/// The keys under which the indexes of a collection hold a record.
#[derive(Debug, PartialEq)]
pub(super) struct Keys {
    pub(super) all: Vec<Key>,
    /// Where those of each index end.
    pub(super) ends: Vec<usize>,
}

/// What an index holds under one key: sequence numbers in order, those of the trees and then the recent ones.
#[derive(Clone, Debug)]
pub(crate) struct Held<'t> {
    settled: Option<&'t Postings>,
    recent: Vec<u64>,
}

impl Keys {
    fn of_index(&self, index: usize) -> &[Key] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[index]]
    }

    pub(super) fn by_index(&self) -> impl Iterator<Item = (usize, &[Key])> {
        (0..self.ends.len()).map(|index| (index, self.of_index(index)))
    }
}

impl Recent {
    pub(super) fn len(&self) -> usize {
        self.length
    }

    pub(super) fn is_full(&self) -> bool {
        self.length >= MOST
    }

    pub(super) fn push(&mut self, record: Record, keys: Keys) {
        self.top = Some(Arc::new(Entry { record, keys, below: self.top.take() }));
        self.length += 1;
    }

    /// From the youngest to the oldest.
    fn entries(&self) -> impl Iterator<Item = &Entry> {
        std::iter::successors(self.top.as_deref(), |entry| entry.below.as_deref())
    }

    /// From the oldest to the youngest.
    pub(super) fn in_order(&self) -> std::vec::IntoIter<&Record> {
        let mut records = Vec::with_capacity(self.length);
        records.extend(self.entries().map(|entry| &entry.record));
        records.reverse();
        records.into_iter()
    }

    /// Each with its keys, from the oldest to the youngest.
    pub(super) fn with_keys(&self) -> impl Iterator<Item = (&Record, &Keys)> {
        let mut entries: Vec<_> = self.entries().collect();
        entries.reverse();
        entries.into_iter().map(|entry| (&entry.record, &entry.keys))
    }

    pub(super) fn get(&self, sequence: u64) -> Option<&Record> {
        self.entries().map(|entry| &entry.record).find(|record| record.sequence() == sequence)
    }

    /// The sequence numbers under a key of an index, in order.
    pub(super) fn under(&self, index: usize, key: &Key) -> Vec<u64> {
        let holders = self.entries().filter(|entry| entry.keys.of_index(index).contains(key));
        let mut numbers: Vec<u64> = holders.map(|entry| entry.record.sequence()).collect();
        numbers.reverse();
        numbers
    }
}

impl<'t> Held<'t> {
    /// `None` when there is nothing.
    pub(super) fn new(settled: Option<&'t Postings>, recent: Vec<u64>) -> Option<Self> {
        (settled.is_some() || !recent.is_empty()).then_some(Self { settled, recent })
    }

    pub(crate) fn len(&self) -> usize {
        self.settled.map_or(0, Postings::len) + self.recent.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> + use<'_, 't> {
        self.settled.map_or(Numbers::One(None), Postings::iter).chain(self.recent.iter().copied())
    }

    /// The same, for good.
    pub(crate) fn into_numbers(self) -> impl Iterator<Item = u64> + use<'t> {
        self.settled.map_or(Numbers::One(None), Postings::iter).chain(self.recent)
    }
}

#[cfg(test)]
impl<'t> From<&'t Postings> for Held<'t> {
    fn from(settled: &'t Postings) -> Self {
        Self { settled: Some(settled), recent: Vec::new() }
    }
}
