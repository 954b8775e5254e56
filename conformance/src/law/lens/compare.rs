//! Whether what an answer shows is what it must be.

use serde_json::Value;
use tercet_spec::Contract;
use tercet_spec::contract::SchemaId;

use super::facts::{Fact, Facts};
use crate::reading::{Reading, View};

/// Sentences for the fields that a shown record has otherwise than the facts say. Only fields of which something is known and
/// that the answer's schema shows are compared.
pub(in crate::law) fn differences(
    reading: &Reading,
    view: &View,
    facts: &Facts,
    shown: &Value,
) -> Vec<String> {
    let contract = reading.contract();
    let ignores = |field: &String| {
        reading.collection(&view.collection).is_some_and(|collection| collection.ignore_case.contains(field))
    };
    let mut found = Vec::new();
    for (member, field) in &view.members {
        let Some(schema) = contract.schema(view.schema).properties.get(member).copied() else {
            continue;
        };
        if contract.schema(schema).write_only || stored_write_only(reading, view, field) {
            continue;
        }
        let seen = shown.get(member);
        match facts.field(field) {
            Fact::Known(expected) => {
                let equal = match (seen, ignores(field)) {
                    (Some(Value::String(one)), true) => {
                        expected.as_str().is_some_and(|other| one.to_lowercase() == other.to_lowercase())
                    }
                    (Some(seen), _) => same(contract, Some(schema), expected, seen),
                    (None, _) => false,
                };
                if !equal {
                    found.push(format!(
                        "`{member}` must be {} and is {}",
                        brief(Some(expected)),
                        brief(seen)
                    ));
                }
            }
            Fact::Absent => {
                if seen.is_some_and(|seen| !seen.is_null()) {
                    found.push(format!("`{member}` must be absent or null and is {}", brief(seen)));
                }
            }
            Fact::Same(_) | Fact::Unknown => {}
        }
    }
    found
}

fn stored_write_only(reading: &Reading, view: &View, field: &str) -> bool {
    let contract = reading.contract();
    reading
        .collection(&view.collection)
        .and_then(|collection| contract.schema(collection.schema).properties.get(field))
        .is_some_and(|id| contract.schema(*id).write_only)
}

/// Whether two values say the same: numbers by value, objects by the members that the schema declares, and times by the
/// instant they name.
pub(in crate::law) fn same(
    contract: &Contract,
    schema: Option<SchemaId>,
    expected: &Value,
    seen: &Value,
) -> bool {
    match (expected, seen) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            let items = schema.and_then(|id| contract.schema(id).items);
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| same(contract, items, one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let declared = schema.map(|id| &contract.schema(id).properties).filter(|known| !known.is_empty());
            one.iter().all(|(name, value)| match declared.map(|known| known.get(name)) {
                Some(None) => true,
                Some(Some(id)) => member_same(contract, Some(*id), value, other.get(name)),
                None => member_same(contract, None, value, other.get(name)),
            })
        }
        (Value::String(one), Value::String(other)) => {
            let time = schema.is_some_and(|id| contract.schema(id).format.as_deref() == Some("date-time"));
            one == other || (time && instant(one) == instant(other))
        }
        (one, other) => one == other,
    }
}

fn member_same(
    contract: &Contract,
    schema: Option<SchemaId>,
    expected: &Value,
    seen: Option<&Value>,
) -> bool {
    match seen {
        Some(seen) => same(contract, schema, expected, seen),
        None => expected.is_null() || schema.is_some_and(|id| contract.schema(id).write_only),
    }
}

/// A time without what may be written in several ways: a fraction's trailing zeros, `Z` for `+00:00`.
fn instant(text: &str) -> String {
    let upper = text.to_ascii_uppercase();
    let upper = upper.strip_suffix("+00:00").map_or_else(|| upper.clone(), |rest| format!("{rest}Z"));
    match (upper.strip_suffix('Z'), upper.contains('.')) {
        (Some(rest), true) => rest.trim_end_matches('0').trim_end_matches('.').to_owned(),
        (Some(rest), false) => rest.to_owned(),
        (None, _) => upper,
    }
}

/// A value for a message: at most 80 characters.
pub(in crate::law) fn brief(value: Option<&Value>) -> String {
    let Some(value) = value else {
        return "absent".to_owned();
    };
    let text = value.to_string();
    match text.char_indices().nth(80) {
        Some((at, _)) => format!("`{}…`", &text[..at]),
        None => format!("`{text}`"),
    }
}
