//! Values as PHP reads them from forms and queries: `a[b]=1`, `a[]=2`.

use serde_json::Value;

use super::reading::Members;

/// What members come down to, one after the other.
///
/// # Errors
/// For names that PHP would read as others.
pub(super) fn all(members: &Members) -> Result<Vec<(String, String)>, String> {
    let mut all = Vec::new();
    for (name, value) in members {
        all.extend(pairs(name, value)?);
    }
    Ok(all)
}

/// Every text that a value comes down to, with the name it goes by. Booleans are `1` and `0`; null and an empty list, which
/// forms have no other word for, are an empty text.
///
/// # Errors
/// For names that PHP would read as others.
pub(super) fn pairs(name: &str, value: &Value) -> Result<Vec<(String, String)>, String> {
    let mut pairs = Vec::new();
    // PHP itself changes these in the first part of a name, and in no other.
    if name.is_empty() || name.contains(['.', ' ', '[', ']', '\0']) {
        return Err(format!("`{}` cannot be the name of a value in a form or a query", name.escape_debug()));
    }
    collect(name, value, &mut pairs)?;
    Ok(pairs)
}

fn collect(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) -> Result<(), String> {
    match value {
        Value::Array(members) if !members.is_empty() => {
            for (index, member) in members.iter().enumerate() {
                // With `[]`, what stands in different members would end up in one.
                let simple = !member.is_array() && !member.is_object();
                let name = if simple { format!("{name}[]") } else { format!("{name}[{index}]") };
                collect(&name, member, pairs)?;
            }
        }
        Value::Object(members) if !members.is_empty() => {
            for (key, member) in members {
                if key.is_empty() || key.contains(['[', ']', '\0']) {
                    return Err(format!("`{}` cannot stand in `{name}[…]`", key.escape_debug()));
                }
                collect(&format!("{name}[{key}]"), member, pairs)?;
            }
        }
        simple => pairs.push((name.to_owned(), text(simple))),
    }
    Ok(())
}

/// A value that is no list and no object.
fn text(value: &Value) -> String {
    match value {
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
        Value::Bool(value) => if *value { "1" } else { "0" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::pairs;

    fn written(name: &str, value: &Value) -> String {
        let pairs: Vec<String> =
            pairs(name, value).unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    }

    #[test]
    fn lists_and_objects_are_spelled_out() {
        for (value, expected) in [
            (json!("e f"), "a=e f"),
            (json!(true), "a=1"),
            (json!(false), "a=0"),
            (json!(1.5), "a=1.5"),
            (json!(null), "a="),
            (json!([]), "a="),
            (json!([1, "x", null]), "a[]=1&a[]=x&a[]="),
            (
                json!({ "name": "e", "organization": [1, 2] }),
                "a[name]=e&a[organization][]=1&a[organization][]=2",
            ),
            (json!([{ "x": 1, "y": 2 }, { "x": 3 }]), "a[0][x]=1&a[0][y]=2&a[1][x]=3"),
            (json!([[1], []]), "a[0][]=1&a[1]="),
            (json!({ "first.last name": 1 }), "a[first.last name]=1"),
        ] {
            assert_eq!(written("a", &value), expected);
        }
    }

    #[test]
    fn names_that_php_would_read_as_others_are_refused() {
        for name in ["", "a.b", "a b", "a[b", "]"] {
            assert!(pairs(name, &json!(1)).is_err(), "{name}");
        }
        for key in ["", "a]b", "["] {
            assert!(pairs("a", &json!({ key: 1 })).is_err(), "{key}");
        }
    }
}
