//! Comparing JSON values: equality, order, containment.

use std::cmp::Ordering;

use serde_json::Value;

/// Whether two values are equal. Numbers are compared by value (1 is 1.0), texts without regard to case where `fold`.
pub(crate) fn equal(a: &Value, b: &Value, fold: bool) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) if fold => equal_fold(a, b),
        (Value::Number(_), Value::Number(_)) => numbers(a, b) == Some(Ordering::Equal),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b, fold))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| equal(a, b, fold)))
        }
        _ => a == b,
    }
}

pub(crate) fn equal_fold(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.to_lowercase() == b.to_lowercase()
}

/// Contains, without regard to case.
pub(crate) fn contains_fold(text: &str, part: &str) -> bool {
    if !(text.is_ascii() && part.is_ascii()) {
        return text.to_lowercase().contains(&part.to_lowercase());
    }
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let Some(first) = part.first().map(u8::to_ascii_lowercase) else { return true };
    let begins = |window: &[u8]| window[0].to_ascii_lowercase() == first;
    text.windows(part.len()).any(|window| begins(window) && window.eq_ignore_ascii_case(part))
}

/// The order of two numbers or two texts (by code points); `None` for anything else.
pub(crate) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(_), Value::Number(_)) => numbers(a, b),
        // UTF-8 sorts as its code points do.
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

fn numbers(a: &Value, b: &Value) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (a.as_i64(), b.as_i64()) {
        return Some(a.cmp(&b));
    }
    if let (Some(a), Some(b)) = (a.as_u64(), b.as_u64()) {
        return Some(a.cmp(&b));
    }
    a.as_f64()?.partial_cmp(&b.as_f64()?)
}

/// An order of all values, for sorting: null first, then booleans, numbers, texts, lists, objects.
pub(crate) fn total(a: &Value, b: &Value) -> Ordering {
    let rank = |value: &Value| match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    };
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Array(a), Value::Array(b)) => {
            let differing = a.iter().zip(b).map(|(a, b)| total(a, b)).find(|one| one.is_ne());
            differing.unwrap_or_else(|| a.len().cmp(&b.len()))
        }
        _ => order(a, b).unwrap_or_else(|| rank(a).cmp(&rank(b))),
    }
}
