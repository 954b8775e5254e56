//! Text becomes what its schema says: a number, a boolean, or the text it is.

use serde_json::{Map, Number, Value};
use tercet_spec::Contract;
use tercet_spec::contract::{Additional, Schema, SchemaId, Type};

/// How a value is put together from text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One text.
    Scalar,
    /// A list of texts.
    Array,
    /// Names and texts.
    Object,
}

/// The shape that a schema asks for; where its branches differ, the richest.
pub(super) fn shape(contract: &Contract, id: SchemaId) -> Shape {
    let schema = contract.schema(id);
    if schema.types.contains(&Type::Array) || (schema.types.is_empty() && schema.items.is_some()) {
        return Shape::Array;
    }
    if schema.types.contains(&Type::Object) || (schema.types.is_empty() && !schema.properties.is_empty()) {
        return Shape::Object;
    }
    let branches = schema.one_of.iter().chain(&schema.any_of).filter(|branch| **branch != id);
    let inner = |branch: &SchemaId| {
        let schema = contract.schema(*branch);
        if schema.types.contains(&Type::Array) {
            Shape::Array
        } else if schema.types.contains(&Type::Object) {
            Shape::Object
        } else {
            Shape::Scalar
        }
    };
    branches.map(inner).find(|found| *found != Shape::Scalar).unwrap_or(Shape::Scalar)
}

/// The schema of an array's elements, through branches.
pub(super) fn items(contract: &Contract, id: SchemaId) -> Option<SchemaId> {
    let schema = contract.schema(id);
    schema.items.or_else(|| {
        let mut branches = schema.one_of.iter().chain(&schema.any_of);
        branches.find_map(|branch| contract.schema(*branch).items)
    })
}

/// The schema of a property, declared or additional.
pub(crate) fn property(contract: &Contract, id: SchemaId, name: &str) -> Option<SchemaId> {
    let schema = contract.schema(id);
    if let Some(found) = schema.properties.get(name) {
        return Some(*found);
    }
    if let Additional::Schema(found) = &schema.additional {
        return Some(*found);
    }
    let mut branches = schema.one_of.iter().chain(&schema.any_of).filter(|branch| **branch != id);
    branches.find_map(|branch| contract.schema(*branch).properties.get(name).copied())
}

/// One text as its schema says. Text that is not what the schema wants stays text, and validation will say so.
pub(crate) fn scalar(contract: &Contract, id: Option<SchemaId>, text: &str) -> Value {
    let Some(id) = id else { return Value::String(text.to_owned()) };
    let schema = contract.schema(id);
    if let Some(value) = typed(schema, text) {
        return value;
    }
    if schema.types.is_empty() {
        let branches = schema.one_of.iter().chain(&schema.any_of);
        if let Some(value) = branches.into_iter().find_map(|branch| typed(contract.schema(*branch), text)) {
            return value;
        }
    }
    Value::String(text.to_owned())
}

fn typed(schema: &Schema, text: &str) -> Option<Value> {
    schema.types.iter().find_map(|wanted| match wanted {
        Type::Integer => integer(text).map(Value::Number),
        Type::Number => number(text).map(Value::Number),
        Type::Boolean => match text {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        _ => None,
    })
}

/// Decimal digits with a sign; nothing else that `from_str` would take.
pub(crate) fn integer(text: &str) -> Option<Number> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let small = text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<u64>().map(Number::from));
    small.ok().or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64))
}

/// A number as JSON writes it: no `inf`, no `0x`, no leading `+`.
pub(crate) fn number(text: &str) -> Option<Number> {
    integer(text).or_else(|| serde_json::from_str::<Number>(text).ok())
}

/// A list of texts.
pub(super) fn array<'t, T: AsRef<str> + 't>(
    contract: &Contract,
    id: SchemaId,
    texts: impl Iterator<Item = T>,
) -> Value {
    let items = items(contract, id);
    texts.map(|text| scalar(contract, items, text.as_ref())).collect()
}

/// Names and texts.
pub(super) fn object<N: Into<String>, T: AsRef<str>>(
    contract: &Contract,
    id: SchemaId,
    members: impl Iterator<Item = (N, T)>,
) -> Value {
    let mut map = Map::new();
    for (name, text) in members {
        let name = name.into();
        let value = scalar(contract, property(contract, id, &name), text.as_ref());
        map.insert(name, value);
    }
    Value::Object(map)
}
