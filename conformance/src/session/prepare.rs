//! Inputs that the document allows, with names of real records where it asks for names.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;
use tercet_spec::contract::{AssignKind, Flavour, Location, Operation, Schema};

use super::own::{MadeUp, Nameable, Record};
use super::state::Session;
use crate::generate::{Fill, Generator};
use crate::reading::{Does, Naming, Predicted, Slot, Use, is_json};
use crate::{Body, Inputs, Stop};

/// How much of what is optional is filled in.
pub type Shape = Fill;

/// What the inputs of an operation should be like.
#[derive(Clone, Debug)]
pub struct Wishes {
    pub(super) shape: Shape,
    pub(super) with: Vec<(Slot, Value)>,
    pub(super) without: Vec<Slot>,
}

impl Wishes {
    /// Only what is required.
    #[must_use]
    pub fn minimal() -> Self {
        Self::of(Shape::Minimal)
    }

    /// Optional scalars of the body too; optional parameters, lists and objects are left out.
    #[must_use]
    pub fn plain() -> Self {
        Self::of(Shape::Plain)
    }

    /// Everything.
    #[must_use]
    pub fn full() -> Self {
        Self::of(Shape::Full)
    }

    /// Of that shape.
    #[must_use]
    pub fn of(shape: Shape) -> Self {
        Self { shape, with: Vec::new(), without: Vec::new() }
    }

    /// With this value there.
    #[must_use]
    pub fn with(mut self, slot: Slot, value: Value) -> Self {
        self.with.push((slot, value));
        self
    }

    /// With nothing there.
    #[must_use]
    pub fn without(mut self, slot: Slot) -> Self {
        self.without.push(slot);
        self
    }
}

impl Session {
    /// Inputs that the document allows. What names a record is filled in from `records`, and from other records that are known
    /// where those do not fit.
    ///
    /// # Errors
    /// [`Stop::Blocked`] when something required cannot be filled in.
    pub fn prepare(
        &mut self,
        operation: usize,
        records: &[&dyn Nameable],
        wishes: &Wishes,
    ) -> Result<Inputs, Stop> {
        let reading = self.reading();
        let contract = reading.contract();
        let owner = &contract.operations[operation];
        let keys = self.keys();
        let mut generator = Generator { contract, keys: &keys, chance: &mut self.chance };
        let mut inputs = Inputs::default();
        for parameter in &owner.parameters {
            let wanted =
                parameter.required || (wishes.shape == Fill::Full && !parameter.deprecated_in(contract));
            if !wanted {
                continue;
            }
            let value = generator.valid(parameter.schema, wishes.shape).or_else(|| parameter.example.clone());
            let into = match parameter.location {
                Location::Path => &mut inputs.path,
                Location::Query => &mut inputs.query,
                Location::Header => &mut inputs.header,
                Location::Cookie => &mut inputs.cookie,
            };
            match value {
                Some(value) => drop(into.insert(parameter.name.clone(), value)),
                None if parameter.required => {
                    return Err(Stop::Blocked(format!(
                        "no value was found for parameter `{}` of `{}`",
                        parameter.name, owner.id
                    )));
                }
                None => {}
            }
        }
        inputs.body = body(&mut generator, owner, wishes.shape)?;
        self.fill_required(operation, &keys, &mut inputs);
        self.fill_names(operation, records, &mut inputs)?;
        self.fill_references(operation, records, &mut inputs);
        self.fill_kinds(operation, &mut inputs);
        self.fill_unique(operation, records, &mut inputs)?;
        for (slot, value) in &wishes.with {
            self.put(operation, &mut inputs, slot, value.clone());
        }
        for slot in &wishes.without {
            inputs.remove(slot);
        }
        Ok(inputs)
    }

    /// Puts a value into a part of the request; where that is a part of a body that is not there, as it need not be, with a body.
    pub(crate) fn put(&self, operation: usize, inputs: &mut Inputs, slot: &Slot, value: Value) {
        if let (Slot::Body(path), None) = (slot, &inputs.body)
            && !path.is_empty()
        {
            let declared = self.reading.contract().operations[operation].body.as_ref();
            let json = declared.and_then(|body| body.content.iter().find(|media| is_json(&media.name)));
            inputs.body =
                json.map(|media| Body::Value(media.name.clone(), Value::Object(serde_json::Map::new())));
        }
        inputs.set(slot, value);
    }

