//! What expressions can see.

use std::cell::Cell;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;

use super::bound::Bound;
use super::page::PageInfo;
use crate::authenticate::Callers;
use crate::inputs::Inputs;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::state::State;

/// What an expression can see: the request, the state, the caller, and what steps have bound.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) model: &'a Model,
    pub(crate) state: &'a State,
    pub(crate) inputs: &'a Inputs,
    pub(crate) callers: &'a Callers,
    pub(crate) bindings: &'a Bindings,
    pub(crate) outcome: Option<&'a Outcome>,
    pub(crate) record: Option<&'a Bound<'a>>,
    pub(crate) item: Option<&'a Bound<'a>>,
    pub(crate) credential: Option<&'a Value>,
    /// Where the credential is a token: what it says.
    pub(crate) claims: Option<&'a Value>,
    /// The violation that `x-conduct.details` is told of.
    pub(crate) fault: Option<&'a Value>,
    /// Notes what a rendering depends on.
    pub(crate) trace: Option<&'a TraceCell>,
    /// How many derived fields are being derived from each other.
    pub(crate) depth: u8,
}

/// What an operation's steps have bound so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bindings {
    pub(crate) named: Vec<(String, Bound<'static>)>,
    pub(crate) result: Option<Bound<'static>>,
    /// Whether a step has said that its result is the one (`as: result`).
    pub(crate) chosen: bool,
    pub(crate) page: Option<PageInfo>,
    /// What is answered with instead of a representation.
    pub(crate) served: Option<Served>,
}

/// What is answered with instead of a representation.
#[derive(Clone, Debug)]
pub(crate) enum Served {
    /// The document, or a page that shows it, made ready with the engine.
    Ready(Arc<Asset>),
    /// The bytes themselves, and their media type where the step names one.
    Bytes(Bytes, Option<String>),
}

/// Something that is the same for every request.
#[derive(Debug)]
pub(crate) struct Asset {
    /// Its bytes.
    pub(crate) body: Bytes,
    /// What it is.
    pub(crate) media_type: &'static str,
}

impl Bindings {
    /// What is left of them where the operation comes to nothing: the first so many names.
    pub(crate) fn forget(&mut self, lasting: usize) {
        self.named.truncate(lasting);
        *self = Self { named: std::mem::take(&mut self.named), ..Self::default() };
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Bound<'static>> {
        self.named.iter().rev().find(|(own, _)| own == name).map(|(_, value)| value)
    }
}

/// What a rendering was made from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Trace {
    /// A set of collections, a bit each.
    collections: u128,
    /// It depends on the request, the caller or the time.
    volatile: bool,
}

pub(crate) type TraceCell = Cell<Trace>;

impl Trace {
    pub(crate) fn join(self, other: Self) -> Self {
        Self { collections: self.collections | other.collections, volatile: self.volatile || other.volatile }
    }

    pub(crate) fn is_volatile(self) -> bool {
        self.volatile
    }

    pub(crate) fn collections(self) -> impl Iterator<Item = usize> {
        (0..128).filter(move |index| self.collections >> index & 1 == 1)
    }

    pub(crate) fn of(collections: &[(usize, u64)]) -> Self {
        let collections = collections.iter().fold(0, |set, (index, _)| set | 1u128 << index);
        Self { collections, volatile: false }
    }
}

impl<'a> Scope<'a> {
    pub(crate) fn with_record<'b>(self, record: &'b Bound<'b>) -> Scope<'b>
    where
        'a: 'b,
    {
        Scope { record: Some(record), ..self }
    }

    pub(crate) fn with_item<'b>(self, item: &'b Bound<'b>) -> Scope<'b>
    where
        'a: 'b,
    {
        Scope { item: Some(item), ..self }
    }

    /// Notes that what is being rendered depends on more than records.
    pub(crate) fn note_volatile(&self) {
        if let Some(trace) = self.trace {
            trace.set(Trace { volatile: true, ..trace.get() });
        }
    }

    /// Notes that what is being rendered depends on a collection.
    pub(crate) fn note_collection(&self, collection: usize) {
        let Some(trace) = self.trace else { return };
        // Collections past the 128th cannot be noted: what depends on them is rendered anew each time.
        match collection {
            0..128 => {
                trace.set(trace.get().join(Trace { collections: 1 << collection, volatile: false }));
            }
            _ => self.note_volatile(),
        }
    }
}
