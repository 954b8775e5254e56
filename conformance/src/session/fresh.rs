//! Values that no other record may have, drawn anew for as long as one has them; and values that are sent twice.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;
use tercet_spec::contract::{Schema, SchemaId, Type};
use tercet_spec::language::{Source, ValueExpr};

use super::own::Nameable;
use super::state::Session;
use crate::generate::{Fill, Generator};
use crate::reading::{Does, Slot};
use crate::{Body, Inputs, Stop};

/// Draws before a space of values counts as exhausted, and once it has.
const DRAWS: usize = 64;
const EXHAUSTED: usize = 4;

/// A part of a body that must be unique, by itself.
struct Unique {
    collection: String,
    field: String,
    slot: Slot,
    schema: Option<SchemaId>,
    creates: bool,
}

impl Session {
    /// Draws anew what must be unique and what another record has. Where every value is taken, the part is left out.
    ///
    /// # Errors
    /// [`Stop::Blocked`] when every value is taken and the part may not be left out.
    pub(super) fn fill_unique(
        &mut self,
        operation: usize,
        records: &[&dyn Nameable],
        inputs: &mut Inputs,
    ) -> Result<(), Stop> {
        for one in self.unique_parts(operation) {
            let Some(value) = inputs.get(&one.slot).filter(|value| !value.is_null()).cloned() else {
                continue;
            };
            let own = records.iter().find(|record| record.collection() == one.collection && !one.creates);
            let own = own.and_then(|record| record.name(&one.field)).cloned();
            if own.as_ref() == Some(&value) || !self.has(&one, &value) {
                continue;
            }
            if let Some(other) = self.untaken(&one).or(own) {
                inputs.set(&one.slot, other);
                continue;
            }
            let mut without = inputs.clone();
            without.remove(&one.slot);
            if !self.is_allowed(operation, &without) {
                return Err(Stop::Blocked(format!(
                    "every value found for `{}` of `{}` is taken, and it must be unique",
                    one.field, one.collection
                )));
            }
            *inputs = without;
        }
        Ok(())
    }

    /// Whether another record has what a part of a request must have to itself.
    pub(crate) fn is_taken(
        &self,
        operation: usize,
        records: &[&dyn Nameable],
        slot: &Slot,
        value: &Value,
    ) -> bool {
        let mut parts = self.unique_parts(operation).into_iter().filter(|one| one.slot == *slot);
        parts.any(|one| {
            let own = records.iter().find(|record| record.collection() == one.collection && !one.creates);
            own.and_then(|record| record.name(&one.field)) != Some(value) && self.has(&one, value)
        })
    }

    fn unique_parts(&self, operation: usize) -> Vec<Unique> {
        let reading = self.reading();
        let contract = reading.contract();
        let declared = contract.operations[operation].body.as_ref();
        let body = declared.and_then(|body| body.content.iter().find_map(|media| media.schema));
        let writes = [Does::Create, Does::Update, Does::Replace];
        let mut found = Vec::new();
        for one in
            reading.uses().iter().filter(|one| one.operation == operation && writes.contains(&one.does))
        {
            let unique = reading.collection(&one.collection).map(|own| own.unique.as_slice());
            for fields in unique.unwrap_or_default() {
                let [field] = fields.as_slice() else { continue };
                let Some(slot @ Slot::Body(_)) = reading.source_of(one, field) else { continue };
                let schema = match &slot {
                    Slot::Body(path) => path
                        .iter()
                        .try_fold(body, |id, name| Some(contract.schema(id?).properties.get(name).copied())),
                    _ => None,
                };
                found.push(Unique {
                    collection: one.collection.clone(),
                    field: field.clone(),
                    slot,
                    schema: schema.flatten(),
                    creates: one.does == Does::Create,
                });
            }
        }
        found
    }

    /// Whether a record that is there has the value, as far as that is known; letters of either case are taken for the same.
    fn has(&self, one: &Unique, value: &Value) -> bool {
        let same = |own: &Value| match (own.as_str(), value.as_str()) {
            (Some(own), Some(value)) => own.eq_ignore_ascii_case(value),
            _ => own == value,
        };
        let made = self.made.iter().filter(|made| made.collection == one.collection && !made.gone);
        made.filter_map(|made| made.names.get(&one.field)).any(same)
            || self.seen(&one.collection).iter().filter_map(|seen| seen.name(&one.field)).any(same)
    }

    /// Another value that the part may have, and that no record has.
    fn untaken(&mut self, one: &Unique) -> Option<Value> {
        let reading = self.reading();
        let contract = reading.contract();
        let id = one.schema?;
        let schema = contract.schema(id);
        let few: Vec<Value> = if !schema.values.is_empty() {
            schema.values.iter().filter(|value| !value.is_null()).cloned().collect()
        } else if let Some(reference) = &schema.reference {
            self.known_keys(&reference.to)
        } else if schema.single_type() == Some(Type::Boolean) {
            vec![Value::Bool(true), Value::Bool(false)]
        } else {
            let keys = HashMap::new();
            let known = (one.collection.clone(), one.field.clone());
            let draws = if self.exhausted.contains(&known) { EXHAUSTED } else { DRAWS };
            for _ in 0..draws {
                let mut generator = Generator { contract, keys: &keys, chance: &mut self.chance };
                let drawn = generator.valid(id, Fill::Plain).filter(|value| !value.is_null());
                if let Some(value) = drawn.filter(|value| !self.has(one, value)) {
                    return Some(value);
                }
            }
            self.exhausted.insert(known);
            return None;
        };
        few.into_iter().find(|value| !self.has(one, value))
    }

    /// The request as it is sent: what the document says is another member's value once more (`x-value`) is copied, unless it is there.
    pub(super) fn repeated<'i>(&self, operation: usize, inputs: &'i Inputs) -> Cow<'i, Inputs> {
        let missing = self.repeats(operation, inputs);
        if missing.is_empty() {
            return Cow::Borrowed(inputs);
        }
        let mut sent = inputs.clone();
        for (name, value) in missing {
            sent.set(&Slot::Body(vec![name]), value);
        }
        Cow::Owned(sent)
    }

    /// The members that a body has to have because another one is there, and their values.
    pub(crate) fn repeats(&self, operation: usize, inputs: &Inputs) -> Vec<(String, Value)> {
        let contract = self.reading.contract();
        let Some(Body::Value(name, Value::Object(members))) = &inputs.body else { return Vec::new() };
        let declared = contract.operations[operation].body.as_ref();
        let media = declared.and_then(|body| body.content.iter().find(|media| media.name == *name));
        let Some(schema) = media.and_then(|media| media.schema) else { return Vec::new() };
        let repeated = |(name, id): (&String, &SchemaId)| {
            let of = repeats(contract.schema(*id)).filter(|_| !members.contains_key(name))?;
            Some((name.clone(), crate::reading::walk(inputs.body_value()?, of)?.clone()))
        };
        contract.schema(schema).properties.iter().filter_map(repeated).collect()
    }
}

/// The part of the body whose value a member of it is to have, too.
pub(crate) fn repeats(schema: &Schema) -> Option<&[String]> {
    match &schema.value {
        Some(ValueExpr::Expression(one)) if one.source == Source::Body && !one.path.is_empty() => {
            Some(&one.path)
        }
        _ => None,
    }
}
