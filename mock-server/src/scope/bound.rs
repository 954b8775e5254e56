//! What an expression is, and what a step binds: plain values, records, and keys that stand for records.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::state::{Record, State};

/// A value that knows whether it is a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound<'a> {
    /// A plain value.
    Value(Cow<'a, Value>),
    /// A record.
    Record(Record),
    /// The value of a reference: a key, or the record of that collection, as the reader needs it.
    Key(usize, Cow<'a, Value>),
    /// Records, as many as a listing found. A clone shares them.
    Records(Arc<[Record]>),
    /// Several of anything.
    List(Vec<Bound<'a>>),
}

impl<'a> Bound<'a> {
    pub(crate) fn owned(value: impl Into<Value>) -> Self {
        Self::Value(Cow::Owned(value.into()))
    }

    pub(crate) fn borrowed(value: &'a Value) -> Self {
        Self::Value(Cow::Borrowed(value))
    }

    /// The same, borrowed from this one.
    pub(crate) fn reborrow(&self) -> Bound<'_> {
        match self {
            Self::Value(value) => Bound::Value(Cow::Borrowed(value)),
            Self::Record(record) => Bound::Record(record.clone()),
            Self::Key(collection, value) => Bound::Key(*collection, Cow::Borrowed(value)),
            Self::Records(records) => Bound::Records(Arc::clone(records)),
            Self::List(members) => Bound::List(members.iter().map(Bound::reborrow).collect()),
        }
    }

    /// The same without borrowing.
    #[must_use]
    pub fn into_owned(self) -> Bound<'static> {
        match self {
            Self::Value(value) => Bound::Value(Cow::Owned(value.into_owned())),
            Self::Record(record) => Bound::Record(record),
            Self::Key(collection, value) => Bound::Key(collection, Cow::Owned(value.into_owned())),
            Self::Records(records) => Bound::Records(records),
            Self::List(members) => Bound::List(members.into_iter().map(Bound::into_owned).collect()),
        }
    }

    /// As JSON with all stored fields of records, secrets too: for what stays inside the engine.
    pub(crate) fn into_json(self) -> Value {
        match self {
            Self::Value(value) | Self::Key(_, value) => value.into_owned(),
            Self::Record(record) => Value::Object(record.fields().clone()),
            Self::Records(records) => {
                records.iter().map(|record| Value::Object(record.fields().clone())).collect()
            }
            Self::List(members) => members.into_iter().map(Bound::into_json).collect(),
        }
    }

    /// As JSON that may leave the engine: without `writeOnly` fields of records.
    pub(crate) fn into_public_json(self, state: &State) -> Value {
        match self {
            Self::Record(record) => Value::Object(public_fields(state, &record)),
            Self::Records(records) => {
                records.iter().map(|record| Value::Object(public_fields(state, record))).collect()
            }
            Self::List(members) => members.into_iter().map(|one| one.into_public_json(state)).collect(),
            plain => plain.into_json(),
        }
    }

    /// As it is stored in a field: a record stands for itself by its key.
    pub(crate) fn into_stored(self, state: &State, reference: bool) -> Value {
        match self {
            Self::Record(record) if reference => state.key_of(&record).clone(),
            Self::Records(records) if reference => {
                records.iter().map(|record| state.key_of(record).clone()).collect()
            }
            Self::List(members) => members.into_iter().map(|one| one.into_stored(state, reference)).collect(),
            plain => plain.into_json(),
        }
    }

    /// As comparisons see it: a record is its key.
    pub(crate) fn to_comparable<'s>(&'s self, state: &'s State) -> Cow<'s, Value> {
        match self {
            Self::Value(value) | Self::Key(_, value) => Cow::Borrowed(value),
            Self::Record(record) => Cow::Borrowed(state.key_of(record)),
            Self::Records(records) => {
                Cow::Owned(records.iter().map(|record| state.key_of(record).clone()).collect())
            }
            Self::List(members) => {
                Cow::Owned(members.iter().map(|one| one.to_comparable(state).into_owned()).collect())
            }
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Value(value) | Self::Key(_, value) if value.is_null())
    }
}

/// A record's fields without those that are `writeOnly`.
pub(crate) fn public_fields(state: &State, record: &Record) -> Map<String, Value> {
    let model = &state.model.collections[record.collection()];
    let public = |name: &&String| !model.field(name).is_some_and(|field| field.write_only);
    let fields = record.fields().iter().filter(|(name, _)| public(name));
    fields.map(|(name, value)| (name.clone(), value.clone())).collect()
}
