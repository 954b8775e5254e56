//! Functions of files and links.

use serde_json::{Map, Value as Json};

use super::call::Call;
use super::value::Value;

pub(super) fn run(call: &Call<'_>) -> Value {
    match (call.name, call.value(0)) {
        ("link" | "button", Value::Null) => Value::Null,
        ("link" | "button", url) => {
            let mut link = Map::new();
            link.insert("url".to_owned(), url.text().into());
            if call.values.len() > 1 {
                link.insert("label".to_owned(), call.text(1).into());
            }
            Value::Raw(Json::Object(link))
        }
        ("is_image", value) => Value::Boolean(read(value, "is_image") == Value::Boolean(true)),
        ("get_file_mime_type", value) => read(value, "mime_type"),
        (name, value) => read(
            value,
            name.trim_start_matches("get_").trim_start_matches("file_").trim_start_matches("link_"),
        ),
    }
}

/// A property of a file or a link.
fn read(value: &Value, property: &str) -> Value {
    let Value::Raw(raw) = value else { return Value::Null };
    match raw.get(property) {
        Some(Json::String(text)) => Value::Text(text.clone()),
        Some(Json::Number(number)) => number.to_string().parse().map_or(Value::Null, Value::Number),
        Some(Json::Bool(truth)) => Value::Boolean(*truth),
        _ => Value::Null,
    }
}
