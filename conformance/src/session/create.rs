//! Creating, and keeping book of what was created.

use std::sync::Arc;

use futures::future::BoxFuture;
use indexmap::IndexMap;
use serde_json::Value;
use tercet_spec::contract::OnDelete;

use super::journal::Line;
use super::own::{Made, Nameable, Owned, Record, Seen};
use super::prepare::Wishes;
use super::requests::{Aim, is_create};
use super::state::Session;
use crate::reading::{Does, Known, Predicted, Use, ends_in};
use crate::{Exchange, Inputs, Purpose, Stop};

/// Parents of parents of parents: a chain longer than this is a circle.
const GENERATIONS: usize = 5;

impl Session {
    /// Creates a record. What it must refer to is created first, or taken from what is there.
    ///
    /// # Errors
    /// [`Stop::Blocked`] when it may not be created or was refused, [`Stop::Broken`] when there is no answer.
    pub async fn create(&mut self, creator: &Use, wishes: &Wishes) -> Result<Owned, Stop> {
        self.create_below(creator, &[], wishes).await
    }

    /// Creates a record that belongs to, or refers to, these.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub async fn create_below(
        &mut self,
        creator: &Use,
        records: &[&dyn Nameable],
        wishes: &Wishes,
    ) -> Result<Owned, Stop> {
        let given: Vec<String> = records.iter().map(|one| one.collection().to_owned()).collect();
        self.parents(creator, &given, 0).await?;
        if !self.reading.is_said(creator) {
            return self.create_so(creator, records, wishes).await;
        }
        // An action may refuse what schemas allow: it is asked in other ways then, and from then on in the one that it took.
        let mut refused = None;
        for habit in self.habits_of(creator, wishes) {
            self.renew_parents(creator, records, habit).await?;
            let wishes = self.bend(creator, records, wishes, habit);
            match self.create_so(creator, records, &wishes).await {
                Ok(record) => {
                    self.habits.insert(creator.operation, habit);
                    return Ok(record);
                }
                Err(Stop::Blocked(why)) => drop(refused.get_or_insert(why)),
                Err(stop) => return Err(stop),
            }
        }
        self.gave_up(creator);
        Err(Stop::Blocked(refused.unwrap_or_default()))
    }

    /// Creates a record, asking once.
    async fn create_so(
        &mut self,
        creator: &Use,
        records: &[&dyn Nameable],
        wishes: &Wishes,
    ) -> Result<Owned, Stop> {
        let inputs = self.prepare(creator.operation, records, wishes)?;
        let before = self.made.len();
        let exchange = self.write(creator.operation, Aim::New, &inputs, Purpose::Look).await?;
        let made = self.made.get(before).filter(|made| exchange.succeeded() && !made.gone).cloned();
        let Some(made) = made else {
            return Err(Stop::Blocked(format!("nothing could be created: {}", exchange.summary())));
        };
        let shown = self.shown(creator.operation, &exchange).cloned().unwrap_or(Value::Null);
        Ok(Owned {
            record: Record {
                collection: made.collection,
                names: made.names,
                shown,
                origin: Some(exchange.number),
            },
            prediction: self.reading.predict(creator, &inputs),
            inputs,
            operation: creator.operation,
            serial: made.serial,
        })
    }

    /// A record of the run that probes may share, as long as it is there and what it was created with still holds.
    pub(crate) fn spare(&self, collection: &str) -> Option<Owned> {
        let spare = self.spares.get(collection)?;
        (!self.made[spare.serial - 1].gone).then(|| spare.clone())
    }

    /// Keeps a record for probes to share.
    pub(crate) fn keep_spare(&mut self, record: &Owned) {
        self.spares.insert(record.collection().to_owned(), record.clone());
    }

    /// Keeps the book of a record that an operation has changed: what names it now, and what its fields must be.
    pub(super) fn was_changed(
        &mut self,
        operation: usize,
        record: &Owned,
        inputs: &Inputs,
    ) -> Result<(), Stop> {
        let reading = self.reading();
        let opaque = reading.is_opaque(operation);
        let changes = [Does::Update, Does::Replace];
        let mut renamed = false;
        for one in reading
            .uses()
            .iter()
            .filter(|one| one.operation == operation && one.collection == record.collection())
        {
            if !changes.contains(&one.does) {
                continue;
            }
            let prediction = reading.predict(one, inputs);
            let made = &mut self.made[record.serial - 1];
            for field in reading.telling(&made.collection) {
                if let Some(Predicted::Known(value)) = prediction.get(&field) {
                    renamed |= made.names.insert(field, value.clone()).as_ref() != Some(value);
                }
            }
            let names = made.names.clone();
            if let Some(spare) =
                self.spares.get_mut(record.collection()).filter(|spare| spare.serial == record.serial)
            {
                spare.record.names = names;
                spare.prediction.extend(prediction);
            }
        }
        let untold = reading.uses().iter().any(|one| one.operation == operation && reading.is_untold(one));
        if untold && self.spares.get(record.collection()).is_some_and(|spare| spare.serial == record.serial) {
            // It may be of no use to others now.
            self.spares.remove(record.collection());
        }
        let spare = self.spares.get_mut(record.collection());
        if let Some(spare) = spare.filter(|spare| opaque && spare.serial == record.serial) {
            spare.prediction.values_mut().for_each(|value| *value = Predicted::Unknown);
        }
        if renamed {
            let made = &self.made[record.serial - 1];
            let line = Line::Made { serial: made.serial, names: made.names.clone() };
            self.journal.write(&line).map_err(|error| Stop::Broken(error.to_string()))?;
        }
        Ok(())
    }

    /// The operations that create a record of a collection and may be called, the plainest first.
    #[must_use]
    pub fn creators(&self, collection: &str) -> Vec<Use> {
        let mut all: Vec<Use> = self.reading.that(Does::Create, collection).cloned().collect();
        all.sort_by_key(|one| (one.conditional, one.beside_action));
        all
    }

    /// Whether a step that is called with these inputs takes a record of the run; `None` when that cannot be told.
    #[must_use]
    pub fn takes(&self, one: &Use, inputs: &Inputs, record: &Owned) -> Option<bool> {
        let maker = self.created_by(record.operation);
        let known = Known { names: record.names(), fields: record.prediction(), maker: maker.as_ref() };
        self.reading.takes(one, inputs, known)
    }

    /// Makes sure that there is a record of every collection that a creation names or refers to.
    fn parents<'a>(
        &'a mut self,
        creator: &'a Use,
        given: &'a [String],
        depth: usize,
    ) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(async move {
            let reading = self.reading();
            let mut wanted: Vec<String> =
                reading.namings(creator.operation).iter().map(|naming| naming.collection.clone()).collect();
            if let Some(collection) = reading.collection(&creator.collection) {
                let schema = reading.contract().schema(collection.schema);
                for (field, reference) in &collection.references {
                    if schema.required.contains(field) && reading.source_of(creator, field).is_some() {
                        wanted.push(reference.to.clone());
                    }
                }
            }
            for collection in wanted {
                let known = given.contains(&collection)
                    || self.made.iter().any(|one| one.collection == collection && !one.gone);
                if known || collection == creator.collection || depth >= GENERATIONS {
                    continue;
                }
                let parent = self.creators(&collection).into_iter().find(|one| !one.conditional);
                let Some(parent) = parent else {
                    continue;
                };
                if super::permit::irreversible(&reading, parent.operation).is_some()
                    && !self.seen(&collection).is_empty()
                {
                    continue;
                }
                self.parents(&parent, &[], depth + 1).await?;
                let inputs = self.prepare(parent.operation, &[], &Wishes::plain())?;
                self.write(parent.operation, Aim::New, &inputs, Purpose::Look).await?;
            }
            Ok(())
        })
    }

    /// The create step of an operation that surely makes a record.
    pub(super) fn created_by(&self, operation: usize) -> Option<Use> {
        self.reading.uses().iter().find(|one| one.operation == operation && is_create(one)).cloned()
    }

    /// Writes down that something is about to be created. Gives its serial; `None` when nothing will be.
    pub(super) fn announce(
        &mut self,
        operation: usize,
        created: Option<&Use>,
        inputs: &Inputs,
    ) -> Result<Option<usize>, Stop> {
        let contract = Arc::clone(self.reading.contract());
        let owner = &contract.operations[operation];
        let leaves_something =
            created.is_some() || super::permit::irreversible(&self.reading, operation).is_some();
        if !leaves_something {
            return Ok(None);
        }
        self.pace.creation()?;
        let made = Made {
            serial: self.made.len() + 1,
            collection: created.map(|one| one.collection.clone()).unwrap_or_default(),
            operation: owner.id.clone(),
            names: created.map(|one| self.names_sent(one, inputs)).unwrap_or_default(),
            origin: None,
            belongs: created.map(|one| self.belongs(one, inputs)).unwrap_or_default(),
            identity: self.identity,
            certain: false,
            gone: true,
        };
        self.journal
            .write(&Line::Intent {
                serial: made.serial,
                operation: made.operation.clone(),
                collection: made.collection.clone(),
                names: made.names.clone(),
            })
            .map_err(|error| Stop::Broken(error.to_string()))?;
        let serial = made.serial;
        self.made.push(made);
        Ok(Some(serial))
    }

    /// Writes down how a creation went.
    pub(super) fn settle(
        &mut self,
        serial: Option<usize>,
        operation: usize,
        created: Option<&Use>,
        inputs: &Inputs,
        exchange: &Arc<Exchange>,
    ) -> Result<(), Stop> {
        let Some(serial) = serial else {
            return Ok(());
        };
        let mut names = created.map(|one| self.names_sent(one, inputs)).unwrap_or_default();
        if let (Some(one), Some(shown)) = (created, self.shown(operation, exchange)) {
            names.extend(self.names_shown(one, operation, shown));
        }
        let owner = &self.reading.contract().operations[operation];
        let refuses = |status: u16| status < 500 || ends_in(self.reading.contract(), owner, status);
        let refused =
            exchange.status().is_some_and(|status| !(200..300).contains(&status) && refuses(status));
        let made = &mut self.made[serial - 1];
        made.origin = Some(exchange.number);
        made.names = names;
        made.gone = refused;
        made.certain = exchange.succeeded();
        let line =
            if refused { Line::Gone { serial } } else { Line::Made { serial, names: made.names.clone() } };
        self.journal.write(&line).map_err(|error| Stop::Broken(error.to_string()))
    }

    /// Notes that a record is gone.
    pub(super) fn gone(&mut self, serial: usize) -> Result<(), Stop> {
        self.made[serial - 1].gone = true;
        self.journal.write(&Line::Gone { serial }).map_err(|error| Stop::Broken(error.to_string()))
    }

    /// Notes that a record is gone because one that it belonged to was removed.
    ///
    /// # Errors
    /// [`Stop::Broken`] when the journal cannot be written.
    pub(crate) fn went_along(&mut self, record: &Owned) -> Result<(), Stop> {
        self.gone(record.serial)
    }

    /// The record that a successful answer shows, when it shows one.
    pub(super) fn shown<'e>(&self, operation: usize, exchange: &'e Exchange) -> Option<&'e Value> {
        let view = self.reading.view(operation)?;
        let records = view.records(exchange.json()?);
        records.first().copied().filter(|_| exchange.succeeded())
    }

    /// Notes the records that a listing shows as seen.
    pub(crate) fn notice(&mut self, operation: usize, exchange: &Exchange) {
        let reading = self.reading();
        let (Some(view), Some(body)) = (reading.view(operation), exchange.json()) else {
            return;
        };
        let Some(collection) = reading.collection(&view.collection) else {
            return;
        };
        let fields = reading.telling(&collection.name);
        let known = self.seen.entry(view.collection.clone()).or_default();
        for shown in view.records(body).into_iter().take(50) {
            let names: IndexMap<String, Value> = fields
                .iter()
                .filter_map(|field| view.field(shown, field).map(|value| (field.clone(), value.clone())))
                .filter(|(_, value)| !value.is_null())
                .collect();
            if names.is_empty() || known.iter().any(|one| one.record.names == names) {
                continue;
            }
            known.push(Seen {
                record: Record {
                    collection: view.collection.clone(),
                    names,
                    shown: shown.clone(),
                    origin: Some(exchange.number),
                },
            });
        }
    }

    fn names_sent(&self, one: &Use, inputs: &Inputs) -> IndexMap<String, Value> {
        let prediction = self.reading.predict(one, inputs);
        let known = |field: &String| match prediction.get(field) {
            Some(Predicted::Known(value)) => Some((field.clone(), value.clone())),
            _ => None,
        };
        self.naming_fields(one).iter().filter_map(known).collect()
    }

    fn names_shown(&self, one: &Use, operation: usize, shown: &Value) -> IndexMap<String, Value> {
        let Some(view) = self.reading.view(operation).filter(|view| view.collection == one.collection) else {
            return IndexMap::new();
        };
        let value = |field: &String| view.field(shown, field).filter(|value| !value.is_null());
        self.naming_fields(one)
            .iter()
            .filter_map(|field| value(field).map(|value| (field.clone(), value.clone())))
            .collect()
    }

    fn naming_fields(&self, one: &Use) -> Vec<String> {
        self.reading.telling(&one.collection)
    }

    /// The records that a new one goes along with when they are removed.
    fn belongs(&self, one: &Use, inputs: &Inputs) -> Vec<(String, Value)> {
        let Some(collection) = self.reading.collection(&one.collection) else { return Vec::new() };
        let prediction = self.reading.predict(one, inputs);
        let cascades = collection.references.iter().filter(|(_, to)| to.on_delete == OnDelete::Cascade);
        cascades
            .filter_map(|(field, to)| match prediction.get(field) {
                Some(Predicted::Known(value)) => Some((to.to.clone(), value.clone())),
                _ => None,
            })
            .collect()
    }
}
