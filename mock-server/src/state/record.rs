//! Records: what collections are made of.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use serde_json::{Map, Value};

/// A record as it was at some moment. It never changes and a clone costs a nanosecond.
#[derive(Clone)]
pub struct Record(Arc<Inner>);

struct Inner {
    collection: usize,
    sequence: u64,
    fields: Map<String, Value>,
    /// What it looks like in answers; kept with the record, so that it is forgotten with it. This one was made from
    /// nothing but the record: it stays as it is.
    lasting: OnceLock<Box<(usize, Bytes)>>,
    /// Other plans, and what was made from other records, too.
    renderings: Mutex<Vec<Rendering>>,
}

/// The bytes of a record's representation, and the generations of the collections they were made from.
pub(crate) struct Rendering {
    pub(crate) plan: usize,
    pub(crate) seen: Box<[(usize, u64)]>,
    pub(crate) bytes: Bytes,
}

impl Record {
    pub(crate) fn new(collection: usize, sequence: u64, fields: Map<String, Value>) -> Self {
        Self(Arc::new(Inner {
            collection,
            sequence,
            fields,
            lasting: OnceLock::new(),
            renderings: Mutex::default(),
        }))
    }

    /// A stored field's value.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Value> {
        member(&self.0.fields, field)
    }

    /// All stored fields.
    #[must_use]
    pub fn fields(&self) -> &Map<String, Value> {
        &self.0.fields
    }

    /// The stored fields, moved where nobody else has this record.
    pub(crate) fn into_fields(self) -> Map<String, Value> {
        Arc::try_unwrap(self.0).map_or_else(|shared| shared.fields.clone(), |own| own.fields)
    }

    /// Whether it is of the collection of that name.
    pub(crate) fn is_in(&self, state: &super::State, collection: &str) -> bool {
        state.model.collection_named(collection) == Some(self.0.collection)
    }

    /// Its place in the order of creation.
    pub(crate) fn sequence(&self) -> u64 {
        self.0.sequence
    }

    /// The index of its collection.
    pub(crate) fn collection(&self) -> usize {
        self.0.collection
    }

    /// The kept rendering of `plan` that was made from nothing but the record.
    pub(crate) fn lasting(&self, plan: usize) -> Option<&Bytes> {
        self.0.lasting.get().filter(|lasting| lasting.0 == plan).map(|lasting| &lasting.1)
    }

    /// The kept rendering of `plan`, if `valid` says that what it was made from has not changed.
    pub(crate) fn rendering<T>(
        &self,
        plan: usize,
        valid: impl Fn(&[(usize, u64)]) -> bool,
        take: impl FnOnce(&Bytes, &[(usize, u64)]) -> T,
    ) -> Option<T> {
        if let Some(bytes) = self.lasting(plan) {
            return Some(take(bytes, &[]));
        }
        let kept = self.0.renderings.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|one| one.plan == plan && valid(&one.seen)).map(|one| take(&one.bytes, &one.seen))
    }

    /// Keeps a rendering in place of an older one of the same plan.
    pub(crate) fn keep(&self, rendering: Rendering) {
        let rendering = match rendering.seen.is_empty() {
            false => rendering,
            true => match self.0.lasting.set(Box::new((rendering.plan, rendering.bytes))) {
                Ok(()) => return,
                Err(other) => Rendering { plan: other.0, seen: Box::default(), bytes: other.1 },
            },
        };
        let mut kept = self.0.renderings.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.iter_mut().find(|one| one.plan == rendering.plan) {
            Some(old) => *old = rendering,
            None => kept.push(rendering),
        }
    }
}

/// A member by name. To compare a few short names costs less than to hash one.
fn member<'m>(members: &'m Map<String, Value>, name: &str) -> Option<&'m Value> {
    if members.len() > 16 {
        return members.get(name);
    }
    members.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.collection == other.0.collection && self.0.fields == other.0.fields)
    }
}

impl fmt::Debug for Record {
    /// Names only: a record may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.fields.keys()).finish()
    }
}
