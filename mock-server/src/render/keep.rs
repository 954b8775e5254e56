//! Values that keep their schema: made, held to it, and made again where they do not.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tercet_spec::contract::{Flavour, SchemaId, Violation};
use tercet_spec::{Contract, Pointer};

use super::generate::{Generator, Lessons};
use crate::entropy::Entropy;

/// How often a value is made anew.
const ATTEMPTS: usize = 12;

/// How often something is taken out of one that nothing else helps.
const REMOVALS: usize = 40;

/// What is made from schemas, once for each operation that asks: the same question has the same answer.
#[derive(Debug, Default)]
pub(crate) struct Made {
    seed: u64,
    known: Mutex<HashMap<(String, SchemaId, bool), Arc<Kept>>>,
}

/// A value, and the first thing that its schema still has to say against it.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) value: Value,
    pub(super) fault: Option<String>,
}

impl Made {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, known: Mutex::default() }
    }

    /// A value with everything that the schema tells of.
    pub(super) fn ample(&self, contract: &Contract, operation: &str, id: SchemaId) -> Arc<Kept> {
        self.made(contract, operation, id, false)
    }

    /// A value with what is required, and what tells of a refusal.
    pub(super) fn sparing(&self, contract: &Contract, operation: &str, id: SchemaId) -> Arc<Kept> {
        self.made(contract, operation, id, true)
    }

    fn made(&self, contract: &Contract, operation: &str, id: SchemaId, sparing: bool) -> Arc<Kept> {
        let asked = (operation.to_owned(), id, sparing);
        if let Some(known) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&asked) {
            return Arc::clone(known);
        }
        // FNV-1a: the same operation gives the same values, whatever was asked before.
        let hash = operation.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        let making = Making { contract, entropy: Entropy::new(self.seed ^ hash), id, sparing };
        let kept = Arc::new(making.kept());
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(asked).or_insert(kept))
    }
}

struct Making<'a> {
    contract: &'a Contract,
    entropy: Entropy,
    id: SchemaId,
    sparing: bool,
}

impl Making<'_> {
    fn kept(&self) -> Kept {
        let (mut value, mut faults) = self.best();
        for _ in 0..REMOVALS {
            let places = faults.iter().flat_map(|fault| around(&value, &fault.instance));
            let better = places.into_iter().find_map(|place| {
                let less = without(&value, &place)?;
                let found = self.faults(&less);
                (found.len() < faults.len()).then_some((less, found))
            });
            let Some(better) = better else { break };
            (value, faults) = better;
        }
        let fault = faults.first().map(|fault| match fault.instance.as_str() {
            "" => fault.message.clone(),
            place => format!("`{place}` {}", fault.message),
        });
        Kept { value, fault }
    }

    /// The value with the fewest faults among those that what is learnt from each leads to.
    fn best(&self) -> (Value, Vec<Violation>) {
        let mut lessons = Lessons::default();
        let mut best: Option<(Value, Vec<Violation>)> = None;
        for _ in 0..ATTEMPTS {
            let mut generator = Generator::new(self.contract, self.entropy, &lessons, self.sparing);
            let value = generator.value(self.id);
            let taken = generator.taken;
            let faults = self.faults(&value);
            let goes_on = learn(&mut lessons, &faults, &taken);
            if best.as_ref().is_none_or(|(_, least)| faults.len() < least.len()) {
                best = Some((value, faults));
            }
            if !goes_on {
                break;
            }
        }
        best.unwrap_or_default()
    }

    fn faults(&self, value: &Value) -> Vec<Violation> {
        self.contract.validators.violations(self.id, Flavour::Response, value)
    }
}

/// Takes the next branch where none fits, or several, and no example where one is at fault; false where there is nothing to try.
fn learn(lessons: &mut Lessons, faults: &[Violation], taken: &HashSet<Pointer>) -> bool {
    let mut learnt = false;
    for fault in faults {
        if ["oneOf", "anyOf"].contains(&fault.rule.as_str()) {
            *lessons.turns.entry(fault.instance.clone()).or_default() += 1;
            learnt = true;
        }
        for wrong in taken.iter().filter(|place| fault.instance.is_within(place)) {
            learnt |= lessons.distrusted.insert(wrong.clone());
        }
    }
    learnt
}

/// What may be in the way: the value at fault, what it stands in, what stands in it.
fn around(value: &Value, at: &Pointer) -> Vec<Pointer> {
    let outwards = std::iter::successors(Some(at.clone()), Pointer::parent);
    let mut places: Vec<_> = outwards.filter(|place| *place != Pointer::root()).collect();
    match at.resolve(value) {
        Some(Value::Object(members)) => places.extend(members.keys().map(|name| at.child(name))),
        Some(Value::Array(members)) => places.extend((0..members.len()).map(|index| at.index(index))),
        _ => {}
    }
    places
}

fn without(value: &Value, at: &Pointer) -> Option<Value> {
    let (parent, name) = (at.parent()?, at.last()?);
    let mut less = value.clone();
    match less.pointer_mut(parent.as_str())? {
        Value::Object(members) => drop(members.shift_remove(&name)?),
        Value::Array(members) => {
            let index = name.parse().ok().filter(|index| *index < members.len())?;
            members.remove(index);
        }
        _ => return None,
    }
    Some(less)
}
