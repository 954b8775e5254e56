//! One collection's records and indexes.

use std::hash::BuildHasherDefault;
use std::sync::atomic::{AtomicU64, Ordering};

use imbl::shared_ptr::DefaultSharedPtr;
use imbl::{GenericHashMap, OrdMap};
use serde_json::{Map, Value};

use super::key::{self, Already, Key};
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
    /// In the order of the model's.
    indexes: Vec<ByKey>,
}

type ByKey = GenericHashMap<Key, Postings, BuildHasherDefault<Already>, DefaultSharedPtr>;

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
        Self {
            generation: fresh_generation(),
            next: 1,
            number: 0,
            records: OrdMap::new(),
            indexes: model.indexes.iter().map(|_| ByKey::default()).collect(),
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
        self.under(0, &key)?.iter().next().and_then(|sequence| self.records.get(&sequence))
    }

    /// The records that an index has under a key.
    pub(crate) fn under(&self, index: usize, key: &Key) -> Option<&Postings> {
        self.indexes[index].get(key)
    }

    pub(crate) fn insert(&mut self, model: &CollectionModel, record: Record) -> Result<(), Taken> {
        let sequence = record.sequence();
        let keys = Keys::of(model, record.fields());
        self.vacant(model, &keys, sequence)?;
        for (index, keys) in keys.by_index() {
            keys.iter().for_each(|key| self.note(index, *key, sequence));
        }
        self.records.insert(sequence, record);
        self.next = self.next.max(sequence + 1);
        self.generation = fresh_generation();
        Ok(())
    }

    /// Puts `record` in the place of the one with the same sequence number.
    pub(crate) fn replace(&mut self, model: &CollectionModel, record: Record) -> Result<(), Taken> {
        let sequence = record.sequence();
        let Some(old) = self.records.get(&sequence) else { return self.insert(model, record) };
        let (before, after) = (Keys::of(model, old.fields()), Keys::of(model, record.fields()));
        self.vacant(model, &after, sequence)?;
        for ((index, before), (_, after)) in before.by_index().zip(after.by_index()) {
            if before != after {
                before.iter().for_each(|key| self.forget(index, key, sequence));
                after.iter().for_each(|key| self.note(index, *key, sequence));
            }
        }
        self.records.insert(sequence, record);
        self.generation = fresh_generation();
        Ok(())
    }

    pub(crate) fn remove(&mut self, model: &CollectionModel, sequence: u64) -> Option<Record> {
        let record = self.records.remove(&sequence)?;
        for (index, keys) in Keys::of(model, record.fields()).by_index() {
            keys.iter().for_each(|key| self.forget(index, key, sequence));
        }
        self.generation = fresh_generation();
        Some(record)
    }

    fn vacant(&self, model: &CollectionModel, keys: &Keys, sequence: u64) -> Result<(), Taken> {
        for (index, keys) in keys.by_index().filter(|(index, _)| model.indexes[*index].unique) {
            let taken = |key: &Key| {
                self.under(index, key).is_some_and(|holders| holders.iter().any(|one| one != sequence))
            };
            if keys.iter().any(taken) {
                return Err(Taken(index));
            }
        }
        Ok(())
    }

    fn note(&mut self, index: usize, key: Key, sequence: u64) {
        self.indexes[index]
            .entry(key)
            .and_modify(|found| found.insert(sequence))
            .or_insert(Postings::One(sequence));
    }

    fn forget(&mut self, index: usize, key: &Key, sequence: u64) {
        if self.indexes[index].get_mut(key).is_some_and(|found| !found.remove(sequence)) {
            self.indexes[index].remove(key);
        }
    }
}

/// The keys under which the indexes of a collection hold a record.
struct Keys {
    all: Vec<Key>,
    /// Where those of each index end.
    ends: Vec<usize>,
}

impl Keys {
    fn of(model: &CollectionModel, fields: &Map<String, Value>) -> Self {
        let mut keys = Self {
            all: Vec::with_capacity(model.indexes.len()),
            ends: Vec::with_capacity(model.indexes.len()),
        };
        let mut own = Vec::new();
        for index in &model.indexes {
            key::of_record(index, fields, &mut own);
            keys.all.append(&mut own);
            keys.ends.push(keys.all.len());
        }
        keys
    }

    fn by_index(&self) -> impl Iterator<Item = (usize, &[Key])> {
        self.ends.iter().enumerate().map(|(index, end)| {
            let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
            (index, &self.all[start..*end])
        })
    }
}
