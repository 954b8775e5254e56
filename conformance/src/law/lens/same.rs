//! Whether two answers say the same.

use serde_json::Value;
use tercet_spec::contract::AssignAt;

use crate::Exchange;
use crate::reading::{Reading, equal};

/// Members of a shown record that may differ between two reads: set when the record is used, or derived.
pub(in crate::law) fn volatile(reading: &Reading, operation: usize) -> Vec<String> {
    let Some(view) = reading.view(operation) else {
        return Vec::new();
    };
    let contract = reading.contract();
    let stored = reading.collection(&view.collection).map(|one| contract.schema(one.schema));
    let is_volatile = |member: &String| {
        let derived = !view.members.contains_key(member);
        let field = view.members.get(member).unwrap_or(member);
        let used = stored.and_then(|schema| schema.properties.get(field)).is_some_and(|id| {
            contract.schema(*id).assign.as_ref().is_some_and(|assign| assign.at.contains(&AssignAt::Used))
        });
        derived || used
    };
    contract.schema(view.schema).properties.keys().filter(|member| is_volatile(member)).cloned().collect()
}

/// Whether two answers have the same status and the same JSON, apart from these members.
pub(in crate::law) fn same_answer(a: &Exchange, b: &Exchange, apart_from: &[String]) -> bool {
    let without = |exchange: &Exchange| exchange.json().map(|body| strip(body, apart_from));
    a.status() == b.status()
        && match (without(a), without(b)) {
            (Some(a), Some(b)) => equal(&a, &b, false),
            (None, None) => true,
            _ => false,
        }
}

fn strip(value: &Value, names: &[String]) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(name, _)| !names.contains(name))
            .map(|(name, value)| (name.clone(), strip(value, names)))
            .collect(),
        Value::Array(items) => items.iter().map(|item| strip(item, names)).collect(),
        other => other.clone(),
    }
}
