//! Answers that nobody has described: what is wanted of them is looked for where it is likely to be.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::types;

pub(super) type Members = Map<String, Value>;

/// An answer's body; one without a body is null.
pub(super) fn json(body: &[u8]) -> Result<Value, String> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Null);
    }
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

/// A record, whether in `data` or bare.
pub(super) fn record<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    typed(unwrapped(json(body)?))
}

fn unwrapped(value: Value) -> Value {
    match value {
        Value::Object(mut members) if members.get("data").is_some_and(Value::is_object) => {
            members.remove("data").unwrap_or_default()
        }
        value => value,
    }
}

/// A value as what the caller wants; an error says which record is not.
pub(super) fn typed<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    let id = value.get("id").filter(|id| id.is_number() || id.is_string()).map(ToString::to_string);
    T::deserialize(value).map_err(|error| match id {
        Some(id) => format!("record {id}: {error}"),
        None => error.to_string(),
    })
}

/// A list, whether bare, or in one of these members, or in `data`.
///
/// # Errors
/// When there is none.
pub(super) fn list(value: Value, names: &[&str]) -> Result<Vec<Value>, String> {
    match value {
        Value::Array(items) => Ok(items),
        Value::Object(mut members) => {
            let found = names.iter().chain(&["data"]).find(|name| members.contains_key(**name));
            match found.and_then(|name| members.remove(*name)) {
                Some(inner) => list(inner, &[]),
                None => numbered(members),
            }
        }
        other => Err(format!("expected a list, found {}", kind(&other))),
    }
}

/// PHP writes a list with gaps as an object with numbers.
fn numbered(members: Members) -> Result<Vec<Value>, String> {
    let none = || "expected a list, found an object without one".to_owned();
    if members.is_empty() {
        return Err(none());
    }
    let mut items: Vec<(u64, Value)> = Vec::with_capacity(members.len());
    for (name, value) in members {
        items.push((name.parse().map_err(|_| none())?, value));
    }
    items.sort_by_key(|(number, _)| *number);
    Ok(items.into_iter().map(|(_, value)| value).collect())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A number, also one that is written as a text; none where it is something else.
pub(super) fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// An object whose members are all optional: what is not of the kind that the document has is kept in `extra`.
pub(super) trait Open: DeserializeOwned + Default {
    fn extra(&mut self) -> &mut Members;

    /// Reads it; what is no object is kept under `name`, which is most likely what it is.
    fn open(value: Value, name: &str) -> Self {
        let members = match value {
            Value::Object(members) => members,
            other => Members::from_iter([(name.to_owned(), other)]),
        };
        if let Ok(whole) = Self::deserialize(Value::Object(members.clone())) {
            return whole;
        }
        let (mut fit, mut odd) = (Members::new(), Members::new());
        for (name, value) in members {
            let alone = Members::from_iter([(name.clone(), value.clone())]);
            let into = if Self::deserialize(Value::Object(alone)).is_ok() { &mut fit } else { &mut odd };
            into.insert(name, value);
        }
        let mut open = Self::deserialize(Value::Object(fit)).unwrap_or_default();
        open.extra().extend(odd);
        open
    }
}

macro_rules! open {
    ($($name:ident),*) => {
        $(impl Open for types::$name {
            fn extra(&mut self) -> &mut Members {
                &mut self.extra
            }
        })*
    };
}

open!(Column, Done, Endpoint, Field, LogEntry, Named, SearchGroup, SearchGroupResultsItem);
