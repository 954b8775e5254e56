//! Which parts of a request name a record.

use tercet_spec::contract::{Contract, Operation, Step, Verb};
use tercet_spec::language::{Clause, Predicate, Selection, Source, Subject, Test, ValueExpr};

use super::Slot;

/// A part of a request that names a record, because a step's `where` compares it with a field that tells records apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// The part of the request.
    pub slot: Slot,
    /// The collection of the record that is named.
    pub collection: String,
    /// The field whose value names it: the key, or a unique field.
    pub field: String,
    /// The field of the selected record that refers to it; `None` when the selected record itself is named.
    pub through: Option<String>,
    /// The index of the step in the operation's effect.
    pub step: usize,
}

/// All namings of an operation, in the order of its steps.
pub(super) fn namings(contract: &Contract, operation: &Operation) -> Vec<Naming> {
    let mut all: Vec<Naming> = Vec::new();
    for (step, one) in super::index::told(operation) {
        let Some(selection) = one.verb.seen().selection() else {
            continue;
        };
        let mut found = of_selection(contract, operation, selection, step, &all);
        if matches!(one.verb.seen(), Verb::List(_)) {
            // A filter names nothing that has to be there. What an action lists below, it does.
            let needed = |naming: &Naming| match &naming.slot {
                Slot::Path(_) => true,
                Slot::Query(name) => operation.parameters.iter().any(|one| one.required && one.name == *name),
                _ => false,
            };
            found.retain(|naming| matches!(one.verb, Verb::Call { .. }) && needed(naming));
        }
        all.extend(found);
    }
    all
}

/// The namings of one selection.
pub(super) fn of_selection(
    contract: &Contract,
    operation: &Operation,
    selection: &Selection,
    step: usize,
    earlier: &[Naming],
) -> Vec<Naming> {
    let mut found = Vec::new();
    if let Some(collection) = selection.collection() {
        let scope = Scope { contract, operation, collection, step, earlier };
        scope.predicate(&selection.filter, &mut found);
    }
    found
}

struct Scope<'s> {
    contract: &'s Contract,
    operation: &'s Operation,
    collection: &'s str,
    step: usize,
    earlier: &'s [Naming],
}

impl Scope<'_> {
    fn predicate(&self, predicate: &Predicate, found: &mut Vec<Naming>) {
        for clause in &predicate.clauses {
            match clause {
                Clause::Test(Subject::Field(path), Test::Equal(value)) => {
                    self.equality(path, value, predicate, found);
                }
                Clause::Test(Subject::Field(path), Test::Words(words)) => {
                    for word in words {
                        if let tercet_spec::language::Word::EqualsIgnoreCase(value) = word {
                            self.equality(path, value, predicate, found);
                        }
                    }
                }
                Clause::AllOf(all) => all.iter().for_each(|one| self.predicate(one, found)),
                // Several ways of naming the same record. A part of the request that names it in two ways (`id` or e-mail
                // address) is filled in the first way.
                Clause::AnyOf(all) => {
                    for one in all {
                        let mut ways = Vec::new();
                        self.predicate(one, &mut ways);
                        ways.retain(|way| !found.iter().any(|known| known.slot == way.slot));
                        found.extend(ways);
                    }
                }
                Clause::Test(Subject::Expression(_), _) | Clause::Not(_) => {}
            }
        }
    }

    fn equality(&self, path: &[String], value: &ValueExpr, beside: &Predicate, found: &mut Vec<Naming>) {
        let ValueExpr::Expression(expression) = value else {
            return;
        };
        let [field, rest @ ..] = path else {
            return;
        };
        let Some(collection) = self.contract.collections.get(self.collection) else {
            return;
        };
        let reference = collection.references.iter().find(|(name, _)| name == field).map(|(_, to)| to);
        // `user: $request.path.id` and `user.email: $request.path.email` both name the user.
        let (named, by, through) = match (reference, rest) {
            (Some(reference), []) => match self.contract.collections.get(&reference.to) {
                Some(to) => (reference.to.as_str(), to.key.as_str(), Some(field.as_str())),
                None => return,
            },
            (Some(reference), [inner]) => (reference.to.as_str(), inner.as_str(), Some(field.as_str())),
            (None, []) => (self.collection, field.as_str(), None),
            _ => return,
        };
        let among_the_callers = through.is_none() && self.tells_apart_for_caller(by, beside);
        if !self.tells_apart(named, by) && !among_the_callers {
            return;
        }
        let naming = |slot: Slot, collection: &str, field: &str| Naming {
            slot,
            collection: collection.to_owned(),
            field: field.to_owned(),
            through: through.map(str::to_owned),
            step: self.step,
        };
        if let Some(slot) = Slot::of(expression) {
            found.push(naming(slot, named, by));
        } else if let Source::Bound(name) = &expression.source {
            // What an earlier step found is named by what named it there.
            let Some(at) = self.operation.effect.iter().position(|step| step.bind.as_ref() == Some(name))
            else {
                return;
            };
            let same = self.operation.effect[at].verb.seen().collection() == Some(named)
                && expression.path.len() == 1
                && expression.path[0] == by;
            for one in self.earlier.iter().filter(|one| same && one.step == at) {
                match (&one.through, through) {
                    (None, _) => found.push(naming(one.slot.clone(), named, &one.field)),
                    // The record itself was found through what it belongs to.
                    (Some(_), None) => found.push(Naming { step: self.step, ..one.clone() }),
                    (Some(_), Some(_)) => {}
                }
            }
        }
    }

    /// Whether a field tells apart what the rest of the predicate leaves to the caller: it is unique together with that.
    fn tells_apart_for_caller(&self, field: &str, beside: &Predicate) -> bool {
        let callers = |other: &String| {
            beside.clauses.iter().any(|clause| match clause {
                Clause::Test(Subject::Field(path), Test::Equal(ValueExpr::Expression(one))) => {
                    one.source == Source::Caller && path.len() == 1 && path[0] == *other
                }
                _ => false,
            })
        };
        self.contract.collections.get(self.collection).is_some_and(|own| {
            own.unique.iter().any(|fields| {
                fields.iter().any(|one| one == field)
                    && fields.iter().filter(|one| *one != field).all(callers)
            })
        })
    }

    fn tells_apart(&self, collection: &str, field: &str) -> bool {
        self.contract.collections.get(collection).is_some_and(|one| {
            one.key == field || one.unique.iter().any(|fields| fields.len() == 1 && fields[0] == field)
        })
    }
}

/// Whether a step writes.
pub(super) fn writes(step: &Step) -> bool {
    !step.verb.seen().reads()
}
