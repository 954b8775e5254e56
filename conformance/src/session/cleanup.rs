//! Removing what a run made, newest first.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::own::{Made, Nameable, Record};
use super::prepare::Wishes;
use super::state::Session;
use crate::reading::{ends_in, spoken};
use crate::{Purpose, Stop};

/// Something that a run made and that is still there.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Leftover {
    /// The operation that made it.
    pub operation: String,
    /// The collection; empty where the document does not say.
    pub collection: String,
    /// What names it.
    pub names: IndexMap<String, Value>,
    /// Why it is still there.
    pub why: String,
}

/// A record of the run, named from the journal or from the book of what was made.
struct Own(Record);

impl Nameable for Own {
    fn collection(&self) -> &str {
        &self.0.collection
    }
    fn name(&self, field: &str) -> Option<&Value> {
        self.0.names.get(field)
    }
    fn origin(&self) -> Option<usize> {
        None
    }
}

/// How often a removal that fails for a reason that may pass is tried.
const ATTEMPTS: usize = 3;

impl Session {
    /// Removes everything that the run made, newest first. Gives what stays.
    pub async fn clean_up(&mut self) -> Vec<Leftover> {
        self.cleaning = true;
        self.be_usual();
        let mut leftovers: Vec<(usize, Leftover)> = Vec::new();
        for serial in (1..=self.made.len()).rev() {
            let made = self.made[serial - 1].clone();
            if made.gone {
                continue;
            }
            self.identity = made.identity;
            match self.remove(&made).await {
                Ok(()) => {
                    if let Err(stop) = self.gone(serial) {
                        leftovers.push((serial, leftover(made, why(&stop))));
                    }
                }
                Err(why) => leftovers.push((serial, leftover(made, why))),
            }
        }
        self.be_usual();
        self.cleaning = false;
        let along = self.go_along();
        leftovers.retain(|(serial, _)| !along.contains(serial));
        leftovers.into_iter().map(|(_, leftover)| leftover).collect()
    }

    /// What is gone because a record that it belonged to was removed. The oldest first: what belongs to it comes later.
    fn go_along(&mut self) -> Vec<usize> {
        let reading = self.reading();
        let mut along = Vec::new();
        for at in 0..self.made.len() {
            let one = &self.made[at];
            let went = !one.gone
                && one.belongs.iter().any(|(collection, value)| {
                    let key = reading.collection(collection).map_or("id", |own| own.key.as_str());
                    let of_run =
                        self.made.iter().filter(|other| other.collection == *collection && other.certain);
                    of_run.filter(|other| other.gone).any(|other| other.names.get(key) == Some(value))
                });
            if went {
                let serial = one.serial;
                if self.gone(serial).is_ok() {
                    along.push(serial);
                }
            }
        }
        along
    }

    /// What stays if nothing more is removed.
    #[must_use]
    pub fn remaining(&self) -> Vec<Leftover> {
        let there = self.made.iter().rev().filter(|made| !made.gone);
        there.map(|made| leftover(made.clone(), "not removed yet".to_owned())).collect()
    }

    /// Takes over what another run's journal says was made.
    pub fn adopt(&mut self, lines: &[super::Line]) {
        for line in lines {
            match line {
                super::Line::Run { .. } => {}
                super::Line::Intent { operation, collection, names, .. } => self.made.push(Made {
                    serial: self.made.len() + 1,
                    collection: collection.clone(),
                    operation: operation.clone(),
                    names: names.clone(),
                    origin: None,
                    belongs: Vec::new(),
                    identity: 0,
                    certain: false,
                    gone: false,
                }),
                super::Line::Made { serial, names } => {
                    if let Some(made) = self.made.get_mut(serial.wrapping_sub(1)) {
                        made.names.clone_from(names);
                        made.certain = true;
                    }
                }
                super::Line::Gone { serial } => {
                    if let Some(made) = self.made.get_mut(serial.wrapping_sub(1)) {
                        made.gone = true;
                    }
                }
            }
        }
    }

    async fn remove(&mut self, made: &Made) -> Result<(), String> {
        let reading = self.reading();
        let Some(remover) = reading.remover(&made.collection).cloned() else {
            let what = if made.collection.is_empty() {
                "what it made".to_owned()
            } else {
                format!("one of `{}`", made.collection)
            };
            return Err(format!("no operation removes {what}"));
        };
        let own = remover.names.iter().find(|naming| naming.through.is_none());
        let Some(own) = own.filter(|naming| made.names.contains_key(&naming.field)) else {
            return Err("nothing is known that names it".to_owned());
        };
        let field = own.field.clone();
        let record = Own(Record {
            collection: made.collection.clone(),
            names: made.names.clone(),
            shown: Value::Null,
            origin: None,
        });
        let mut last = String::new();
        let mut calls = reading.calls(&remover);
        for _ in 0..ATTEMPTS * calls as usize {
            let inputs =
                self.prepare(remover.operation, &[&record], &Wishes::minimal()).map_err(|stop| why(&stop))?;
            if inputs.get(&own.slot) != made.names.get(&field) {
                return Err("nothing is known that names it".to_owned());
            }
            let exchange = self
                .send(remover.operation, None, &inputs, Purpose::Look)
                .await
                .map_err(|stop| why(&stop))?;
            let owner = &reading.contract().operations[remover.operation];
            let missed = reading.miss(&remover).is_some_and(|outcome| {
                let status = exchange.status().unwrap_or_default();
                spoken(reading.contract(), owner, status, exchange.json()) == [outcome.to_owned()]
            });
            match exchange.status() {
                Some(404 | 410) => return Ok(()),
                Some(_) if missed => return Ok(()),
                Some(status) if (200..300).contains(&status) => {
                    calls -= 1;
                    if calls == 0 {
                        return Ok(());
                    }
                }
                Some(status) if status < 500 || ends_in(reading.contract(), owner, status) => {
                    return Err(exchange.summary());
                }
                _ => last = exchange.summary(),
            }
        }
        Err(last)
    }
}

fn leftover(made: Made, why: String) -> Leftover {
    let why = if made.certain {
        why
    } else {
        format!("{why} (its creation got no clear answer: it may not exist)")
    };
    Leftover { operation: made.operation, collection: made.collection, names: made.names, why }
}

fn why(stop: &Stop) -> String {
    match stop {
        Stop::Blocked(why) | Stop::Missing(why) | Stop::Broken(why) => why.clone(),
    }
}
