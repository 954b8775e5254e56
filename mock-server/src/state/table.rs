//! One collection's records and indexes.

use std::hash::BuildHasherDefault;
use std::sync::atomic::{AtomicU64, Ordering};

use imbl::shared_ptr::DefaultSharedPtr;
use imbl::{GenericHashMap, OrdMap};
use serde_json::{Map, Value};

use super::key::{self, Already, Key};
use super::postings::Postings;
use super::recent::{Held, Keys, Recent};
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
    /// What is in neither yet.
    recent: Recent,
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
            recent: Recent::default(),
        }
    }

    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    pub(crate) fn len(&self) -> usize {
        self.records.len() + self.recent.len()
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
        self.records.get(&sequence).or_else(|| self.recent.get(sequence))
    }

    /// In order of creation.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.records.values().chain(self.recent.in_order())
    }

    /// So many of them in order of creation, after so many.
    pub(crate) fn page(&self, skip: usize, take: usize) -> Vec<Record> {
        let mut page = Vec::with_capacity(take.min(self.len().saturating_sub(skip)));
        let first = self.records.get_min().map_or(self.next, |(first, _)| *first);
        let all = u64::try_from(self.len()).unwrap_or(u64::MAX);
        // Where none was ever removed the place of a record says how many come before it.
        match u64::try_from(skip) {
            Ok(skip) if skip > 0 && self.next - first == all => {
                let from = first.saturating_add(skip);
                let settled = self.records.range(from..).map(|(_, record)| record);
                let recent = self.recent.in_order().filter(|record| record.sequence() >= from);
                page.extend(settled.chain(recent).take(take).cloned());
            }
            _ => page.extend(self.iter().skip(skip).take(take).cloned()),
        }
        page
    }

    pub(crate) fn by_key(&self, model: &CollectionModel, value: &Value) -> Option<&Record> {
        let key = key::of_value(value, model.indexes[0].fields[0].1)?;
        match self.indexes[0].get(&key).and_then(|found| found.iter().next()) {
            Some(sequence) => self.records.get(&sequence),
            None => self.get(*self.recent.under(0, &key).first()?),
        }
    }

    /// The records that an index has under a key.
    pub(crate) fn under(&self, index: usize, key: &Key) -> Option<Held<'_>> {
        Held::new(self.indexes[index].get(key), self.recent.under(index, key))
    }

    pub(crate) fn insert(&mut self, model: &CollectionModel, record: Record) -> Result<(), Taken> {
        let sequence = record.sequence();
        let keys = Keys::of(model, record.fields());
        self.vacant(model, &keys, sequence)?;
        if self.recent.is_full() {
            self.settle();
        }
        // A sequence number below `next` was another record's, which has been removed.
        match sequence >= self.next {
            true => self.recent.push(record, keys),
            false => {
                self.settle();
                self.plant(record, &keys);
            }
        }
        self.next = self.next.max(sequence + 1);
        self.generation = fresh_generation();
        Ok(())
    }

    /// Puts what came last into the trees: many at once copy a node once.
    fn settle(&mut self) {
        let recent = std::mem::take(&mut self.recent);
        for (record, keys) in recent.with_keys() {
            self.plant(record.clone(), keys);
        }
    }

    fn plant(&mut self, record: Record, keys: &Keys) {
        let sequence = record.sequence();
        for (index, keys) in keys.by_index() {
            keys.iter().for_each(|key| self.note(index, *key, sequence));
        }
        self.records.insert(sequence, record);
    }

    /// Puts `record` in the place of the one with the same sequence number.
    pub(crate) fn replace(&mut self, model: &CollectionModel, record: Record) -> Result<(), Taken> {
        let sequence = record.sequence();
        self.settle();
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
        self.settle();
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
}
