//! Schemas as they are written into the projection, and what a written one becomes in Rust.

use serde_json::{Map, Value, json};

use super::schemas::Carried;

pub(crate) fn with_description(mut usage: Value, schema: Option<&Value>) -> Value {
    let text = schema.and_then(|schema| schema.get("description")).and_then(Value::as_str);
    if let Some(text) = text {
        if usage.get("$ref").is_some() {
            usage = json!({ "allOf": [usage] });
        }
        usage["description"] = text.into();
    }
    usage
}

pub(crate) fn scalar(type_name: &str, schema: &Value) -> Value {
    let format = schema.get("format").and_then(Value::as_str);
    match (type_name, format) {
        ("integer", Some(format @ ("int32" | "int64"))) => json!({ "type": type_name, "format": format }),
        _ => json!({ "type": type_name }),
    }
}

pub(crate) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

pub(crate) fn nullable_of(mut used: Value) -> Value {
    if used.as_object().is_some_and(Map::is_empty) {
        return used;
    }
    if used.get("$ref").is_some() {
        used = json!({ "allOf": [used] });
    }
    used["nullable"] = true.into();
    used
}

pub(crate) fn carried(used: &Value) -> Option<Carried> {
    if let Some(reference) = used.get("$ref").and_then(Value::as_str) {
        return reference.rsplit('/').next().map(|name| Carried::Named(name.to_owned()));
    }
    Some(match used.get("type").and_then(Value::as_str) {
        None if used.as_object().is_some_and(Map::is_empty) => Carried::Any,
        Some("string") => Carried::Text,
        Some("integer") if used.get("format").is_none_or(|format| format == "int64") => Carried::Integer,
        Some("boolean") => Carried::Boolean,
        Some("array") => Carried::List(Box::new(carried(&used["items"])?)),
        Some("object") => match used.get("additionalProperties") {
            Some(members) => Carried::Map(Box::new(carried(members)?)),
            None => Carried::Map(Box::new(Carried::Any)),
        },
        _ => return None,
    })
}

pub(crate) fn spelled(carried: &Carried) -> String {
    match carried {
        Carried::Text => "Text".to_owned(),
        Carried::Integer => "Integer".to_owned(),
        Carried::Boolean => "Boolean".to_owned(),
        Carried::Any => "Json".to_owned(),
        Carried::Named(name) => name.clone(),
        Carried::List(items) => format!("{}List", spelled(items)),
        Carried::Map(members) => format!("{}Map", spelled(members)),
    }
}
