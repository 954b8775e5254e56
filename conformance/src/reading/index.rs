//! Every step of every operation, sorted by what it does to which collection.

use std::sync::Arc;

use tercet_spec::Contract;
use tercet_spec::contract::{Collection, Miss, Operation, Step, Verb};
use tercet_spec::language::ValueExpr;

use super::naming::{Naming, namings, of_selection, writes};
use super::view::{View, view};

/// A contract and what its operations mean.
#[derive(Clone, Debug)]
pub struct Reading {
    contract: Arc<Contract>,
    uses: Vec<Use>,
    namings: Vec<Vec<Naming>>,
    views: Vec<Option<View>>,
}

/// A step that does something to a collection whose name is fixed.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// Its place in [`Reading::uses`].
    pub index: usize,
    /// The operation, as an index into `contract.operations`.
    pub operation: usize,
    /// The step, as an index into the operation's effect.
    pub step: usize,
    /// What it does.
    pub does: Does,
    /// To which collection.
    pub collection: String,
    /// What in the request names the record, or records it belongs to.
    pub names: Vec<Naming>,
    /// Whether it happens only under a condition (`when`), or for each of a list.
    pub conditional: bool,
    /// Whether other steps of the operation are actions whose meaning the document does not spell out.
    pub beside_action: bool,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Takes one.
    Find,
    /// Takes many.
    List,
    /// Makes one, or one for each element of a list.
    Create,
    /// Merges into one.
    Update,
    /// Replaces one.
    Replace,
    /// Removes all that match.
    Delete,
}

impl Reading {
    /// Reads a contract.
    #[must_use]
    pub fn new(contract: Arc<Contract>) -> Self {
        let mut uses = Vec::new();
        let mut all = Vec::new();
        let mut views = Vec::new();
        for (index, operation) in contract.operations.iter().enumerate() {
            let named = namings(&contract, operation);
            for (step, one) in told(operation) {
                if let Some(found) = read_step(&contract, index, operation, step, one, &named, uses.len()) {
                    uses.push(found);
                }
            }
            views.push(view(&contract, operation));
            all.push(named);
        }
        Self { contract, uses, namings: all, views }
    }

    /// The contract.
    #[must_use]
    pub fn contract(&self) -> &Arc<Contract> {
        &self.contract
    }

    /// Every use, in the document's order.
    #[must_use]
    pub fn uses(&self) -> &[Use] {
        &self.uses
    }

    /// The operation of a use.
    #[must_use]
    pub fn operation(&self, one: &Use) -> &Operation {
        &self.contract.operations[one.operation]
    }

    /// The step of a use.
    #[must_use]
    pub fn step(&self, one: &Use) -> &Step {
        &self.contract.operations[one.operation].effect[one.step]
    }

    /// Whether a use is what an action is said to do: no more is known of it than the document says.
    #[must_use]
    pub fn is_said(&self, one: &Use) -> bool {
        matches!(self.step(one).verb, Verb::Call { .. })
    }

    /// Whether a use changes a record in a way of which the document says nothing: its `set` is empty.
    #[must_use]
    pub fn is_untold(&self, one: &Use) -> bool {
        match self.step(one).verb.seen() {
            Verb::Update(_, Some(ValueExpr::Object(members))) => members.is_empty(),
            Verb::Update(_, Some(ValueExpr::Literal(value))) => {
                value.as_object().is_some_and(serde_json::Map::is_empty)
            }
            _ => false,
        }
    }

    /// The outcome of a miss, where one ends the operation; for an action the `else` of its `does`, or `not-found`, where that is among its
    /// outcomes.
    #[must_use]
    pub fn miss(&self, one: &Use) -> Option<&str> {
        let step = self.step(one);
        match (&step.verb, &step.miss) {
            (Verb::Call { outcomes, .. }, Miss::Outcome(miss)) => outcomes.contains(miss).then_some(miss),
            (_, Miss::Outcome(outcome)) => Some(outcome),
            (_, Miss::Pass) => None,
        }
    }

    /// How often the operation has to be sent until a use is done.
    #[must_use]
    pub fn calls(&self, one: &Use) -> u32 {
        self.step(one).verb.calls()
    }

