//! The state of all collections as one value.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::key::of_value;
use super::recent::Held;
use super::record::Record;
use super::table::Table;
use crate::entropy::Entropy;
use crate::extension::{Extension, Slot};
use crate::model::Model;
use crate::outcome::Outcome;
use crate::scope::equal;

/// All records of all collections. A clone costs a nanosecond, and what is done to one does not show in the other.
#[derive(Clone)]
pub struct State {
    pub(crate) model: Arc<Model>,
    pub(crate) tables: Arc<Vec<Arc<Table>>>,
    pub(crate) entropy: Entropy,
    pub(crate) extension: Slot,
}

impl State {
    pub(crate) fn empty(model: Arc<Model>, entropy: Entropy, extension: Box<dyn Extension>) -> Self {
        let tables = model.collections.iter().map(|one| Arc::new(Table::new(one))).collect();
        Self { model, tables: Arc::new(tables), entropy, extension: Slot::new(extension) }
    }

    pub(crate) fn table(&self, collection: usize) -> &Table {
        &self.tables[collection]
    }

    pub(crate) fn table_mut(&mut self, collection: usize) -> &mut Table {
        Arc::make_mut(&mut Arc::make_mut(&mut self.tables)[collection])
    }

    pub(crate) fn find(&self, collection: usize, key: &Value) -> Option<&Record> {
        self.table(collection).by_key(&self.model.collections[collection], key)
    }

    /// The records whose fields have these values, in order of creation.
    pub(crate) fn matching<'s>(
        &'s self,
        collection: usize,
        fields: &[(&str, &Value)],
    ) -> impl Iterator<Item = &'s Record> + use<'s> {
        let model = &self.model.collections[collection];
        let table = self.table(collection);
        let wanted: Vec<(String, Value, bool)> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).clone(), model.fold(name)))
            .collect();
        let indexed = fields.iter().filter_map(|(name, value)| {
            let index = model.field(name)?.index?;
            let key = of_value(value, model.indexes[index].fields[0].1)?;
            Some(table.under(index, &key))
        });
        let found = indexed.min_by_key(|found| found.as_ref().map_or(0, Held::len));
        let scan = found.is_none().then(|| table.iter()).into_iter().flatten();
        let few = found.flatten().into_iter().flat_map(Held::into_numbers);
        let passes = move |record: &&Record| {
            wanted.iter().all(|(name, value, fold)| {
                let own = record.get(name).unwrap_or(&Value::Null);
                let member = own.as_array().is_some_and(|all| all.iter().any(|one| equal(one, value, *fold)));
                member || equal(own, value, *fold)
            })
        };
        few.filter_map(|one| table.get(one)).chain(scan).filter(passes)
    }

    /// The names of the collections.
    pub fn collections(&self) -> impl Iterator<Item = &str> {
        self.model.collections.iter().map(|one| one.name.as_str())
    }

    /// How many records a collection has; `None` when there is no such collection.
    #[must_use]
    pub fn len(&self, collection: &str) -> Option<usize> {
        self.model.collection_named(collection).map(|index| self.table(index).len())
    }

    /// Whether no collection has a record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.iter().all(|table| table.len() == 0)
    }

    /// The record of a collection with that key.
    #[must_use]
    pub fn get(&self, collection: &str, key: &Value) -> Option<Record> {
        self.find(self.model.collection_named(collection)?, key).cloned()
    }

    /// A collection's records in order of creation; none when there is no such collection.
    pub fn records(&self, collection: &str) -> impl Iterator<Item = &Record> {
        self.model.collection_named(collection).into_iter().flat_map(|index| self.table(index).iter())
    }

    /// So many of a collection's records in order of creation, after so many: the others are not looked at where none was
    /// ever removed.
    pub(crate) fn page(&self, collection: &str, skip: usize, take: usize) -> Vec<Record> {
        let found = self.model.collection_named(collection);
        found.map(|index| self.table(index).page(skip, take)).unwrap_or_default()
    }

    /// What names this record, and no other of its collection.
    #[must_use]
    pub fn key_of<'r>(&self, record: &'r Record) -> &'r Value {
        static NULL: Value = Value::Null;
        record.get(&self.model.collections[record.collection()].key).unwrap_or(&NULL)
    }

    /// What the platform keeps beside the collections.
    ///
    /// # Errors
    /// `internal` when it is not of that type.
    pub fn extension<T: Extension>(&self) -> Result<&T, Outcome> {
        self.extension.get()
    }

    /// Whether both hold the same records, keep the same beside them, and will give the same chances.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        let generations = |state: &Self| state.tables.iter().map(|one| one.generation()).collect::<Vec<_>>();
        self.entropy == other.entropy
            && generations(self) == generations(other)
            && self.extension.same(&other.extension)
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.model.collections.iter().zip(self.tables.iter());
        f.debug_map().entries(counts.map(|(model, table)| (&model.name, table.len()))).finish()
    }
}
