//! Truth, comparisons and choices.

use std::cmp::Ordering;

use super::call::{Call, ordering};
use super::kind::Kind;
use super::text::to_text;
use super::value::Value;

pub(super) fn run(call: &Call<'_>) -> Value {
    let (kinds, values) = (call.kinds.as_slice(), call.values.as_slice());
    match (call.name, values) {
        ("row_id", _) => Value::Number(call.row.into()),
        ("equal", _) => Value::Boolean(equal(kinds, values)),
        ("not_equal", _) => Value::Boolean(!equal(kinds, values)),
        ("if", _) => chosen(kinds, values),
        ("isblank", [value]) => Value::Boolean(is_blank(value)),
        ("is_null", [value]) => Value::Boolean(value.is_null()),
        ("when_empty", _) => values.iter().find(|value| !value.is_null()).cloned().unwrap_or(Value::Null),
        ("and", _) => Value::Boolean(values.iter().all(Value::truth)),
        ("or", _) => Value::Boolean(values.iter().any(Value::truth)),
        ("not", [value]) => Value::Boolean(!value.truth()),
        (name, [left, right]) => {
            Value::Boolean(ordering(left, right).is_some_and(|found| passes(name, found)))
        }
        _ => Value::Null,
    }
}

fn equal(kinds: &[&Kind], values: &[Value]) -> bool {
    if kinds[0].name() != kinds[1].name() {
        return to_text(kinds[0], &values[0]) == to_text(kinds[1], &values[1]);
    }
    match (&values[0], &values[1]) {
        (Value::Raw(left), Value::Raw(right)) => {
            left.get("id") == right.get("id") && left.get("id").is_some() || left == right
        }
        (Value::Text(left), Value::Text(right)) => left == right,
        (left, right) => ordering(left, right).map_or_else(|| left == right, Ordering::is_eq),
    }
}

fn chosen(kinds: &[&Kind], values: &[Value]) -> Value {
    let place = if values[0].truth() { 1 } else { 2 };
    if kinds[1].name() == kinds[2].name() {
        return values[place].clone();
    }
    Value::Text(to_text(kinds[place], &values[place]))
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        Value::Raw(raw) => raw.as_array().is_some_and(Vec::is_empty),
        _ => false,
    }
}

fn passes(name: &str, found: Ordering) -> bool {
    match name {
        "greater_than" => found.is_gt(),
        "greater_than_or_equal" => found.is_ge(),
        "less_than" => found.is_lt(),
        _ => found.is_le(),
    }
}