    /// Whether an operation writes in a way that the document does not spell out.
    #[must_use]
    pub fn is_opaque(&self, operation: usize) -> bool {
        told(&self.contract.operations[operation]).any(|(_, step)| step.verb.is_opaque())
    }

    /// The collection of a use.
    #[must_use]
    pub fn collection(&self, name: &str) -> Option<&Collection> {
        self.contract.collections.get(name)
    }

    /// The fields that tell records of a collection apart: the key, those that are unique by themselves, and those by which requests name one.
    #[must_use]
    pub fn telling(&self, collection: &str) -> Vec<String> {
        let Some(own) = self.collection(collection) else { return Vec::new() };
        let single = own.unique.iter().filter(|fields| fields.len() == 1).map(|fields| &fields[0]);
        let named = self.namings.iter().flatten().filter(|naming| naming.collection == collection);
        let mut all: Vec<String> = Vec::new();
        for field in std::iter::once(&own.key).chain(single).chain(named.map(|naming| &naming.field)) {
            if !all.contains(field) {
                all.push(field.clone());
            }
        }
        all
    }

    /// Uses of that kind on that collection.
    pub fn that(&self, does: Does, collection: &str) -> impl Iterator<Item = &Use> {
        self.uses.iter().filter(move |one| one.does == does && one.collection == collection)
    }

    /// Where an operation's success shows the record or records it is about; `None` where it shows none.
    #[must_use]
    pub fn view(&self, operation: usize) -> Option<&View> {
        self.views[operation].as_ref()
    }

    /// Everything in an operation's request that names a record.
    #[must_use]
    pub fn namings(&self, operation: usize) -> &[Naming] {
        &self.namings[operation]
    }

    /// Whether an operation may be sent at records that the run did not make: a safe method (RFC 9110, 9.2.1), or an action
    /// that is said to read only, whose effect says nothing else.
    #[must_use]
    pub fn is_safe(&self, operation: usize) -> bool {
        let operation = &self.contract.operations[operation];
        let reads = |step: &Step| matches!(step.verb, Verb::Call { .. }) && step.verb.seen().reads();
        (matches!(operation.method.as_str(), "GET" | "HEAD" | "OPTIONS")
            || told(operation).any(|(_, step)| reads(step)))
            && !told(operation).any(|(_, step)| writes(step))
    }

    /// Whether an operation makes records.
    #[must_use]
    pub fn creates(&self, operation: usize) -> bool {
        self.uses.iter().any(|one| one.operation == operation && one.does == Does::Create)
    }

    /// The operation that removes a record of a collection when it is named, if there is one.
    #[must_use]
    pub fn remover(&self, collection: &str) -> Option<&Use> {
        self.that(Does::Delete, collection)
            .find(|one| !one.conditional && one.names.iter().any(|name| name.through.is_none()))
    }
}

fn read_step(
    contract: &Contract,
    operation: usize,
    owner: &Operation,
    step: usize,
    one: &Step,
    named: &[Naming],
    index: usize,
) -> Option<Use> {
    let verb = one.verb.seen();
    let does = match verb {
        Verb::Find(_) => Does::Find,
        Verb::List(_) => Does::List,
        Verb::Create { .. } => Does::Create,
        Verb::Update(..) => Does::Update,
        Verb::Replace(..) => Does::Replace,
        Verb::Delete(_) => Does::Delete,
        Verb::Require(_) | Verb::Call { .. } | Verb::Serve(_) => return None,
    };
    let names = match verb.selection() {
        Some(selection) => of_selection(contract, owner, selection, step, named),
        None => Vec::new(),
    };
    Some(Use {
        index,
        operation,
        step,
        does,
        collection: verb.collection()?.to_owned(),
        names,
        conditional: one.when.is_some() || matches!(verb, Verb::Create { each: Some(_), .. }),
        beside_action: told(owner).any(|(_, other)| other.verb.is_opaque()),
    })
}

/// The steps that are about what is asked for; a server's own books, which it keeps of whatever it is asked, are not.
pub(crate) fn told(operation: &Operation) -> impl Iterator<Item = (usize, &Step)> {
    operation.effect.iter().enumerate().filter(|(_, step)| !step.is_bookkeeping())
}
