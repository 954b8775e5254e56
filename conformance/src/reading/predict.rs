//! What a record must look like after a request, as far as the request alone decides it.

use indexmap::IndexMap;
use serde_json::Value;
use tercet_spec::contract::{Schema, SchemaId, Verb};
use tercet_spec::language::{TextPart, ValueExpr};

use super::{Reading, Slot, Use};
use crate::Inputs;

/// What a field must be.
#[derive(Clone, Debug, PartialEq)]
pub enum Predicted {
    /// This value.
    Known(Value),
    /// Nothing: absent or null.
    Absent,
    /// Something that the request alone does not decide.
    Unknown,
}

/// What the fields of a record must be.
pub type Prediction = IndexMap<String, Predicted>;

impl Reading {
    /// The fields of the record that a `create` or `replace` makes, or that an `update` changes, from the request alone.
    /// For an `update`, fields that it leaves alone are not mentioned.
    #[must_use]
    pub fn predict(&self, one: &Use, inputs: &Inputs) -> Prediction {
        let mut fields = Prediction::new();
        let Some(collection) = self.collection(&one.collection) else {
            return fields;
        };
        let contract = self.contract();
        let merges = matches!(self.step(one).verb.seen(), Verb::Update(..));
        // An action is only held to what is said of it: it has defaults and side effects of its own.
        let said = self.is_said(one);
        let named = self.named_by_set(one);
        let written = self.written(one, inputs);
        for (name, id) in &contract.schema(collection.schema).properties {
            let schema = contract.schema(*id);
            if schema.value.is_some() {
                continue;
            }
            let given = match &written {
                None => Predicted::Unknown,
                Some(_) if schema.assign.is_some() && !named.iter().any(|own| own == name) => {
                    Predicted::Unknown
                }
                Some(members) => match members.get(name).cloned() {
                    None if said => Predicted::Unknown,
                    Some(Predicted::Absent) if said && !merges => Predicted::Unknown,
                    written => written.unwrap_or(Predicted::Absent),
                },
            };
            let given = match given {
                Predicted::Absent if merges => continue,
                Predicted::Absent => of_default(schema),
                Predicted::Known(Value::Null) => Predicted::Absent,
                other => other,
            };
            fields.insert(name.clone(), given);
        }
        fields
    }

    /// What a field is of every record that is there: its default, where nothing that the document spells out ever writes
    /// anything else.
    #[must_use]
    pub fn resting(&self, collection: &str, field: &str) -> Option<Value> {
        let own = self.collection(collection)?;
        let id = *self.contract().schema(own.schema).properties.get(field)?;
        let default = self.contract().schema(id).default.clone().filter(|value| !value.is_null())?;
        let seeded = own.seed.iter().any(|record| match record {
            ValueExpr::Object(members) => members.iter().any(|(name, _)| name == field),
            _ => true,
        });
        let other = |one: &Use| match self.written_expression(one, field) {
            Some(ValueExpr::Literal(value)) => *value != default,
            Some(_) => true,
            None => self.source_of(one, field).is_some(),
        };
        let written = self.uses().iter().filter(|one| one.collection == collection).any(other);
        (!seeded && !written).then_some(default)
    }

    /// The part of the request that decides a field, where one part alone does. A place in the body that the body's schema
    /// does not know is none: the server may refuse it.
    #[must_use]
    pub fn source_of(&self, one: &Use, field: &str) -> Option<Slot> {
        self.written_from(one, field).filter(|slot| match slot {
            Slot::Body(path) => self.body_knows(one, path),
            _ => true,
        })
    }

    fn body_knows(&self, one: &Use, path: &[String]) -> bool {
        let contract = self.contract();
        let Some(body) = &self.operation(one).body else {
            return false;
        };
        let known = |start: SchemaId| {
            path.iter().try_fold(start, |id, name| {
                let schema = contract.schema(id);
                let branches = schema.one_of.iter().chain(&schema.any_of);
                let inner =
                    branches.filter_map(|branch| contract.schema(*branch).properties.get(name)).next();
                schema.properties.get(name).or(inner).copied()
            })
        };
        body.content.iter().filter_map(|media| media.schema).any(|schema| known(schema).is_some())
    }

    fn written_from(&self, one: &Use, field: &str) -> Option<Slot> {
        let below = |path: &[String]| Slot::Body([path, &[field.to_owned()]].concat());
        let collection = self.collection(&one.collection)?;
        let id = *self.contract().schema(collection.schema).properties.get(field)?;
        let assigned = self.contract().schema(id).assign.is_some();
        match self.set_of(one) {
            None => (!assigned).then(|| below(&[])),
            Some(ValueExpr::Object(members)) => {
                members.iter().find(|(name, _)| name == field).and_then(|(_, value)| slot_of_value(value))
            }
            Some(ValueExpr::Expression(expression)) => match Slot::of(expression)? {
                Slot::Body(path) if !assigned => Some(below(&path)),
                _ => None,
            },
            Some(_) => None,
        }
    }

