//! Which unsafe requests may leave: only those that touch what the run made, or nothing.

use serde_json::Value;
use tercet_spec::contract::{Location, OnDelete, Operation};

use super::own::Nameable;
use super::requests::Aim;
use super::state::Session;
use crate::reading::{Does, Naming, Reading, Slot, Use};
use crate::{Inputs, Stop};

impl Session {
    /// Refuses what might touch a record that the run did not make.
    pub(super) fn permit(&self, operation: usize, aim: Aim<'_>, inputs: &Inputs) -> Result<(), Stop> {
        let owner = &self.reading.contract().operations[operation];
        if self.target.limits.read_only {
            return Err(Stop::Blocked("`--read-only`".to_owned()));
        }
        let refuse = |why: &str| Err(Stop::Blocked(format!("`{}` {why}", owner.id)));
        let changes = [Does::Update, Does::Replace, Does::Delete];
        let reading = &self.reading;
        for one in
            reading.uses().iter().filter(|one| one.operation == operation && changes.contains(&one.does))
        {
            let own = self.names_only(&one.names, inputs, |naming, value| {
                self.is_made(naming, value) || self.is_nobody(value)
            });
            if !own && !(matches!(aim, Aim::Nobody(_)) && self.lacks_its_name(operation, one, inputs)) {
                return refuse("could change records that the run did not make");
            }
        }
        match aim {
            Aim::Own(record) => {
                let named = |naming: &Naming| {
                    naming.collection == record.collection()
                        && inputs
                            .get(&naming.slot)
                            .is_some_and(|value| record.name(&naming.field) == Some(value))
                };
                if !reading.namings(operation).iter().any(named) {
                    return refuse("has no part that names the record it is aimed at");
                }
                self.consent_to_creations(operation, owner)
            }
            Aim::Nobody(_) => {
                if self.names_nobody(operation, inputs) {
                    Ok(())
                } else {
                    refuse("does not name the made-up record")
                }
            }
            Aim::Invented => {
                if owner.effect.is_empty() && self.only_made_up(operation, inputs) {
                    Ok(())
                } else {
                    refuse("has no path that could be made up")
                }
            }
            Aim::New => {
                if !may_create(reading, operation, owner) {
                    return refuse("creates nothing that the document speaks of");
                }
                self.consent_to_creations(operation, owner)
            }
        }
    }

    /// Refuses a story's request that might touch a record that the run did not make, unless somebody agreed to it.
    pub(super) fn permit_told(&self, operation: usize, inputs: &Inputs) -> Result<(), Stop> {
        let owner = &self.reading.contract().operations[operation];
        if self.target.limits.read_only {
            return Err(Stop::Blocked("`--read-only`".to_owned()));
        }
        let stranger = |naming: &Naming| {
            inputs
                .get(&naming.slot)
                .is_some_and(|value| !self.is_made(naming, value) && !self.is_nobody(value))
        };
        if self.reading.namings(operation).iter().any(stranger) && !self.target.consent.covers(&owner.id) {
            return Err(Stop::Blocked(format!(
                "`{}` names what the run did not make; allow it with `--consent {}`",
                owner.id, owner.id
            )));
        }
        self.consent_to_creations(operation, owner)
    }

    /// Whether an operation's creations can be taken back, or somebody agreed to keep them.
    fn consent_to_creations(&self, operation: usize, owner: &Operation) -> Result<(), Stop> {
        match irreversible(&self.reading, operation) {
            Some(why) if !self.target.consent.covers(&owner.id) => {
                Err(Stop::Blocked(format!("{why}; allow it with `--consent {}`", owner.id)))
            }
            _ => Ok(()),
        }
    }

    /// Whether the parts of the request that name one and the same record all pass `test`, for one record at least.
    /// Where there are several ways of naming it, each that is used must pass: any of them could be the one that counts.
    fn names_only(
        &self,
        namings: &[Naming],
        inputs: &Inputs,
        test: impl Fn(&Naming, &Value) -> bool,
    ) -> bool {
        let used: Vec<(&Naming, &Value)> = namings
            .iter()
            .filter_map(|naming| inputs.get(&naming.slot).map(|value| (naming, value)))
            .collect();
        used.iter().any(|(first, _)| {
            used.iter()
                .filter(|(other, _)| other.collection == first.collection && other.through == first.through)
                .all(|(naming, value)| test(naming, value))
        })
    }

