//! Transactions: a state in the making, which keeps keys unique and references whole.

use std::collections::HashSet;

use serde_json::{Map, Value};
use tercet_spec::contract::OnDelete;

use super::record::Record;
use super::table::Taken;
use super::value::State;
use crate::outcome::Outcome;
use crate::state::{Held, of_value};

/// A state in the making: commit it, or forget it.
#[derive(Clone, Debug)]
pub struct Transaction {
    pub(crate) state: State,
    /// Records whose references have not been looked at since they were written.
    unsettled: Vec<(usize, u64)>,
    changes: Vec<(Record, ChangeKind)>,
}

/// Something that a transaction did.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The collection.
    pub collection: String,
    /// The record's key.
    pub key: Value,
    /// What became of it.
    pub kind: ChangeKind,
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was made.
    Created,
    /// It was changed.
    Updated,
    /// It was removed.
    Deleted,
}

impl Transaction {
    /// Begins with `state`, which stays as it is.
    #[must_use]
    pub fn begin(state: &State) -> Self {
        Self { state: state.clone(), unsettled: Vec::new(), changes: Vec::new() }
    }

    /// The state with what was done so far.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What was done so far, in order.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        let change = |(record, kind): &(Record, ChangeKind)| Change {
            collection: self.state.model.collections[record.collection()].name.clone(),
            key: self.state.key_of(record).clone(),
            kind: *kind,
        };
        self.changes.iter().map(change).collect()
    }

    /// The places of the records that something was done to, in order.
    pub(super) fn changed(&self) -> impl Iterator<Item = (usize, u64)> {
        self.changes.iter().map(|(record, _)| (record.collection(), record.sequence()))
    }

    /// Adds a record that was there once, in its old place.
    pub(super) fn put_again(&mut self, record: &Record) -> Result<(), Outcome> {
        let model = self.state.model.clone();
        let (collection, own) = (record.collection(), &model.collections[record.collection()]);
        let table = self.state.table_mut(collection);
        table.insert(own, record.clone()).map_err(|taken| self.taken(collection, taken))?;
        self.note(record, ChangeKind::Created);
        Ok(())
    }

    /// Whether something was done since `before`, a copy of this transaction.
    pub(crate) fn differs(&self, before: &Self) -> bool {
        self.changes.len() != before.changes.len() || !self.state.extension.is(&before.state.extension)
    }

    /// The new state.
    #[must_use]
    pub fn commit(self) -> State {
        self.state
    }

    /// Adds a record. Its references are looked at by [`settle`](Self::settle).
    pub(crate) fn insert(
        &mut self,
        collection: usize,
        fields: Map<String, Value>,
    ) -> Result<Record, Outcome> {
        let model = self.state.model.clone();
        let own = &model.collections[collection];
        if fields.get(&own.key).is_none_or(Value::is_null) {
            return Err(Outcome::invalid("").field(&own.key, format!("`{}` is missing", own.key)));
        }
        let table = self.state.table_mut(collection);
        let record = Record::new(collection, table.next_sequence(), fields);
        table.insert(own, record.clone()).map_err(|taken| self.taken(collection, taken))?;
        self.note(&record, ChangeKind::Created);
        Ok(record)
    }

    /// Gives a record new fields.
    pub(crate) fn replace(&mut self, record: &Record, fields: Map<String, Value>) -> Result<Record, Outcome> {
        let model = self.state.model.clone();
        let own = &model.collections[record.collection()];
        if fields.get(&own.key).is_none_or(Value::is_null) {
            return Err(Outcome::invalid("").field(&own.key, format!("`{}` is missing", own.key)));
        }
        if fields.get(&own.key) != record.get(&own.key) && self.is_referred_to(record) {
            return Err(Outcome::conflict(format!(
                "`{}` cannot change while other records refer to it",
                own.key
            )));
        }
        let next = Record::new(record.collection(), record.sequence(), fields);
        let table = self.state.table_mut(record.collection());
        table.replace(own, next.clone()).map_err(|taken| self.taken(record.collection(), taken))?;
        self.note(&next, ChangeKind::Updated);
        Ok(next)
    }

    /// Removes records, and does to those that refer to them what the references say.
    pub(crate) fn delete(&mut self, records: &[Record]) -> Result<(), Outcome> {
        let mut doomed: HashSet<(usize, u64)> = HashSet::new();
        let mut order: Vec<Record> = Vec::new();
        let mut restricted = Vec::new();
        let mut cleared = Vec::new();
        let mut waiting: Vec<Record> = records.to_vec();
        while let Some(record) = waiting.pop() {
            if !doomed.insert((record.collection(), record.sequence())) {
                continue;
            }
            for (referrer, found) in self.referring(&record) {
                match referrer {
                    OnDelete::Cascade => waiting.push(found),
                    OnDelete::Restrict => restricted.push(found),
                    OnDelete::Clear => cleared.push(found),
                }
            }
            order.push(record);
        }
        let stays = |record: &Record| !doomed.contains(&(record.collection(), record.sequence()));
        if let Some(holder) = restricted.iter().find(|record| stays(record)) {
            let name = &self.state.model.collections[holder.collection()].name;
            return Err(Outcome::conflict(format!("a record of `{name}` still refers to it")));
        }
        for record in cleared.iter().filter(|record| stays(record)) {
            self.clear(record, &order)?;
        }
        for record in order {
            self.note(&record, ChangeKind::Deleted);
            let model = self.state.model.clone();
            let own = &model.collections[record.collection()];
            self.state.table_mut(record.collection()).remove(own, record.sequence());
        }
        Ok(())
    }

    /// Looks at the references of everything written since the last time.
    pub(crate) fn settle(&mut self) -> Result<(), Outcome> {
        for (collection, sequence) in std::mem::take(&mut self.unsettled) {
            // What was removed again refers to nothing.
            if let Some(record) = self.state.table(collection).get(sequence) {
                self.references_of(record)?;
            }
        }
        Ok(())
    }

    /// Whether everything that a record refers to is there.
    pub(crate) fn references_of(&self, record: &Record) -> Result<(), Outcome> {
        let model = &self.state.model.collections[record.collection()];
        for (name, field) in &model.fields {
            let (Some(refers), Some(value)) = (field.reference, record.get(name)) else { continue };
            let keys = match value {
                Value::Array(members) if refers.many => members.as_slice(),
                one => std::slice::from_ref(one),
            };
            if keys.iter().any(|key| !key.is_null() && self.state.find(refers.to, key).is_none()) {
                let target = &self.state.model.collections[refers.to].name;
                return Err(
                    Outcome::invalid("").field(name, format!("`{name}` names no record of `{target}`"))
                );
            }
        }
        Ok(())
    }

    fn note(&mut self, record: &Record, kind: ChangeKind) {
        if kind != ChangeKind::Deleted {
            self.unsettled.push((record.collection(), record.sequence()));
        }
        self.changes.push((record.clone(), kind));
    }

    fn taken(&self, collection: usize, Taken(index): Taken) -> Outcome {
        let model = &self.state.model.collections[collection];
        let names: Vec<_> = model.indexes[index].fields.iter().map(|(name, _)| name.as_str()).collect();
        let sentence =
            format!("another record of `{}` has the same `{}` already", model.name, names.join("` and `"));
        names.iter().fold(Outcome::conflict(sentence.clone()), |mut outcome, name| {
            outcome.fields.insert((*name).to_owned(), vec![sentence.clone()]);
            outcome
        })
    }

    fn is_referred_to(&self, record: &Record) -> bool {
        let itself = |found: &Record| {
            (found.collection(), found.sequence()) == (record.collection(), record.sequence())
        };
        self.referring(record).any(|(_, found)| !itself(&found))
    }

    /// The records that refer to this one, and what is to become of them.
    fn referring(&self, record: &Record) -> impl Iterator<Item = (OnDelete, Record)> {
        let own = &self.state.model.collections[record.collection()];
        let value = self.state.key_of(record);
        own.referrers.iter().flat_map(move |referrer| {
            let fold = self.state.model.collections[referrer.collection].indexes[referrer.index].fields[0].1;
            let table = self.state.table(referrer.collection);
            let found = of_value(value, fold).and_then(|key| table.under(referrer.index, &key));
            found
                .into_iter()
                .flat_map(Held::into_numbers)
                .filter_map(|one| Some((referrer.on_delete, table.get(one)?.clone())))
        })
    }

    /// Takes the keys of `gone` out of a record's `on-delete: clear` references.
    fn clear(&mut self, record: &Record, gone: &[Record]) -> Result<(), Outcome> {
        // It may have been cleared of another record already.
        let Some(record) = self.state.table(record.collection()).get(record.sequence()).cloned() else {
            return Ok(());
        };
        let model = self.state.model.clone();
        let mut fields = record.fields().clone();
        for target in gone {
            let key = self.state.key_of(target);
            let referrers = model.collections[target.collection()].referrers.iter();
            for referrer in referrers
                .filter(|one| one.collection == record.collection() && one.on_delete == OnDelete::Clear)
            {
                match fields.get_mut(&referrer.field) {
                    Some(Value::Array(members)) if referrer.many => members.retain(|member| member != key),
                    Some(value) if value == key => *value = Value::Null,
                    _ => {}
                }
            }
        }
        if &fields != record.fields() {
            self.replace(&record, fields)?;
        }
        Ok(())
    }
}
