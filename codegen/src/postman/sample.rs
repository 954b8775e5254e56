//! A value that keeps a schema, as plain as can be: examples first, then what is required.

use serde_json::{Map, Number, Value, json};
use tercet_spec::contract::{Contract, Flavour, Schema, SchemaId, Type};

/// Deeper than this nothing is made: a schema that contains itself ends.
const DEEPEST: usize = 8;

/// How much is filled in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fill {
    /// What is required, and what has an example.
    Telling,
    /// What is required.
    Least,
    /// Scalars, too.
    Scalars,
}

/// A value for a request. Where none keeps the schema, the nearest: who sends it can see what is missing.
pub(super) fn request(contract: &Contract, id: SchemaId) -> Value {
    let makes = [Fill::Telling, Fill::Least, Fill::Scalars];
    let fits = |value: &Value| contract.validators.is_valid(id, Flavour::Request, value);
    let says = |value: &Value| value.as_object().is_none_or(|members| !members.is_empty());
    let values: Vec<Value> = makes.into_iter().map(|fill| value(contract, "", id, fill, 0)).collect();
    let best =
        values.iter().find(|one| fits(one) && says(one)).or_else(|| values.iter().find(|one| fits(one)));
    best.unwrap_or(&values[0]).clone()
}

/// A value of a parameter.
pub(super) fn parameter(contract: &Contract, name: &str, id: SchemaId) -> Value {
    value(contract, name, id, Fill::Telling, 0)
}

fn value(contract: &Contract, name: &str, id: SchemaId, fill: Fill, depth: usize) -> Value {
    let schema = contract.schema(id);
    if let Some(example) = &schema.example {
        return example.clone();
    }
    if let Some(one) = schema.values.iter().find(|one| !one.is_null()).or(schema.values.first()) {
        return one.clone();
    }
    if let Some(default) = schema.default.as_ref().filter(|one| !one.is_null()) {
        return default.clone();
    }
    if depth > DEEPEST {
        return Value::Null;
    }
    let branch = schema.one_of.first().or(schema.any_of.first());
    let own = of_type(contract, name, schema, fill, depth);
    match (own, branch.map(|id| value(contract, name, *id, fill, depth + 1))) {
        (Value::Object(own), Some(Value::Object(mut more))) => {
            more.extend(own);
            Value::Object(more)
        }
        (Value::Null, Some(branch)) => branch,
        (own, _) => own,
    }
}

fn of_type(contract: &Contract, name: &str, schema: &Schema, fill: Fill, depth: usize) -> Value {
    let kind = schema.single_type().or_else(|| schema.types.iter().copied().find(|one| *one != Type::Null));
    match kind {
        _ if !schema.properties.is_empty() => object(contract, schema, fill, depth),
        Some(Type::Object) => object(contract, schema, fill, depth),
        Some(Type::Array) => array(contract, name, schema, fill, depth),
        None if schema.items.is_some() => array(contract, name, schema, fill, depth),
        Some(Type::String) => text(name, schema).into(),
        Some(Type::Integer | Type::Number) => number(schema),
        Some(Type::Boolean) => false.into(),
        Some(Type::Null) | None => Value::Null,
    }
}

fn object(contract: &Contract, schema: &Schema, fill: Fill, depth: usize) -> Value {
    let mut members = Map::new();
    for (name, id) in &schema.properties {
        let own = contract.schema(*id);
        let required = schema.required.contains(name);
        // A text or number that nothing is said of may be anything, but hardly what is made up here.
        let called = ["name", "title", "label", "text", "description", "comment"].contains(&name.as_str());
        let plain = own.reference.is_none()
            && (!own.values.is_empty()
                || own.single_type() == Some(Type::Boolean)
                || (called && own.single_type() == Some(Type::String)));
        let wanted = match fill {
            _ if own.read_only || own.assign.is_some() => false,
            Fill::Telling => own.example.is_some(),
            Fill::Least => false,
            Fill::Scalars => plain && depth < 2,
        };
        if wanted || (required && !own.read_only) {
            members.insert(name.clone(), value(contract, name, *id, fill, depth + 1));
        }
    }
    Value::Object(members)
}

fn array(contract: &Contract, name: &str, schema: &Schema, fill: Fill, depth: usize) -> Value {
    let least = schema.items_count.0.unwrap_or(0).min(4);
    let items = schema.items.into_iter().cycle().take(usize::try_from(least).unwrap_or(0));
    items.map(|id| value(contract, name, id, fill, depth + 1)).collect()
}

fn number(schema: &Schema) -> Value {
    let low = schema.range.0.as_ref().and_then(Number::as_f64);
    let above = schema.exclusive_range.0.as_ref().and_then(Number::as_f64).map(|low| low + 1.0);
    let high = schema.range.1.as_ref().and_then(Number::as_f64);
    let wanted = low.or(above).filter(|low| *low > 1.0).unwrap_or(1.0);
    let wanted = high.map_or(wanted, |high| wanted.min(high));
    if wanted.fract() == 0.0 { json!(wanted as i64) } else { json!(wanted) }
}

fn text(name: &str, schema: &Schema) -> String {
    let fixed = match schema.format.as_deref() {
        Some("date-time") => "2026-01-31T12:00:00Z",
        Some("date") => "2026-01-31",
        Some("time") => "12:00:00Z",
        Some("uuid") => "6f1c4f0e-52c1-4d3c-9a3e-7c1d0b5f2a10",
        Some("email") => "someone@example.com",
        Some("uri" | "url" | "iri") => "https://example.com/",
        Some("hostname") => "example.com",
        Some("ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("password") => "Correct-horse-7-battery",
        Some("byte") => "SGVsbG8=",
        _ if name.is_empty() => "example",
        _ => name,
    };
    let mut text = fixed.to_owned();
    let (least, most) = (schema.length.0.unwrap_or(0), schema.length.1.unwrap_or(u64::MAX));
    while (text.chars().count() as u64) < least.min(1000) {
        text.push('x');
    }
    text.chars().take(usize::try_from(most).unwrap_or(usize::MAX)).collect()
}
