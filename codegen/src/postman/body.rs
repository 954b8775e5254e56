//! Bodies of requests.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use serde_json::{Value, json};
use tercet_spec::Pointer;
use tercet_spec::contract::{Contract, MediaType, Operation, SchemaId, Type};

use super::nouns::{Naming, Noun, Slot, singular};
use super::sample;
use super::view::is_json;

/// A body before the names of records are filled in.
pub(super) struct Body<'c> {
    pub(super) media: &'c MediaType,
    pub(super) value: Value,
}

/// The plainest body of an operation: JSON where it may be, its first example, else one made from its schema.
pub(super) fn of<'c>(contract: &'c Contract, operation: &'c Operation) -> Option<Body<'c>> {
    let content = &operation.body.as_ref()?.content;
    let media = content.iter().find(|one| is_json(&one.name)).or(content.first())?;
    let example = media.examples.first().map(|one| one.raw.clone());
    let value = example.or_else(|| media.schema.map(|id| sample::request(contract, id)));
    Some(Body { media, value: value.unwrap_or(Value::Null) })
}

/// The members of a body that are called as what they name: `table_id`, `table`, `table_ids`.
pub(super) fn called(value: &Value, known: &BTreeMap<String, Noun>, found: &mut Vec<Naming>) {
    for (member, inner) in value.as_object().into_iter().flatten() {
        let own = match inner {
            Value::Number(_) | Value::String(_) => member.to_snake_case(),
            Value::Array(items) if items.iter().all(|one| one.is_number() || one.is_string()) => {
                singular(member)
            }
            _ => continue,
        };
        let noun = known.get(&own).or_else(|| known.get(&format!("{own}_id")).filter(|_| !inner.is_string()));
        let slot = Slot::Body(vec![member.clone()]);
        if let Some(noun) = noun
            && !found.iter().any(|one| one.slot == slot)
        {
            found.push(Naming { slot, noun: noun.clone() });
        }
    }
}

/// Whether a body has that place.
pub(super) fn has(value: &Value, path: &[String]) -> bool {
    path.iter().try_fold(value, |inner, name| inner.get(name)).is_some()
}

/// The body as Postman's `body`, with variables where it names records, and the header that says what it is.
pub(super) fn postman(
    contract: &Contract,
    body: &Body<'_>,
    filled: &[(Vec<String>, String)],
) -> (Value, Option<String>) {
    let mut value = body.value.clone();
    for (path, variable) in filled {
        fill(contract, body.media.schema, &mut value, path, variable);
    }
    let media = body.media.name.as_str();
    match media.split(';').next().unwrap_or_default().trim() {
        "multipart/form-data" => {
            (json!({ "mode": "formdata", "formdata": parts(contract, body, &value) }), None)
        }
        "application/x-www-form-urlencoded" => {
            let fields: Vec<Value> = value
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, value)| json!({ "key": key, "value": shown(value), "type": "text" }))
                .collect();
            (json!({ "mode": "urlencoded", "urlencoded": fields }), None)
        }
        _ if is_json(media) => {
            let text = unquoted(&serde_json::to_string_pretty(&value).unwrap_or_default());
            let raw = json!({ "mode": "raw", "raw": text, "options": { "raw": { "language": "json" } } });
            (raw, Some(media.to_owned()))
        }
        _ => (json!({ "mode": "raw", "raw": shown(&value) }), Some(media.to_owned())),
    }
}

/// Puts a variable at a place, where the value has it; into a list as its only element.
fn fill(contract: &Contract, schema: Option<SchemaId>, value: &mut Value, path: &[String], variable: &str) {
    let slot = path.iter().try_fold(value, |inner, name| inner.get_mut(name));
    let Some(slot) = slot else { return };
    let declared = schema.and_then(|id| at(contract, id, path));
    let element = declared.and_then(|id| contract.schema(id).items).or(declared);
    let textual = match element.map(|id| contract.schema(id)) {
        Some(schema) if !schema.types.is_empty() => schema.types.contains(&Type::String),
        _ => !(slot.is_number() || slot.as_array().is_some_and(|all| all.iter().any(Value::is_number))),
    };
    let text =
        if textual { format!("{{{{{variable}}}}}") } else { format!("{BARE}{{{{{variable}}}}}{BARE}") };
    *slot = if slot.is_array() { json!([text]) } else { text.into() };
}

/// Marks a variable that stands for a number: its quotes are taken off.
const BARE: &str = "<bare>";

fn unquoted(text: &str) -> String {
    text.replace(&format!("\"{BARE}"), "").replace(&format!("{BARE}\""), "")
}

fn at(contract: &Contract, id: SchemaId, path: &[String]) -> Option<SchemaId> {
    let [name, rest @ ..] = path else { return Some(id) };
    let schema = contract.schema(id);
    let own = schema.properties.get(name).and_then(|inner| at(contract, *inner, rest));
    own.or_else(|| schema.one_of.iter().chain(&schema.any_of).find_map(|one| at(contract, *one, path)))
}

/// The parts of a form: what is binary travels as a small file.
fn parts(contract: &Contract, body: &Body<'_>, value: &Value) -> Vec<Value> {
    let mut parts = Vec::new();
    let schema = body.media.schema.map(|id| contract.schema(id));
    for (name, id) in schema.into_iter().flat_map(|one| &one.properties) {
        let own = contract.schema(*id);
        let file = own.format.as_deref() == Some("binary");
        let required = schema.is_some_and(|one| one.required.contains(name));
        let given = value.get(name);
        if given.is_none() && !required && !file {
            continue;
        }
        let text = if file { "A small file.\n".to_owned() } else { given.map(shown).unwrap_or_default() };
        let mut part = json!({ "key": name, "value": text, "type": "text", "disabled": !required && given.is_none() && !file });
        if file {
            part["fileName"] = json!("small.txt");
            part["contentType"] = json!("text/plain");
        }
        parts.push(part);
    }
    parts
}

/// A value as plain text.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// What the document says under a key of a part of it.
pub(super) fn said(contract: &Contract, at: &Pointer, key: &str) -> String {
    contract.document.get(&at.child(key)).and_then(Value::as_str).unwrap_or_default().trim().to_owned()
}
