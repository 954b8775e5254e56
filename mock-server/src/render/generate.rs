//! Values made from a schema: realistic, and the same for the same seed and operation.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Number, Value};
use tercet_spec::contract::{Additional, Schema, SchemaId, Type};
use tercet_spec::{Contract, Pointer};

use super::pattern;
use super::telling;
use super::words::{fit, formatted, worded};
use crate::entropy::Entropy;

/// How often a schema may stand inside itself.
const NESTED: usize = 2;

/// How many values are made before only what is required is added.
const AMPLE: usize = 5_000;

/// What was learnt from values that did not keep their schema, by place.
#[derive(Default)]
pub(super) struct Lessons {
    /// How many branches of an alternative have turned out wrong.
    pub(super) turns: HashMap<Pointer, usize>,
    /// Examples and defaults that break what stands around them.
    pub(super) distrusted: HashSet<Pointer>,
}

/// Makes one value.
pub(super) struct Generator<'a> {
    contract: &'a Contract,
    entropy: Entropy,
    lessons: &'a Lessons,
    /// Only what is required, and what tells of a refusal.
    sparing: bool,
    /// Schemas that are being made, innermost last: a recursive one ends.
    open: Vec<SchemaId>,
    /// Where in the value.
    place: Pointer,
    made: usize,
    /// Where examples and defaults were taken.
    pub(super) taken: HashSet<Pointer>,
}

impl<'a> Generator<'a> {
    pub(super) fn new(contract: &'a Contract, entropy: Entropy, lessons: &'a Lessons, sparing: bool) -> Self {
        Self {
            contract,
            entropy,
            lessons,
            sparing,
            open: Vec::new(),
            place: Pointer::root(),
            made: 0,
            taken: HashSet::new(),
        }
    }

    /// A value of that schema.
    pub(super) fn value(&mut self, id: SchemaId) -> Value {
        self.named("", id)
    }

    fn within(&mut self, place: Pointer, name: &str, id: SchemaId) -> Value {
        let outer = std::mem::replace(&mut self.place, place);
        let value = self.named(name, id);
        self.place = outer;
        value
    }

    fn named(&mut self, name: &str, id: SchemaId) -> Value {
        self.made += 1;
        let schema = self.contract.schema(id);
        if let Some(given) = self.given(schema) {
            return given;
        }
        if self.open.iter().filter(|one| **one == id).count() >= NESTED {
            return if schema.allows(Type::Array) && schema.items.is_some() {
                Value::Array(Vec::new())
            } else {
                Value::Null
            };
        }
        self.open.push(id);
        let value = self.composed(name, schema);
        self.open.pop();
        value
    }

    /// What the document itself says.
    fn given(&mut self, schema: &Schema) -> Option<Value> {
        let trusted = !self.lessons.distrusted.contains(&self.place);
        if let Some(example) = schema.example.as_ref().filter(|_| trusted) {
            self.taken.insert(self.place.clone());
            return Some(example.clone());
        }
        let something = schema.values.iter().find(|value| !value.is_null());
        if let Some(value) = something.or(schema.values.first()) {
            return Some(value.clone());
        }
        let default = schema.default.as_ref().filter(|_| trusted)?;
        self.taken.insert(self.place.clone());
        Some(default.clone())
    }

