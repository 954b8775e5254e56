//! Keys: field values in the form in which indexes compare them.

use std::fmt::Write;

use serde_json::{Map, Number, Value};

use crate::model::IndexModel;

/// One value, or a combination of values, in a form where equal texts are equal values.
pub(crate) type Key = Box<str>;

/// The key of one value; `None` for null, which no index holds.
pub(crate) fn of_value(value: &Value, fold: bool) -> Option<Key> {
    let mut text = String::new();
    write(&mut text, value, fold)?;
    Some(text.into_boxed_str())
}

/// The keys under which an index holds a record. Several for a list, none when a part is null or absent.
pub(crate) fn of_record(index: &IndexModel, fields: &Map<String, Value>) -> Vec<Key> {
    if let [(name, fold)] = index.fields.as_slice() {
        return match fields.get(name) {
            Some(Value::Array(members)) if !index.unique => {
                let mut keys: Vec<_> = members.iter().filter_map(|member| of_value(member, *fold)).collect();
                keys.sort_unstable();
                keys.dedup();
                keys
            }
            Some(value) => of_value(value, *fold).into_iter().collect(),
            None => Vec::new(),
        };
    }
    let mut text = String::new();
    for (name, fold) in &index.fields {
        let mut part = String::new();
        if fields.get(name).and_then(|value| write(&mut part, value, *fold)).is_none() {
            return Vec::new();
        }
        // The length in front keeps (`a`, `bc`) and (`ab`, `c`) apart.
        let _ = write!(text, "{}:{part}", part.len());
    }
    vec![text.into_boxed_str()]
}

fn write(text: &mut String, value: &Value, fold: bool) -> Option<()> {
    match value {
        Value::Null => return None,
        Value::Bool(flag) => text.push_str(if *flag { "#t" } else { "#f" }),
        Value::Number(number) => write_number(text, number),
        Value::String(own) => {
            text.push('=');
            if fold { text.push_str(&own.to_lowercase()) } else { text.push_str(own) }
        }
        Value::Array(_) | Value::Object(_) => {
            text.push('$');
            text.push_str(&sorted(value).to_string());
        }
    }
    Some(())
}

/// 1 and 1.0 are one number in JSON Schema.
fn write_number(text: &mut String, number: &Number) {
    text.push('+');
    let whole = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15);
    let _ = match whole {
        Some(float) => write!(text, "{float:.0}"),
        None => write!(text, "{number}"),
    };
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut names: Vec<_> = members.iter().collect();
            names.sort_unstable_by_key(|(name, _)| name.as_str());
            names.into_iter().map(|(name, value)| (name.clone(), sorted(value))).collect()
        }
        Value::Array(members) => members.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::{of_record, of_value};
    use crate::model::IndexModel;

    fn fields(value: &Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn equal_values_have_equal_keys_and_others_do_not() {
        let key = |value: Value| of_value(&value, false);
        assert_eq!(key(json!(1)), key(json!(1.0)));
        assert_eq!(key(json!({"a": 1, "b": 2})), key(json!({"b": 2, "a": 1})));
        let different = [
            json!("1"),
            json!(1),
            json!(true),
            json!("true"),
            json!("#t"),
            json!([1]),
            json!("a"),
            json!("A"),
        ];
        for (position, one) in different.iter().enumerate() {
            for other in &different[position + 1..] {
                assert_ne!(key(one.clone()), key(other.clone()), "{one} {other}");
            }
        }
        assert_eq!(of_value(&json!("Ä"), true), of_value(&json!("ä"), true));
        assert_eq!(key(Value::Null), None);
    }

    #[test]
    fn combinations_are_kept_apart_and_need_all_their_parts() {
        let pair = IndexModel { fields: vec![("a".to_owned(), false), ("b".to_owned(), true)], unique: true };
        let key = |value: Value| of_record(&pair, &fields(&value));
        assert_ne!(key(json!({"a": "x", "b": "yz"})), key(json!({"a": "xy", "b": "z"})));
        assert_eq!(key(json!({"a": "x", "b": "Y"})), key(json!({"a": "x", "b": "y"})));
        assert_ne!(key(json!({"a": "X", "b": "y"})), key(json!({"a": "x", "b": "y"})));
        assert!(key(json!({"a": "x"})).is_empty() && key(json!({"a": "x", "b": null})).is_empty());
    }
}
