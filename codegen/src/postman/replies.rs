//! What the document says of answers: which there are, what their bodies are, and examples to look at.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};
use tercet_spec::contract::{Contract, Flavour, Operation, Response, Status};

use super::draft7::draft7;
use super::view::is_json;

/// Every response of an operation: its own, and those that hold for all operations.
fn all<'c>(contract: &'c Contract, operation: &'c Operation) -> Vec<(Status, &'c Response)> {
    let own = operation.responses.iter().map(|one| (one.status, one));
    let shared = contract.conduct.responses.values().map(|one| (Status::Code(one.status), &one.response));
    own.chain(shared).collect()
}

/// A regular expression that documented status codes match.
pub(super) fn documented(contract: &Contract, operation: &Operation) -> String {
    let mut codes: Vec<String> = Vec::new();
    for (status, _) in all(contract, operation) {
        let code = match status {
            Status::Code(code) => code.to_string(),
            Status::Range(digit) => format!("{digit}\\d\\d"),
            Status::Default => "\\d\\d\\d".to_owned(),
        };
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    format!("^({})$", codes.join("|"))
}

/// The JSON Schema of the bodies of each documented status, where all that it may be is JSON with a schema. The key is the code,
/// `2XX` for a range, or `default`.
pub(super) fn schemas(contract: &Contract, operation: &Operation) -> Map<String, Value> {
    let mut found: IndexMap<String, Option<Vec<Value>>> = IndexMap::new();
    for (status, response) in all(contract, operation) {
        let entry = found.entry(status.to_string()).or_insert_with(|| Some(Vec::new()));
        let bodies = response.content.iter().filter(|media| is_json(&media.name)).map(|media| media.schema);
        for schema in bodies {
            match (schema, entry.as_mut()) {
                (Some(id), Some(known)) => {
                    let schema = draft7(&contract.validators.json_schema(id, Flavour::Response));
                    if !known.contains(&schema) {
                        known.push(schema);
                    }
                }
                // Anything is allowed.
                (None, _) => *entry = None,
                (Some(_), None) => {}
            }
        }
    }
    let found = found.into_iter().filter_map(|(status, schemas)| Some((status, one_of_these(schemas?)?)));
    found.collect()
}

/// A schema that fits when one of several does. Their definitions are told apart by the place each has in the list.
fn one_of_these(mut schemas: Vec<Value>) -> Option<Value> {
    match schemas.len() {
        0 => None,
        1 => schemas.pop(),
        _ => {
            let mut definitions = Map::new();
            let mut branches = Vec::new();
            for (index, mut schema) in schemas.into_iter().enumerate() {
                renamed(&mut schema, index);
                if let Some(members) = schema.as_object_mut()
                    && let Some(Value::Object(own)) = members.remove("$defs")
                {
                    definitions.extend(own.into_iter().map(|(name, one)| (format!("{index}-{name}"), one)));
                }
                branches.push(schema);
            }
            Some(json!({ "anyOf": branches, "$defs": definitions }))
        }
    }
}

fn renamed(schema: &mut Value, index: usize) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "$ref" => {
                        *text = text.replacen("#/$defs/", &format!("#/$defs/{index}-"), 1);
                    }
                    other => renamed(other, index),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|one| renamed(one, index)),
        _ => {}
    }
}

/// The document's examples of answers, as Postman saves answers.
pub(super) fn examples(operation: &Operation, request: &Value) -> Vec<Value> {
    let mut saved = Vec::new();
    for response in &operation.responses {
        for media in &response.content {
            for example in &media.examples {
                let value = if example.template.is_some() {
                    plain(&example.raw, operation)
                } else {
                    example.raw.clone()
                };
                let name = if example.name.is_empty() { response.description.trim() } else { &example.name };
                let code = response.status.code();
                let json = is_json(&media.name);
                let text = match &value {
                    Value::String(text) if !json => text.clone(),
                    other => serde_json::to_string_pretty(other).unwrap_or_default(),
                };
                let status = reason(code);
                saved.push(json!({
                    "name": format!("{code} {name}"),
                    "originalRequest": request,
                    "status": status,
                    "code": code,
                    "_postman_previewlanguage": if json { "json" } else { "text" },
                    "header": [{ "key": "Content-Type", "value": media.name }],
                    "cookie": [],
                    "body": text,
                }));
            }
        }
    }
    saved
}

/// An example with expressions in it as it might be read.
fn plain(value: &Value, operation: &Operation) -> Value {
    match value {
        Value::String(text) => match text.as_str() {
            "$now" => json!("2026-01-31T12:00:00.000Z"),
            "$request.url" => json!(operation.path.text),
            "$request.method" => json!(operation.method),
            other => match other.strip_prefix('$') {
                Some(rest) if rest.starts_with('$') => json!(rest),
                Some(name) => json!(format!("<{name}>")),
                None => value.clone(),
            },
        },
        Value::Array(items) => items.iter().map(|one| plain(one, operation)).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, one)| (name.clone(), plain(one, operation))).collect()
        }
        other => other.clone(),
    }
}

/// The reason phrase of a status; empty for one that is not registered.
fn reason(code: u16) -> &'static str {
    http::StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason()).unwrap_or_default()
}