    pub(super) fn set_of(&self, one: &Use) -> Option<&ValueExpr> {
        match self.step(one).verb.seen() {
            Verb::Create { set, .. } | Verb::Update(_, set) | Verb::Replace(_, set) => set.as_ref(),
            _ => None,
        }
    }

    fn named_by_set(&self, one: &Use) -> Vec<String> {
        match self.set_of(one) {
            Some(ValueExpr::Object(members)) => members.iter().map(|(name, _)| name.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// Every field that the request writes; `None` when that cannot be told.
    fn written(&self, one: &Use, inputs: &Inputs) -> Option<Prediction> {
        if matches!(self.step(one).verb.seen(), Verb::Create { each: Some(_), .. }) {
            return None;
        }
        let whole = |value: Option<&Value>| match value {
            Some(Value::Object(members)) => Some(
                members.iter().map(|(name, value)| (name.clone(), Predicted::Known(value.clone()))).collect(),
            ),
            None => Some(Prediction::new()),
            Some(_) => None,
        };
        match self.set_of(one) {
            None => whole(inputs.body_value()),
            Some(ValueExpr::Object(members)) => {
                Some(members.iter().map(|(name, value)| (name.clone(), evaluate(value, inputs))).collect())
            }
            Some(value) => match evaluate(value, inputs) {
                Predicted::Known(value) => whole(Some(&value)),
                Predicted::Absent => Some(Prediction::new()),
                Predicted::Unknown => None,
            },
        }
    }
}

fn slot_of_value(value: &ValueExpr) -> Option<Slot> {
    match value {
        ValueExpr::Expression(expression) => Slot::of(expression),
        ValueExpr::First(values) => values.first().and_then(slot_of_value),
        _ => None,
    }
}

fn of_default(schema: &Schema) -> Predicted {
    match (&schema.default, &schema.assign) {
        (_, Some(_)) => Predicted::Unknown,
        (Some(Value::Null), None) | (None, None) => Predicted::Absent,
        (Some(value), None) => Predicted::Known(value.clone()),
    }
}

/// A value, as far as the request alone decides it.
pub(crate) fn evaluate(value: &ValueExpr, inputs: &Inputs) -> Predicted {
    match value {
        ValueExpr::Literal(value) => Predicted::Known(value.clone()),
        ValueExpr::Expression(expression) => match Slot::of(expression) {
            Some(slot) => {
                inputs.get(&slot).map_or(Predicted::Absent, |value| Predicted::Known(value.clone()))
            }
            None => Predicted::Unknown,
        },
        ValueExpr::Text(parts) => text(parts, inputs),
        ValueExpr::First(values) => {
            for one in values {
                match evaluate(one, inputs) {
                    Predicted::Absent | Predicted::Known(Value::Null) => {}
                    other => return other,
                }
            }
            Predicted::Absent
        }
        ValueExpr::Split(_)
        | ValueExpr::Concat(_)
        | ValueExpr::PercentEncode(_)
        | ValueExpr::Checksum(..)
        | ValueExpr::Epoch(..)
        | ValueExpr::HttpDate(_)
        | ValueExpr::After(..)
        | ValueExpr::Count(_)
        | ValueExpr::Select(..) => Predicted::Unknown,
        ValueExpr::List(values) => {
            let mut items = Vec::new();
            for one in values {
                match evaluate(one, inputs) {
                    Predicted::Known(value) => items.push(value),
                    Predicted::Absent => {}
                    Predicted::Unknown => return Predicted::Unknown,
                }
            }
            Predicted::Known(Value::Array(items))
        }
        ValueExpr::Object(members) => {
            let mut object = serde_json::Map::new();
            for (name, one) in members {
                match evaluate(one, inputs) {
                    Predicted::Known(value) => drop(object.insert(name.clone(), value)),
                    Predicted::Absent => {}
                    Predicted::Unknown => return Predicted::Unknown,
                }
            }
            Predicted::Known(Value::Object(object))
        }
    }
}

fn text(parts: &[TextPart], inputs: &Inputs) -> Predicted {
    let mut text = String::new();
    for part in parts {
        match part {
            TextPart::Literal(literal) => text.push_str(literal),
            TextPart::Expression(expression) => {
                let Some(slot) = Slot::of(expression) else {
                    return Predicted::Unknown;
                };
                match inputs.get(&slot) {
                    Some(Value::String(own)) => text.push_str(own),
                    Some(Value::Null) | None => return Predicted::Absent,
                    Some(other) => text.push_str(&other.to_string()),
                }
            }
        }
    }
    Predicted::Known(Value::String(text))
}