    fn composed(&mut self, name: &str, schema: &'a Schema) -> Value {
        let kind =
            schema.single_type().or_else(|| schema.types.iter().copied().find(|one| *one != Type::Null));
        let mut value = match kind {
            _ if !schema.properties.is_empty() => self.object(schema),
            None if schema.items.is_some() => self.list(name, schema),
            None if !schema.required.is_empty() => self.object(schema),
            Some(Type::Object) => self.object(schema),
            Some(Type::Array) => self.list(name, schema),
            Some(Type::String) => self.text(name, schema).into(),
            Some(Type::Integer) => self.number(schema, true),
            Some(Type::Number) => self.number(schema, false),
            Some(Type::Boolean) => (self.entropy.below(2) == 1).into(),
            Some(Type::Null) | None => Value::Null,
        };
        for branches in [&schema.one_of, &schema.any_of] {
            let Some(branch) = self.branch(branches) else { continue };
            value = match (value, self.named(name, branch)) {
                (Value::Object(mut own), Value::Object(more)) => {
                    own.extend(more);
                    Value::Object(own)
                }
                (own, Value::Null) => own,
                // A branch says more than the type that stands beside it.
                (_, branch) => branch,
            };
            self.tag(schema, self.contract.schema(branch), &mut value);
        }
        if schema.one_of.is_empty() && schema.any_of.is_empty() {
            self.tag(schema, schema, &mut value);
        }
        value
    }

    /// The first branch that does not lead back, or, where values of it were none of the whole, one after it.
    fn branch(&self, branches: &[SchemaId]) -> Option<SchemaId> {
        let is_null = |id: &SchemaId| self.contract.schema(*id).types == [Type::Null];
        let (mut good, rest): (Vec<_>, Vec<_>) =
            branches.iter().copied().partition(|id| !self.open.contains(id) && !is_null(id));
        good.extend(rest);
        let turn = self.lessons.turns.get(&self.place).copied().unwrap_or(0);
        good.get(turn % good.len().max(1)).copied()
    }

    /// What the discriminator says of a schema: the name of its mapping, else that of the schema.
    fn tag(&self, schema: &Schema, of: &Schema, value: &mut Value) {
        let (Some(property), Some(name)) = (&schema.discriminator, &of.name) else { return };
        let says = of.properties.get(property).map(|id| self.contract.schema(*id));
        let is_free = says.is_none_or(|says| says.values.is_empty() && says.allows(Type::String));
        if let Value::Object(members) = value
            && is_free
        {
            let mapped = self.mapped(schema, property, name);
            members.insert(property.clone(), mapped.unwrap_or_else(|| name.clone()).into());
        }
    }

    /// What the mapping calls the component `name`. A discriminator that came with `allOf` stands elsewhere.
    fn mapped(&self, schema: &Schema, property: &String, name: &str) -> Option<String> {
        let discriminator = |one: &Schema| self.contract.document.get(&one.pointer.child("discriminator"));
        let means =
            |target: &Value| target.as_str().is_some_and(|text| text.rsplit('/').next() == Some(name));
        let find = |one: &Value| {
            let mapping = one.get("mapping")?.as_object()?;
            mapping.iter().find(|(_, target)| means(target)).map(|(tag, _)| tag.clone())
        };
        match discriminator(schema) {
            Some(own) => find(own),
            None => {
                let all = self.contract.schemas.iter().map(|(_, one)| one);
                let mut same = all.filter(|one| one.discriminator.as_ref() == Some(property));
                same.find_map(|one| find(discriminator(one)?))
            }
        }
    }

    fn object(&mut self, schema: &'a Schema) -> Value {
        let mut members = Map::new();
        let tells = schema.properties.keys().any(|name| telling::SENTENCE.contains(&name.as_str()));
        let least = schema.properties_count.0.and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
        for (left, (name, property)) in (1..=schema.properties.len()).rev().zip(&schema.properties) {
            let own = self.contract.schema(*property);
            let is_required = schema.required.contains(name);
            let is_welcome =
                !own.write_only && !self.open.contains(property) && self.is_welcome(name, own, tells);
            let is_missing = members.len() + left <= least;
            if is_required || is_welcome || is_missing {
                members.insert(name.clone(), self.within(self.place.child(name), name, *property));
            }
        }
        let unknown = schema.required.iter().filter(|name| !schema.properties.contains_key(*name));
        for name in unknown {
            let value = match schema.additional {
                Additional::Schema(value) => self.within(self.place.child(name), name, value),
                _ => worded(&mut self.entropy, name).into(),
            };
            members.insert(name.clone(), value);
        }
        if let Additional::Schema(value) = schema.additional
            && schema.properties.is_empty()
        {
            let wanted = if self.sparing { least } else { least.max(1) };
            for number in members.len() + 1..=wanted.min(8) {
                let name = format!("key{number}");
                let value = self.within(self.place.child(&name), "", value);
                members.insert(name, value);
            }
        }
        Value::Object(members)
    }

