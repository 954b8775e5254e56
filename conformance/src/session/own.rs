//! Whose a record is. A record that the run created is [`Owned`]; one that was there before is [`Seen`]; a name that
//! belongs to nobody is [`MadeUp`]. There is no way from `Seen` to `Owned`: only the session makes one, from the answer
//! to a create of its own.

use indexmap::IndexMap;
use serde_json::Value;

use crate::Inputs;
use crate::reading::Prediction;

/// Something that can be named in a request.
pub trait Nameable: Sync {
    /// Its collection.
    fn collection(&self) -> &str;
    /// The value by which `field` names it.
    fn name(&self, field: &str) -> Option<&Value>;
    /// The exchange whose answer (or request) the names come from.
    fn origin(&self) -> Option<usize>;
}

/// A record that this run created.
#[derive(Clone, Debug)]
pub struct Owned {
    pub(super) record: Record,
    pub(super) inputs: Inputs,
    pub(super) prediction: Prediction,
    pub(super) operation: usize,
    pub(super) serial: usize,
}

/// A record that was there before, or that somebody else made.
#[derive(Clone, Debug)]
pub struct Seen {
    pub(super) record: Record,
}

/// A name that no record has.
#[derive(Clone, Debug)]
pub struct MadeUp {
    pub(super) record: Record,
}

#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) collection: String,
    pub(super) names: IndexMap<String, Value>,
    pub(super) shown: Value,
    pub(super) origin: Option<usize>,
}

/// What a run made, for the report and for cleaning up.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// Counts from 1 within a run.
    pub serial: usize,
    /// The collection.
    pub collection: String,
    /// The operation that made it.
    pub operation: String,
    /// The fields that name it.
    pub names: IndexMap<String, Value>,
    /// The exchange that made it.
    pub origin: Option<usize>,
    /// Collections and keys of the records that it goes along with when they are removed.
    pub belongs: Vec<(String, Value)>,
    /// Who made it, as an index into the run's identities; what somebody else made only they may remove.
    pub identity: usize,
    /// Whether its creation was answered with a success.
    pub certain: bool,
    /// Whether it is known to be gone, or never was.
    pub gone: bool,
}

impl Owned {
    /// The record as the answer to its creation showed it; null when it showed none.
    #[must_use]
    pub fn shown(&self) -> &Value {
        &self.record.shown
    }

    /// What was sent to create it.
    #[must_use]
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// What its fields must be, as far as the request decided it.
    #[must_use]
    pub fn prediction(&self) -> &Prediction {
        &self.prediction
    }

    /// The operation that made it, as an index into `contract.operations`.
    #[must_use]
    pub fn operation(&self) -> usize {
        self.operation
    }

    /// Everything that names it.
    #[must_use]
    pub fn names(&self) -> &IndexMap<String, Value> {
        &self.record.names
    }
}

impl Seen {
    /// The record as a listing showed it.
    #[must_use]
    pub fn shown(&self) -> &Value {
        &self.record.shown
    }
}

macro_rules! nameable {
    ($($kind:ty),+) => {$(
        impl Nameable for $kind {
            fn collection(&self) -> &str {
                &self.record.collection
            }
            fn name(&self, field: &str) -> Option<&Value> {
                self.record.names.get(field)
            }
            fn origin(&self) -> Option<usize> {
                self.record.origin
            }
        }
    )+};
}

nameable!(Owned, Seen, MadeUp);
