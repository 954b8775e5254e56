//! Other values that the document allows.

use serde_json::Value;
use tercet_spec::contract::{Flavour, Location, SchemaId, Type};

use crate::generate::{Fill, Generator};
use crate::reading::{Reading, Slot, Use};
use crate::session::Session;

/// The schema of a field of a collection's records.
pub(in crate::law) fn property(reading: &Reading, collection: &str, field: &str) -> Option<SchemaId> {
    let own = reading.collection(collection)?;
    reading.contract().schema(own.schema).properties.get(field).copied()
}

/// The schema of the part of a request.
pub(in crate::law) fn parameter_schema(reading: &Reading, operation: usize, slot: &Slot) -> Option<SchemaId> {
    let contract = reading.contract();
    let owner = &contract.operations[operation];
    let parameter = |location: Location, name: &str| {
        let same = |own: &str| {
            if location == Location::Header { own.eq_ignore_ascii_case(name) } else { own == name }
        };
        owner.parameters.iter().find(|one| one.location == location && same(&one.name)).map(|one| one.schema)
    };
    match slot {
        Slot::Path(name) => parameter(Location::Path, name),
        Slot::Query(name) => parameter(Location::Query, name),
        Slot::Header(name) => parameter(Location::Header, name),
        Slot::Cookie(name) => parameter(Location::Cookie, name),
        Slot::Body(path) => {
            let media =
                owner.body.as_ref()?.content.iter().find(|media| crate::reading::is_json(&media.name))?;
            path.iter().try_fold(media.schema?, |id, name| member(reading, id, name))
        }
    }
}

/// The part of the request that decides a field, where the operation declares such a part.
pub(in crate::law) fn slot_of(reading: &Reading, one: &Use, field: &str) -> Option<Slot> {
    let slot = reading.source_of(one, field)?;
    parameter_schema(reading, one.operation, &slot).map(|_| slot)
}

fn member(reading: &Reading, id: SchemaId, name: &str) -> Option<SchemaId> {
    let schema = reading.contract().schema(id);
    let own = schema.properties.get(name).copied();
    own.or_else(|| {
        schema.one_of.iter().chain(&schema.any_of).find_map(|branch| member(reading, *branch, name))
    })
}

/// A value that `schema` allows and that is none of `not`.
pub(in crate::law) fn another(session: &mut Session, schema: SchemaId, not: &[&Value]) -> Option<Value> {
    let reading = session.reading();
    let contract = reading.contract();
    let own = contract.schema(schema);
    let fresh = |value: &Value| !value.is_null() && !not.contains(&value);
    if !own.values.is_empty() {
        return own.values.iter().find(|value| fresh(value)).cloned();
    }
    // What refers to something refers to what is there.
    if let Some(reference) = &own.reference {
        let known = session.known_keys(&reference.to).into_iter();
        let one = |key: Value| if reference.many { Value::Array(vec![key]) } else { key };
        return known.map(one).find(fresh);
    }
    if let Some(reference) = own.items.and_then(|items| contract.schema(items).reference.as_ref()) {
        return session.known_keys(&reference.to).into_iter().map(|key| Value::Array(vec![key])).find(fresh);
    }
    if own.single_type() == Some(Type::Boolean) {
        return [Value::Bool(true), Value::Bool(false)].into_iter().find(fresh);
    }
    let keys = std::collections::HashMap::new();
    let chance = session.chance();
    let mut generator = Generator { contract, keys: &keys, chance };
    (0..8).find_map(|_| generator.valid(schema, Fill::Plain).filter(fresh))
}

/// A text with the case of its ASCII letters turned around.
pub(in crate::law) fn in_other_case(value: &Value) -> Option<Value> {
    let text = value.as_str()?;
    let turn = |c: char| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
    let turned: String = text.chars().map(turn).collect();
    (turned != text).then_some(Value::String(turned))
}

/// A text in another case that the part of the request allows.
pub(in crate::law) fn beyond_case(reading: &Reading, schema: SchemaId, value: &Value) -> Option<Value> {
    let turned = in_other_case(value)?;
    reading.contract().validators.is_valid(schema, Flavour::Request, &turned).then_some(turned)
}