    /// Whether a member is added that is not required.
    fn is_welcome(&self, name: &str, schema: &Schema, tells: bool) -> bool {
        match self.sparing {
            false => self.made < AMPLE,
            true => {
                telling::TELLING.contains(&name)
                    || (name == telling::LIST && !tells)
                    || schema.values.len() == 1
                    || schema.default.is_some()
            }
        }
    }

    fn list(&mut self, name: &str, schema: &'a Schema) -> Value {
        let Some(items) = schema.items else { return Value::Array(Vec::new()) };
        let least = schema.items_count.0.unwrap_or(0);
        let most = schema.items_count.1.unwrap_or(u64::MAX);
        let usual = match self.sparing {
            true => u64::from(name == telling::LIST),
            false if self.made > AMPLE => 0,
            false => 2,
        };
        let wanted = usize::try_from(least.max(usual).min(most).min(1000)).unwrap_or(0);
        let singular = name.strip_suffix('s').unwrap_or(name);
        let choices = &self.contract.schema(items).values;
        let mut members: Vec<Value> = Vec::new();
        for turn in 0..wanted {
            let member = match choices.get(turn) {
                Some(choice) if turn > 0 && schema.unique_items => choice.clone(),
                _ => self.within(self.place.index(members.len()), singular, items),
            };
            if !schema.unique_items || !members.contains(&member) {
                members.push(member);
            }
        }
        Value::Array(members)
    }

    fn number(&mut self, schema: &Schema, whole: bool) -> Value {
        let as_float = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64);
        let step = as_float(&schema.multiple_of).filter(|step| *step > 0.0);
        let unit = step.unwrap_or(if whole { 1.0 } else { 0.5 });
        let (least, most) = (as_float(&schema.range.0), as_float(&schema.range.1));
        let above = as_float(&schema.exclusive_range.0);
        let below = as_float(&schema.exclusive_range.1);
        let (least, most) = match (least.or(above), most.or(below)) {
            (Some(least), Some(most)) => (least, most),
            (Some(least), None) => (least, least + 99.0 * unit),
            (None, Some(most)) => (most - 99.0 * unit, most),
            (None, None) => (1.0, 100.0),
        };
        let (mut first, mut last) = ((least / unit).ceil(), (most / unit).floor());
        if above.is_some_and(|above| first * unit <= above) {
            first += 1.0;
        }
        if below.is_some_and(|below| last * unit >= below) {
            last -= 1.0;
        }
        if first > last {
            // No step of ours lies between the bounds: for what is no multiple of anything the middle does.
            let middle = least.midpoint(most);
            let value = if whole || step.is_some() { first * unit } else { middle };
            return Number::from_f64(value).map_or(Value::Null, Value::Number);
        }
        let steps = (last - first).clamp(0.0, 1e9);
        // The clamp above keeps this conversion exact.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let value = (first + self.entropy.below(steps as u64 + 1) as f64) * unit;
        if value.fract() == 0.0 && value.abs() < 9e15 && whole {
            #[allow(clippy::cast_possible_truncation)]
            return Value::from(value as i64);
        }
        Number::from_f64(value).map_or(Value::Null, Value::Number)
    }

    fn text(&mut self, name: &str, schema: &Schema) -> String {
        if let Some(pattern) = &schema.pattern
            && let Some(text) = pattern::matching(pattern, &mut self.entropy, schema.length)
        {
            return text;
        }
        match formatted(&mut self.entropy, schema.format.as_deref()) {
            Some(text) => fit(&text, schema.length),
            None => fit(&worded(&mut self.entropy, name), schema.length),
        }
    }
}