    /// Names that no record of a collection has, made up so that the document allows them.
    ///
    /// # Errors
    /// [`Stop::Missing`] when the collection is unknown or its key cannot be made up.
    pub fn made_up(&mut self, collection: &str) -> Result<MadeUp, Stop> {
        let reading = self.reading();
        let contract = reading.contract();
        let own = contract
            .collections
            .get(collection)
            .ok_or_else(|| Stop::Missing(format!("a collection `{collection}`")))?;
        let keys = HashMap::new();
        let mut names = IndexMap::new();
        for field in &reading.telling(&own.name) {
            let Some(id) = contract.schema(own.schema).properties.get(field) else {
                continue;
            };
            let mut generator = Generator { contract, keys: &keys, chance: &mut self.chance };
            let value = match generator.valid(*id, Fill::Minimal) {
                // Small numbers are taken: records are counted from 1.
                Some(Value::Number(_)) => {
                    let large = Value::from(2_000_000_000 - self.chance.between(0, 1_000_000));
                    contract.validators.is_valid(*id, Flavour::Request, &large).then_some(large)
                }
                // As the server makes them: another text may be no name at all.
                Some(_) if is_object_id(contract.schema(*id)) => {
                    let bytes = self.chance.bytes::<12>();
                    Some(Value::from(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
                }
                other => other,
            };
            if let Some(value) = value {
                self.nobody.push(value.clone());
                names.insert(field.clone(), value);
            }
        }
        if names.is_empty() {
            return Err(Stop::Missing(format!("a key of `{collection}` that can be made up")));
        }
        Ok(MadeUp {
            record: Record { collection: collection.to_owned(), names, shown: Value::Null, origin: None },
        })
    }

    /// Whether everything that a creation or update would store as a reference is known to exist.
    pub(crate) fn refers_to_what_exists(&self, operation: usize, inputs: &Inputs) -> bool {
        let reading = self.reading();
        let writes = [Does::Create, Does::Update, Does::Replace];
        let own =
            reading.uses().iter().filter(|one| one.operation == operation && writes.contains(&one.does));
        own.filter_map(|one| reading.collection(&one.collection).map(|collection| (one, collection))).all(
            |(one, collection)| {
                let prediction = reading.predict(one, inputs);
                collection.references.iter().all(|(field, reference)| match prediction.get(field) {
                    None | Some(Predicted::Absent) => true,
                    // What the server decides itself (`$caller.id`) is its own affair.
                    Some(Predicted::Unknown) => true,
                    Some(Predicted::Known(value)) => self.exists(&reference.to, value),
                })
            },
        )
    }

    fn exists(&self, collection: &str, value: &Value) -> bool {
        if let Value::Array(values) = value {
            return values.iter().all(|one| self.exists(collection, one));
        }
        let key = self.reading.collection(collection).map_or("id", |one| one.key.as_str());
        let made = self.made.iter().filter(|one| one.collection == collection && !one.gone);
        made.filter_map(|one| one.names.get(key)).any(|own| own == value)
            || self.seen(collection).iter().any(|one| one.name(key) == Some(value))
    }

    /// Keys of records of a collection that exist: the run's own first.
    pub(crate) fn known_keys(&self, collection: &str) -> Vec<Value> {
        let Some(own) = self.reading.collection(collection) else { return Vec::new() };
        let made = self.made.iter().filter(|one| one.collection == collection && !one.gone);
        let made = made.filter_map(|one| one.names.get(&own.key));
        let seen = self.seen(collection).iter().filter_map(|one| one.name(&own.key));
        made.chain(seen).cloned().collect()
    }

    /// Keys of records that exist, by collection; the run's own where it has any.
    fn keys(&self) -> HashMap<String, Vec<Value>> {
        let mut keys: HashMap<String, Vec<Value>> = HashMap::new();
        for (name, collection) in &self.reading.contract().collections {
            // The oldest two: a record that refers to the newest, which refers to the one before, makes long stories.
            let made = self.made.iter().filter(|one| one.collection == *name && !one.gone);
            let own: Vec<Value> =
                made.filter_map(|one| one.names.get(&collection.key)).take(2).cloned().collect();
            let seen = self.seen(name).iter().filter_map(|one| one.name(&collection.key)).cloned();
            keys.insert(name.clone(), if own.is_empty() { seen.take(20).collect() } else { own });
        }
        keys
    }

    fn fill_names(
        &self,
        operation: usize,
        records: &[&dyn Nameable],
        inputs: &mut Inputs,
    ) -> Result<(), Stop> {
        let reading = self.reading();
        for naming in reading.namings(operation) {
            let optional = matches!(&naming.slot, Slot::Query(_) | Slot::Header(_) | Slot::Cookie(_));
            if optional && inputs.get(&naming.slot).is_none() {
                continue;
            }
            // One way of naming a record in the body is enough, and the schema may allow no more.
            let other_way = |other: &Naming| {
                other.slot != naming.slot
                    && other.step == naming.step
                    && other.collection == naming.collection
                    && inputs.get(&other.slot).is_some()
            };
            if inputs.get(&naming.slot).is_none() && reading.namings(operation).iter().any(other_way) {
                continue;
            }
            match self.name_for(naming, records) {
                Some(value) => inputs.set(&naming.slot, value),
                None if matches!(naming.slot, Slot::Path(_)) => {
                    return Err(Stop::Blocked(format!("no record of `{}` is known", naming.collection)));
                }
                None => {}
            }
        }
        Ok(())
    }

    /// What a body may leave out as far as its schema goes, but what the records that an action is said to write must have.
    fn fill_required(&mut self, operation: usize, keys: &HashMap<String, Vec<Value>>, inputs: &mut Inputs) {
        let reading = self.reading();
        let contract = reading.contract();
        let declared = contract.operations[operation].body.as_ref();
        let media = declared.and_then(|body| body.content.iter().find(|media| is_json(&media.name)));
        let Some((media, schema)) = media.and_then(|media| Some((&media.name, media.schema?))) else {
            return;
        };
        let writes = [Does::Create, Does::Update, Does::Replace];
        let said =
            |one: &&Use| one.operation == operation && writes.contains(&one.does) && reading.is_said(one);
        for one in reading.uses().iter().filter(said) {
            let Some(collection) = reading.collection(&one.collection) else { continue };
            for field in &contract.schema(collection.schema).required {
                let Some(slot @ Slot::Body(_)) = reading.source_of(one, field) else { continue };
                let Slot::Body(path) = &slot else { continue };
                let [name] = &path[..] else { continue };
                let Some(id) = contract.schema(schema).properties.get(name) else { continue };
                if inputs.get(&slot).is_none() && contract.schema(*id).reference.is_none() {
                    let mut generator = Generator { contract, keys, chance: &mut self.chance };
                    if let Some(value) = generator.valid(*id, Fill::Minimal) {
                        let empty = || Body::Value(media.clone(), Value::Object(serde_json::Map::new()));
                        inputs.body.get_or_insert_with(empty);
                        inputs.set(&slot, value);
                    }
                }
            }
        }
    }

    fn name_for(&self, naming: &Naming, records: &[&dyn Nameable]) -> Option<Value> {
        let given = records.iter().find(|one| one.collection() == naming.collection);
        if let Some(value) = given.and_then(|one| one.name(&naming.field)) {
            return Some(value.clone());
        }
        let own = self.made.iter().rev().find(|one| one.collection == naming.collection && !one.gone);
        let own = own.and_then(|one| one.names.get(&naming.field));
        own.or_else(|| self.seen(&naming.collection).iter().find_map(|one| one.name(&naming.field))).cloned()
    }

    /// Values that the request schema leaves open, but that the effect writes into a field which takes only some.
    fn fill_kinds(&self, operation: usize, inputs: &mut Inputs) {
        let reading = self.reading();
        let contract = reading.contract();
        for one in reading.uses().iter().filter(|one| one.operation == operation && one.does == Does::Create)
        {
            let Some(collection) = reading.collection(&one.collection) else {
                continue;
            };
            for (field, id) in &contract.schema(collection.schema).properties {
                let Some(first) = contract.schema(*id).values.first() else {
                    continue;
                };
                let Some(slot) = reading.source_of(one, field) else {
                    continue;
                };
                let is_other = |value: &Value| !contract.schema(*id).values.contains(value);
                if inputs.get(&slot).is_some_and(is_other) {
                    let mut fitting = inputs.clone();
                    fitting.set(&slot, first.clone());
                    if self.is_allowed(operation, &fitting) {
                        *inputs = fitting;
                    }
                }
            }
        }
    }

    /// Whether the body keeps the document's rules.
    pub(super) fn is_allowed(&self, operation: usize, inputs: &Inputs) -> bool {
        let contract = self.reading.contract();
        let declared = contract.operations[operation].body.as_ref();
        let schema = declared.and_then(|body| body.content.iter().find_map(|media| media.schema));
        match (schema, inputs.body_value()) {
            (Some(schema), Some(body)) => contract.validators.is_valid(schema, Flavour::Request, body),
            _ => true,
        }
    }

    /// References that the request schema does not call so, but that the effect writes into a field that is one.
    fn fill_references(&self, operation: usize, records: &[&dyn Nameable], inputs: &mut Inputs) {
        let reading = self.reading();
        let writes = [Does::Create, Does::Update, Does::Replace];
        for one in
            reading.uses().iter().filter(|one| one.operation == operation && writes.contains(&one.does))
        {
            let Some(collection) = reading.collection(&one.collection) else {
                continue;
            };
            for (field, reference) in collection.references.iter().filter(|(_, reference)| !reference.many) {
                let Some(slot) = reading.source_of(one, field).filter(|slot| inputs.get(slot).is_some())
                else {
                    continue;
                };
                let Some(to) = reading.collection(&reference.to) else {
                    continue;
                };
                let naming = Naming {
                    slot: slot.clone(),
                    collection: reference.to.clone(),
                    field: to.key.clone(),
                    through: Some(field.clone()),
                    step: one.step,
                };
                match self.name_for(&naming, records) {
                    Some(value) => inputs.set(&slot, value),
                    None if matches!(slot, Slot::Path(_)) => {}
                    None => {
                        // Nothing to refer to: left out, unless it may not be.
                        let mut without = inputs.clone();
                        without.remove(&slot);
                        if self.is_allowed(operation, &without) {
                            *inputs = without;
                        }
                    }
                }
            }
        }
    }
}

fn body(generator: &mut Generator<'_>, operation: &Operation, shape: Shape) -> Result<Option<Body>, Stop> {
    let Some(declared) = &operation.body else {
        return Ok(None);
    };
    if !declared.required && shape == Fill::Minimal {
        return Ok(None);
    }
    let json = declared.content.iter().find(|media| is_json(&media.name));
    let Some(media) = json.or_else(|| declared.content.first()) else {
        return Ok(None);
    };
    let value = match media.schema {
        Some(schema) => generator.valid(schema, shape),
        None => media.examples.first().map(|example| example.raw.clone()),
    };
    match value {
        Some(value) => Ok(Some(Body::Value(media.name.clone(), value))),
        None if declared.required => {
            Err(Stop::Blocked(format!("no body was found that `{}` must accept", operation.id)))
        }
        None => Ok(None),
    }
}

fn is_object_id(schema: &Schema) -> bool {
    schema.assign.as_ref().is_some_and(|assign| matches!(assign.kind, AssignKind::ObjectId))
}

/// Whether a parameter is on its way out, as far as its schema says.
trait Deprecated {
    fn deprecated_in(&self, contract: &tercet_spec::Contract) -> bool;
}

impl Deprecated for tercet_spec::contract::Parameter {
    fn deprecated_in(&self, contract: &tercet_spec::Contract) -> bool {
        let own = contract.document.get(&self.pointer).and_then(|value| value.get("deprecated"));
        own == Some(&Value::Bool(true)) || contract.schema(self.schema).deprecated
    }
}
