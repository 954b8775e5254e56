//! One collection's records and indexes.

use std::sync::atomic::{AtomicU64, Ordering};

use imbl::{HashMap, OrdMap};
use serde_json::Value;

use super::key::{self, Key};
use super::postings::Postings;
use super::record::Record;
use crate::model::CollectionModel;

/// The records of a collection. A clone shares everything.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Two tables of one generation hold the same records.
    generation: u64,
    /// The next record's place in the order of creation.
    next: u64,
    /// The last number that `x-assign: sequence` gave.
    number: u64,
    records: OrdMap<u64, Record>,
    indexes: Vec<Index>,
}

#[derive(Clone, Debug)]
enum Index {
    Unique(HashMap<Key, u64>),
    Many(HashMap<Key, Postings>),
}

/// The unique index whose key is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken(pub(crate) usize);

fn fresh_generation() -> u64 {
    // One counter for the whole process: numbers need to differ between namespaces that share records, not to repeat.
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

impl Table {
    pub(crate) fn new(model: &CollectionModel) -> Self {
        let index = |unique| if unique { Index::Unique(HashMap::new()) } else { Index::Many(HashMap::new()) };
        Self {
            generation: fresh_generation(),
            next: 1,
            number: 0,
            records: OrdMap::new(),
            indexes: model.indexes.iter().map(|one| index(one.unique)).collect(),
        }
    }

    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The next number of `x-assign: sequence`.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    /// Numbers that are in use are not given again.
    pub(crate) fn reserve_number(&mut self, used: u64) {
        self.number = self.number.max(used);
    }

    /// The place in the order of creation that the next record takes.
    pub(crate) fn next_sequence(&self) -> u64 {
        self.next
    }

    pub(crate) fn get(&self, sequence: u64) -> Option<&Record> {
        self.records.get(&sequence)
    }

    /// In order of creation.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.records.values()
    }

    pub(crate) fn by_key(&self, model: &CollectionModel, value: &Value) -> Option<&Record> {
        let key = key::of_value(value, model.indexes[0].fields[0].1)?;
        match self.indexes.first()? {
            Index::Unique(all) => all.get(&key).and_then(|sequence| self.records.get(sequence)),
            Index::Many(_) => None,
        }
    }

    /// How many records an index has under a key.
    pub(crate) fn count(&self, index: usize, key: &Key) -> usize {
        match &self.indexes[index] {
            Index::Unique(all) => usize::from(all.contains_key(key)),
            Index::Many(all) => all.get(key).map_or(0, Postings::len),
        }
    }

    /// The records that an index has under a key, in order of creation.
    pub(crate) fn under(&self, index: usize, key: &Key) -> Vec<u64> {
        match &self.indexes[index] {
            Index::Unique(all) => all.get(key).copied().into_iter().collect(),
            Index::Many(all) => all.get(key).map(|found| found.iter().collect()).unwrap_or_default(),
        }
    }

    pub(crate) fn insert(&mut self, model: &CollectionModel, record: Record) -> Result<(), Taken> {
        let sequence = record.sequence();
        let keys: Vec<_> = model.indexes.iter().map(|index| key::of_record(index, record.fields())).collect();
        self.vacant(&keys, sequence)?;
        for (index, keys) in keys.into_iter().enumerate() {
            keys.into_iter().for_each(|key| self.note(index, key, sequence));
        }
        self.records.insert(sequence, record);
        self.next = self.next.max(sequence + 1);
        self.generation = fresh_generation();
        Ok(())
    }

    /// Puts `record` in the place of the one with the same sequence number.
    pub(crate) fn replace(&mut self, model: &CollectionModel, record: Record) -> Result<(), Taken> {
        let sequence = record.sequence();
        let Some(old) = self.records.get(&sequence).cloned() else { return self.insert(model, record) };
        let keys: Vec<_> = model.indexes.iter().map(|index| key::of_record(index, record.fields())).collect();
        self.vacant(&keys, sequence)?;
        for (position, (keys, index)) in keys.into_iter().zip(&model.indexes).enumerate() {
            let before = key::of_record(index, old.fields());
            if before != keys {
                before.iter().for_each(|key| self.forget(position, key, sequence));
                keys.into_iter().for_each(|key| self.note(position, key, sequence));
            }
        }
        self.records.insert(sequence, record);
        self.generation = fresh_generation();
        Ok(())
    }

    pub(crate) fn remove(&mut self, model: &CollectionModel, sequence: u64) -> Option<Record> {
        let record = self.records.remove(&sequence)?;
        for (position, index) in model.indexes.iter().enumerate() {
            for key in key::of_record(index, record.fields()) {
                self.forget(position, &key, sequence);
            }
        }
        self.generation = fresh_generation();
        Some(record)
    }

    fn vacant(&self, keys: &[Vec<Key>], sequence: u64) -> Result<(), Taken> {
        for (position, (index, keys)) in self.indexes.iter().zip(keys).enumerate() {
            if let Index::Unique(all) = index
                && keys.iter().any(|key| all.get(key).is_some_and(|holder| *holder != sequence))
            {
                return Err(Taken(position));
            }
        }
        Ok(())
    }

    fn note(&mut self, index: usize, key: Key, sequence: u64) {
        match &mut self.indexes[index] {
            Index::Unique(all) => {
                all.insert(key, sequence);
            }
            Index::Many(all) => match all.get_mut(&key) {
                Some(found) => found.insert(sequence),
                None => {
                    all.insert(key, Postings::One(sequence));
                }
            },
        }
    }

    fn forget(&mut self, index: usize, key: &Key, sequence: u64) {
        match &mut self.indexes[index] {
            Index::Unique(all) => {
                all.remove(key);
            }
            Index::Many(all) => {
                if all.get_mut(key).is_some_and(|found| !found.remove(sequence)) {
                    all.remove(key);
                }
            }
        }
    }
}
