//! Values that keep a schema.

use std::collections::HashMap;

use serde_json::{Map, Value};
use tercet_spec::Contract;
use tercet_spec::contract::{Additional, Flavour, Schema, SchemaId, Type};

use super::{Chance, format, number, text};

/// How much of what is optional is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Nothing: only what is required, lists as short as may be.
    Minimal,
    /// Scalars; optional lists, objects and references are left out.
    Plain,
    /// Everything.
    Full,
}

/// Deeper than this, only what is required is filled in, so that recursive schemas come to an end.
const DEEP: usize = 6;

/// And deeper than this nothing is made at all.
const DEEPEST: usize = 40;

/// Lists and objects with more members than this are not made.
const LONGEST_LIST: u64 = 10_000;

/// Writes values from the schemas of a contract.
#[derive(Debug)]
pub struct Generator<'g> {
    /// The contract.
    pub contract: &'g Contract,
    /// Keys of records that exist, by collection: what references are filled with.
    pub keys: &'g HashMap<String, Vec<Value>>,
    /// Where chance comes from.
    pub chance: &'g mut Chance,
}

impl Generator<'_> {
    /// A value that a request may carry; `None` when none was found that keeps the schema.
    pub fn valid(&mut self, id: SchemaId, fill: Fill) -> Option<Value> {
        for attempt in 0..12 {
            // When everything together does not fit (branches that exclude one another, say), less may.
            let fill = if attempt < 8 { fill } else { Fill::Minimal };
            if let Some(value) = self.value(id, fill, 0)
                && self.contract.validators.is_valid(id, Flavour::Request, &value)
            {
                return Some(value);
            }
        }
        let example = self.contract.schema(id).example.clone()?;
        self.contract.validators.is_valid(id, Flavour::Request, &example).then_some(example)
    }

    fn value(&mut self, id: SchemaId, fill: Fill, depth: usize) -> Option<Value> {
        let contract = self.contract;
        let schema = contract.schema(id);
        if depth > DEEPEST {
            return None;
        }
        // Which of several values fits whatever else is sent, and what an open object is to hold, only an example says.
        let open = schema.single_type() == Some(Type::Object) && schema.properties.is_empty();
        if let Some(example) =
            schema.example.as_ref().filter(|_| (open && depth > 0) || !schema.values.is_empty())
            && contract.validators.is_valid(id, Flavour::Request, example)
        {
            return Some(example.clone());
        }
        if !schema.values.is_empty() {
            let plain: Vec<&Value> = schema.values.iter().filter(|value| !value.is_null()).collect();
            return Some(
                plain.get(self.chance.index(plain.len())).map_or(Value::Null, |value| (*value).clone()),
            );
        }
        // An example that is the default: the document knows of no other value that fits whatever else is sent.
        if let (Some(default), true) = (&schema.default, schema.example == schema.default) {
            return Some(default.clone());
        }
        if let Some(reference) = &schema.reference
            && !reference.many
        {
            let known = self.keys.get(&reference.to).filter(|keys| !keys.is_empty());
            if let Some(keys) = known {
                return Some(keys[self.chance.index(keys.len())].clone());
            }
        }
        let branches = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
        if branches.is_empty() {
            return self.of_type(schema, fill, depth);
        }
        let branch = branches[self.chance.index(branches.len())];
        self.with_branch(schema, branch, fill, depth)
    }

    /// What the schema itself says, together with what one of its branches says.
    fn with_branch(&mut self, schema: &Schema, branch: SchemaId, fill: Fill, depth: usize) -> Option<Value> {
        let contract = self.contract;
        let says_itself = !schema.properties.is_empty() || !schema.types.is_empty();
        let inner = contract.schema(branch);
        if !says_itself {
            return self.value(branch, fill, depth + 1);
        }
        let mut both = schema.clone();
        both.one_of.clear();
        both.any_of.clear();
        if inner.types.is_empty() || schema.types.is_empty() || !schema.allows(Type::Object) {
            if !inner.types.is_empty() {
                both.types.clone_from(&inner.types);
            }
            both.format = inner.format.clone().or(both.format);
            both.pattern = inner.pattern.clone().or(both.pattern);
            if !inner.values.is_empty() {
                both.values.clone_from(&inner.values);
                return both.values.first().cloned();
            }
        }
        for (name, id) in &inner.properties {
            both.properties.entry(name.clone()).or_insert(*id);
        }
        both.required.extend(inner.required.iter().cloned());
        self.of_type(&both, fill, depth)
    }

    fn of_type(&mut self, schema: &Schema, fill: Fill, depth: usize) -> Option<Value> {
        let kinds: Vec<Type> = schema.types.iter().copied().filter(|one| *one != Type::Null).collect();
        let kind = match kinds.as_slice() {
            [] if schema.types.contains(&Type::Null) => return Some(Value::Null),
            [] => guess(schema),
            several => several[self.chance.index(several.len())],
        };
        match kind {
            Type::Null => Some(Value::Null),
            Type::Boolean => Some(Value::Bool(self.chance.one_in(2))),
            Type::Integer => number::integer(schema, self.chance),
            Type::Number => number::number(schema, self.chance),
            Type::String => text::text(schema, self.chance).map(Value::String),
            Type::Array => self.array(schema, fill, depth),
            Type::Object => self.object(schema, fill, depth),
        }
    }

    fn array(&mut self, schema: &Schema, fill: Fill, depth: usize) -> Option<Value> {
        let (low, high) = (schema.items_count.0.unwrap_or(0), schema.items_count.1.unwrap_or(u64::MAX));
        let wanted = if fill == Fill::Full && depth < DEEP { low.max(1).min(high) } else { low };
        if wanted > LONGEST_LIST {
            return None;
        }
        let mut items: Vec<Value> = Vec::new();
        let mut attempts = wanted.saturating_mul(8).saturating_add(8);
        while (items.len() as u64) < wanted && attempts > 0 {
            attempts -= 1;
            let item = match schema.items {
                Some(id) => self.value(id, fill, depth + 1)?,
                None => Value::String(self.chance.mark()),
            };
            // Servers may count what stands twice once: it is sent only where there is no other.
            let allowed = !schema.unique_items && attempts <= wanted.saturating_mul(4);
            if allowed || !items.contains(&item) {
                items.push(item);
            }
        }
        Some(Value::Array(items))
    }

    fn object(&mut self, schema: &Schema, fill: Fill, depth: usize) -> Option<Value> {
        let contract = self.contract;
        let mut members = Map::new();
        for (name, id) in &schema.properties {
            let own = contract.schema(*id);
            let required = schema.required.iter().any(|one| one == name);
            // RFC 9110 has no word for it, OpenAPI has: `readOnly` is not sent.
            let repeated = crate::session::repeats(own).is_some();
            if own.read_only
                || repeated
                || (!required && (!self.wants(own, fill, depth) || own.assign.is_some()))
            {
                continue;
            }
            match self.value(*id, fill, depth + 1) {
                Some(value) => drop(members.insert(name.clone(), value)),
                None if required => return None,
                None => {}
            }
        }
        for name in &schema.required {
            let read_only = schema.properties.get(name).is_some_and(|id| {
                let own = contract.schema(*id);
                own.read_only || crate::session::repeats(own).is_some()
            });
            if !members.contains_key(name) && !read_only {
                members.insert(name.clone(), Value::String(self.chance.mark()));
            }
        }
        let lacking = schema.properties_count.0.unwrap_or(0).saturating_sub(members.len() as u64);
        if lacking > LONGEST_LIST {
            return None;
        }
        for _ in 0..lacking {
            let value = match &schema.additional {
                Additional::Schema(id) => self.value(*id, fill, depth + 1)?,
                Additional::Closed => break,
                Additional::Open | Additional::Unstated => Value::String(self.chance.mark()),
            };
            members.insert(self.chance.mark(), value);
        }
        Some(Value::Object(members))
    }

    fn wants(&self, schema: &Schema, fill: Fill, depth: usize) -> bool {
        let known = |to: &str| self.keys.get(to).is_some_and(|keys| !keys.is_empty());
        if schema.reference.as_ref().is_some_and(|reference| !known(&reference.to)) {
            return false;
        }
        match fill {
            Fill::Minimal => false,
            Fill::Full => depth < DEEP,
            Fill::Plain => {
                if schema.reference.is_some() {
                    return false;
                }
                let structured = schema.allows(Type::Array) || schema.allows(Type::Object);
                !structured && schema.one_of.is_empty() && schema.any_of.is_empty()
            }
        }
    }
}

/// The type that keywords speak of where `type` is not said.
fn guess(schema: &Schema) -> Type {
    let has_bounds = |bounds: &(Option<serde_json::Number>, Option<serde_json::Number>)| {
        bounds.0.is_some() || bounds.1.is_some()
    };
    if !schema.properties.is_empty() || !schema.required.is_empty() {
        Type::Object
    } else if schema.items.is_some() {
        Type::Array
    } else if has_bounds(&schema.range) || has_bounds(&schema.exclusive_range) {
        Type::Integer
    } else if schema.format.as_deref().is_none_or(format::is_known) {
        Type::String
    } else {
        Type::Object
    }
}
