//! Refusals whose response is no more than a schema: what happened, in the members that are there to tell it.

use http::StatusCode;
use serde_json::{Map, Value};

use crate::outcome::Outcome;

/// Members that tell of a refusal. They are there though the schema does not require them.
pub(super) const TELLING: [&str; 9] = [
    "message",
    "detail",
    "error_description",
    "error",
    "title",
    "code",
    "status",
    "statusCode",
    "status_code",
];

/// A list of refusals, looked into where nothing beside it tells the sentence.
pub(super) const LIST: &str = "errors";

/// Where the sentence goes: into the first that is there and is a text.
pub(super) const SENTENCE: [&str; 5] = ["message", "detail", "error_description", "error", "title"];

/// How deep members are looked for, as in `{"error": {"message": …}}`.
const DEPTH: usize = 3;

/// Puts the refusal into a value that was made from the schema, wherever the schema (`keeps`) lets it.
pub(super) fn tell(value: &mut Value, outcome: &Outcome, status: u16, keeps: &dyn Fn(&Value) -> bool) {
    let kept = keeps(value);
    for (place, said) in places(value, outcome, status) {
        let Some(member) = value.pointer_mut(&place) else { continue };
        let before = std::mem::replace(member, said);
        if kept && !keeps(value) {
            // An enumeration, a pattern: what was made keeps to it, and the log has the sentence.
            value.pointer_mut(&place).map(|member| *member = before).unwrap_or_default();
        }
    }
}

/// Which members say what.
fn places(value: &Value, outcome: &Outcome, status: u16) -> Vec<(String, Value)> {
    if value.is_string() {
        return vec![(String::new(), outcome.message.as_str().into())];
    }
    let (mut level, mut place) = (value, String::new());
    for _ in 0..DEPTH {
        if let Value::Array(elements) = level {
            let Some(first) = elements.first() else { break };
            (level, place) = (first, format!("{place}/0"));
        }
        let Value::Object(members) = level else { break };
        let found = telling(members, outcome, status);
        if !found.is_empty() {
            return found.into_iter().map(|(name, said)| (format!("{place}/{name}"), said)).collect();
        }
        let inner = members.iter().find(|(_, member)| member.is_object() || member.is_array());
        let Some((name, inner)) = inner else { break };
        (level, place) = (inner, format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")));
    }
    Vec::new()
}

fn telling(members: &Map<String, Value>, outcome: &Outcome, status: u16) -> Vec<(&'static str, Value)> {
    let is_text = |name: &&&str| members.get(**name).is_some_and(Value::is_string);
    let sentence = SENTENCE.iter().find(is_text).copied();
    let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    let mut said = Vec::new();
    for name in TELLING {
        let Some(member) = members.get(name) else { continue };
        let value = match (name, member) {
            (name, Value::String(_)) if Some(name) == sentence => outcome.message.as_str().into(),
            ("title", Value::String(_)) => reason.unwrap_or(&outcome.name).into(),
            ("error" | "code", Value::String(_)) => outcome.name.as_ref().into(),
            ("code" | "status" | "statusCode" | "status_code", Value::Number(_)) => status.into(),
            ("status" | "statusCode" | "status_code", Value::String(_)) => status.to_string().into(),
            _ => continue,
        };
        said.push((name, value));
    }
    said
}
