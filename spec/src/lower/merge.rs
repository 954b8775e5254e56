//! `allOf`: what the branches say together.

use std::collections::HashMap;

use serde_json::Number;

use crate::contract::{Additional, Schema, SchemaId, Type};

/// More schemas than this are not made of others: only documents that mean harm have as many.
const MOST_JOINED: usize = 20_000;

/// Schemas made of several that must all be kept, where branches of an `allOf` speak of the same property.
#[derive(Default)]
pub(super) struct Joined {
    by_parts: HashMap<Vec<SchemaId>, SchemaId>,
    parts: HashMap<SchemaId, Vec<SchemaId>>,
    /// Those whose parts are not merged yet.
    waiting: Vec<SchemaId>,
}

impl Joined {
    /// The id for both together, and what it is made of; `next` where they are met for the first time. `None` when
    /// there is nothing to join. Recursive schemas meet the same parts again and come to an end.
    pub(super) fn id(
        &mut self,
        one: SchemaId,
        other: SchemaId,
        next: SchemaId,
    ) -> Option<(SchemaId, Vec<SchemaId>)> {
        let mut parts = Vec::new();
        for id in [one, other] {
            for part in self.parts.get(&id).map_or(std::slice::from_ref(&id), Vec::as_slice) {
                if !parts.contains(part) {
                    parts.push(*part);
                }
            }
        }
        let mut key = parts.clone();
        key.sort_unstable();
        if let Some(known) = self.by_parts.get(&key) {
            return Some((*known, parts));
        }
        if parts.len() < 2 || self.by_parts.len() >= MOST_JOINED {
            return None;
        }
        self.by_parts.insert(key, next);
        self.parts.insert(next, parts.clone());
        self.waiting.push(next);
        Some((next, parts))
    }

    /// The next whose parts have to be merged.
    pub(super) fn next(&mut self) -> Option<SchemaId> {
        self.waiting.pop()
    }
}

/// Adds what an `allOf` branch says. Where both say something the stricter counts, and both of what is inside (`join`);
/// of words that cannot be compared those of the schema itself stay.
pub(super) fn merge(
    schema: &mut Schema,
    branch: Schema,
    join: &mut dyn FnMut(SchemaId, SchemaId) -> SchemaId,
) {
    types(&mut schema.types, branch.types);
    for (name, property) in branch.properties {
        let both = schema.properties.get(&name).map_or(property, |own| join(*own, property));
        schema.properties.insert(name, both);
    }
    for name in branch.required {
        if !schema.required.contains(&name) {
            schema.required.push(name);
        }
    }
    schema.items = match (schema.items, branch.items) {
        (Some(own), Some(other)) => Some(join(own, other)),
        (own, other) => own.or(other),
    };
    match (&schema.additional, &branch.additional) {
        (Additional::Unstated, _) => schema.additional = branch.additional,
        (Additional::Schema(own), Additional::Schema(other)) => {
            schema.additional = Additional::Schema(join(*own, *other));
        }
        _ => {}
    }
    if schema.values.is_empty() {
        schema.values = branch.values;
    } else if schema.values.iter().any(|value| branch.values.contains(value)) {
        schema.values.retain(|value| branch.values.contains(value));
    }
    if schema.one_of.is_empty() {
        schema.one_of = branch.one_of;
    }
    if schema.any_of.is_empty() {
        schema.any_of = branch.any_of;
    }
    or(&mut schema.not, branch.not);
    or(&mut schema.default, branch.default);
    or(&mut schema.example, branch.example);
    or(&mut schema.format, branch.format);
    or(&mut schema.pattern, branch.pattern);
    or(&mut schema.multiple_of, branch.multiple_of);
    or(&mut schema.discriminator, branch.discriminator);
    or(&mut schema.description, branch.description);
    schema.length = narrower(schema.length, branch.length);
    schema.items_count = narrower(schema.items_count, branch.items_count);
    schema.properties_count = narrower(schema.properties_count, branch.properties_count);
    for (own, other) in
        [(&mut schema.range, branch.range), (&mut schema.exclusive_range, branch.exclusive_range)]
    {
        stricter(&mut own.0, other.0, |own, other| other > own);
        stricter(&mut own.1, other.1, |own, other| other < own);
    }
    schema.unique_items |= branch.unique_items;
    schema.read_only |= branch.read_only;
    schema.write_only |= branch.write_only;
    schema.deprecated |= branch.deprecated;
    or(&mut schema.reference, branch.reference);
    or(&mut schema.assign, branch.assign);
    or(&mut schema.value, branch.value);
    or(&mut schema.when, branch.when);
}

fn or<T>(own: &mut Option<T>, other: Option<T>) {
    if own.is_none() {
        *own = other;
    }
}

/// Whole numbers among numbers are whole numbers.
fn types(own: &mut Vec<Type>, other: Vec<Type>) {
    if own.is_empty() {
        *own = other;
    } else if other.contains(&Type::Integer) && !other.contains(&Type::Number) {
        for one in own.iter_mut().filter(|one| **one == Type::Number) {
            *one = Type::Integer;
        }
    }
}

type Counts = (Option<u64>, Option<u64>);

fn narrower(own: Counts, other: Counts) -> Counts {
    let most = match (own.1, other.1) {
        (Some(own), Some(other)) => Some(own.min(other)),
        (own, other) => own.or(other),
    };
    // Nothing is less than a number.
    (own.0.max(other.0), most)
}

fn stricter(own: &mut Option<Number>, other: Option<Number>, is_stricter: impl Fn(f64, f64) -> bool) {
    let as_float = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64);
    match (as_float(own), as_float(&other)) {
        (Some(first), Some(second)) if !is_stricter(first, second) => {}
        (Some(_), None) => {}
        _ => *own = other,
    }
}