    /// Whether the request leaves out the very name that its body, or its query, must have: nothing can be meant by it.
    fn lacks_its_name(&self, operation: usize, one: &Use, inputs: &Inputs) -> bool {
        let contract = self.reading.contract();
        let owner = &contract.operations[operation];
        let body = owner.body.as_ref().filter(|body| body.required);
        let schema = body.and_then(|body| body.content.iter().find_map(|media| media.schema));
        let demanded = |slot: &Slot| match slot {
            Slot::Body(path) => schema.is_some_and(|schema| match &path[..] {
                [name] => contract.schema(schema).required.contains(name),
                _ => false,
            }),
            Slot::Query(name) => owner.parameters.iter().any(|one| one.name == *name && one.required),
            _ => false,
        };
        let direct = one.names.iter().filter(|naming| naming.through.is_none());
        let mut direct = direct.map(|naming| &naming.slot).peekable();
        direct.peek().is_some() && direct.all(|slot| inputs.get(slot).is_none() && demanded(slot))
    }

    fn is_made(&self, naming: &Naming, value: &Value) -> bool {
        self.made
            .iter()
            .any(|one| one.collection == naming.collection && one.names.get(&naming.field) == Some(value))
    }

    /// Whether a value was made up: on purpose, or with the run's mark in it and never given to a record.
    fn is_nobody(&self, value: &Value) -> bool {
        let mark = format!("cx-{}-", self.chance.run());
        let marked = value.as_str().is_some_and(|text| text.contains(&mark));
        self.nobody.contains(value)
            || (marked
                && !self
                    .made
                    .iter()
                    .filter(|one| !one.gone)
                    .flat_map(|one| one.names.values())
                    .any(|name| name == value))
    }

    /// Whether the request names a made-up record, or, where a body that cannot be read would name one, none at all.
    fn names_nobody(&self, operation: usize, inputs: &Inputs) -> bool {
        let namings = self.reading.namings(operation);
        if namings.is_empty() {
            return self.only_made_up(operation, inputs);
        }
        let first = namings.iter().map(|naming| naming.step).min();
        let of_first: Vec<Naming> =
            namings.iter().filter(|naming| Some(naming.step) == first).cloned().collect();
        let names_nothing = of_first.iter().all(|naming| inputs.get(&naming.slot).is_none());
        names_nothing || self.names_only(namings, inputs, |_, value| self.is_nobody(value))
    }

    /// Whether every path parameter is made up, and there is one.
    pub(super) fn only_made_up(&self, operation: usize, inputs: &Inputs) -> bool {
        let owner = &self.reading.contract().operations[operation];
        let mut parameters = owner.parameters.iter().filter(|one| one.location == Location::Path).peekable();
        parameters.peek().is_some()
            && parameters.all(|one| inputs.path.get(&one.name).is_some_and(|value| self.is_nobody(value)))
    }
}

/// Whether an operation can be meant to create: by its effect, by an action, or, without any effect, by POST.
fn may_create(reading: &Reading, operation: usize, owner: &Operation) -> bool {
    reading.creates(operation)
        || reading.is_opaque(operation)
        || (owner.effect.is_empty() && owner.method == "POST")
}

/// Why what an operation makes cannot be taken back; `None` when it can, or when it makes nothing.
#[must_use]
pub fn irreversible(reading: &Reading, operation: usize) -> Option<String> {
    let owner = &reading.contract().operations[operation];
    if reading.is_safe(operation) {
        return None;
    }
    for one in reading.uses().iter().filter(|one| one.operation == operation && one.does == Does::Create) {
        if !removable(reading, &one.collection, 0) {
            return Some(format!("no operation removes one of `{}`", one.collection));
        }
    }
    let declared = |one: &Use| one.operation == operation && one.does != Does::Find && one.does != Does::List;
    if reading.is_opaque(operation) && !reading.uses().iter().any(declared) {
        return Some(format!("the document does not spell out what `{}` leaves behind", owner.id));
    }
    (owner.effect.is_empty() && owner.method == "POST")
        .then(|| format!("the document does not say what `{}` does", owner.id))
}

/// Whether records of a collection can be removed: themselves, or together with what they belong to.
fn removable(reading: &Reading, collection: &str, depth: usize) -> bool {
    if reading.remover(collection).is_some() {
        return true;
    }
    let Some(own) = reading.collection(collection).filter(|_| depth < 4) else {
        return false;
    };
    own.references
        .iter()
        .any(|(_, to)| to.on_delete == OnDelete::Cascade && removable(reading, &to.to, depth + 1))
}
