//! Values as Python writes them: the product turns the cells of a new table into text so (facts: baserow 2.7).

use serde_json::Value;

/// `str(value)`.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => repr(other),
    }
}

fn repr(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(members) => format!("[{}]", members.iter().map(repr).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| format!("{}: {}", quoted(name), repr(value));
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
    }
}

/// In single quotes, or in double ones where the text has single quotes and no double ones.
fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut written = String::from(quote);
    for character in text.chars() {
        match character {
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            '\\' => written.push_str("\\\\"),
            one if one == quote => written.extend(['\\', one]),
            one => written.push(one),
        }
    }
    written.push(quote);
    written
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::text;

    #[test]
    fn values_are_written_as_python_writes_them() {
        let cases = [
            (json!("it's"), "it's"),
            (json!(true), "True"),
            (json!(null), "None"),
            (json!(1.5), "1.5"),
            (json!(["a", 1, null]), "['a', 1, None]"),
            (json!({ "a": { "it's": "\"x'\n" } }), r#"{'a': {"it's": '"x\'\n'}}"#),
        ];
        for (value, expected) in cases {
            assert_eq!(text(&value), expected);
        }
    }
}
