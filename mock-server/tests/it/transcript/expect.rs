//! What an answer must be: JSON to the letter and in its order, with places that are left open.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What texts in `<>` stand for.
pub(crate) type Variables = BTreeMap<String, String>;

/// Puts variables into a text.
pub(crate) fn fill(text: &str, variables: &Variables) -> String {
    let mut text = text.to_owned();
    for (name, value) in variables {
        text = text.replace(&format!("<{name}>"), value);
    }
    text
}

/// The expected value with what was left open taken from the actual one: `<uuid>`, `<uuid:NAME>` (which is remembered),
/// `<any>`, `<any:NAME>` (remembered too), and `"...": 0` for members that are not looked at. Both are equal as texts when the answer is right.
pub(crate) fn expected(pattern: &Value, actual: &Value, variables: &mut Variables) -> Value {
    match pattern {
        Value::String(text) if text == "<any>" && !actual.is_null() => actual.clone(),
        Value::String(text) if text.starts_with("<any:") && text.ends_with('>') && !actual.is_null() => {
            let name = text["<any:".len()..text.len() - 1].to_owned();
            variables.insert(name, actual.as_str().map_or_else(|| actual.to_string(), str::to_owned));
            actual.clone()
        }
        Value::String(text) if text.starts_with("<uuid") => {
            match actual.as_str().filter(|text| is_uuid(text)) {
                Some(id) => {
                    if let Some(name) = text.strip_prefix("<uuid:").and_then(|rest| rest.strip_suffix('>')) {
                        variables.insert(name.to_owned(), id.to_owned());
                    }
                    actual.clone()
                }
                None => pattern.clone(),
            }
        }
        Value::String(text) => fill(text, variables).into(),
        Value::Array(members) => {
            let nothing = Value::Null;
            let at = |index| actual.get(index).unwrap_or(&nothing);
            members.iter().enumerate().map(|(index, one)| expected(one, at(index), variables)).collect()
        }
        Value::Object(members) => object(members, actual, variables),
        other => other.clone(),
    }
}

/// As [`expected`], for a header: one `<any:NAME>` in it stands for whatever is between what surrounds it.
pub(crate) fn text(pattern: &str, actual: &str, variables: &mut Variables) -> String {
    let pattern = fill(pattern, variables);
    let open = pattern.split_once("<any:").and_then(|(before, rest)| {
        let (name, after) = rest.split_once('>')?;
        let between = actual.strip_prefix(before)?.strip_suffix(after)?;
        Some((name.to_owned(), between)).filter(|(_, between)| !between.is_empty())
    });
    let Some((name, between)) = open else { return pattern };
    variables.insert(name, between.to_owned());
    actual.to_owned()
}

fn object(members: &Map<String, Value>, actual: &Value, variables: &mut Variables) -> Value {
    let nothing = Value::Null;
    let mut all = Map::new();
    for (name, pattern) in members.iter().filter(|(name, _)| *name != "...") {
        let actual = actual.get(name).unwrap_or(&nothing);
        all.insert(name.clone(), expected(pattern, actual, variables));
    }
    let (true, Some(actual)) = (members.contains_key("..."), actual.as_object()) else {
        return Value::Object(all);
    };
    // The order of an answer that is not looked at as a whole is its own.
    let mut ordered: Map<String, Value> = actual.clone();
    ordered.extend(all);
    Value::Object(ordered)
}

/// RFC 9562, 5.4.
fn is_uuid(text: &str) -> bool {
    let shape = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
    text.len() == shape.len()
        && text.chars().zip(shape.chars()).all(|(letter, wanted)| match wanted {
            'x' => letter.is_ascii_hexdigit() && !letter.is_ascii_uppercase(),
            'y' => "89ab".contains(letter),
            exact => letter == exact,
        })
}

#[test]
fn what_differs_is_told() {
    use serde_json::json;
    let check = |pattern: Value, actual: Value| {
        let (expected, actual) =
            (expected(&pattern, &actual, &mut Variables::new()).to_string(), actual.to_string());
        expected == actual
    };
    let id = "1034fd65-7b40-474c-ab79-42d32780b299";
    assert!(check(
        json!({ "a": "<uuid:x>", "b": "<x>-0", "...": 0 }),
        json!({ "a": id, "b": format!("{id}-0"), "c": 1 })
    ));
    assert!(!check(json!({ "a": "<uuid>" }), json!({ "a": "1034fd65-7b40-174c-ab79-42d32780b299" })));
    assert!(!check(json!({ "a": 1, "...": 0 }), json!({ "b": 1 })));
    assert!(!check(json!({ "a": "<any>" }), json!({})));
    assert!(!check(json!({ "a": 1, "b": 2 }), json!({ "b": 2, "a": 1 })));
    assert!(!check(json!([1]), json!([1, 2])));
    assert!(!check(json!(["<any>", "<any>"]), json!([1])));
    assert!(check(json!(["<any:n>", "<n>"]), json!([1, "1"])));
    assert!(!check(json!({ "a": "<any:n>" }), json!({ "a": null })));
}

#[test]
fn headers_may_leave_one_place_open() {
    let mut variables = Variables::new();
    assert_eq!(text("a=<any:token>; Path=/", "a=1; Path=/", &mut variables), "a=1; Path=/");
    assert_eq!(text("Bearer <token>", "", &mut variables), "Bearer 1");
    assert_ne!(text("a=<any:token>; Path=/", "a=1; Path=/x", &mut variables), "a=1; Path=/x");
    assert_ne!(text("a=<any:token>;", "a=;", &mut variables), "a=;");
}
