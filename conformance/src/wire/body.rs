//! How bodies are written.

use serde_json::Value;

use super::style::{encode, scalar};
use crate::Body;
use crate::reading::is_json;

/// What separates the parts of a multipart body. It is fixed, so that a seed reproduces a request byte for byte.
const BOUNDARY: &str = "tercet-conformance-7d93b0c1";

/// The bytes of a body and its `Content-Type`.
///
/// # Errors
/// A sentence, when a value cannot be written in that media type.
pub(super) fn bytes(body: &Body) -> Result<(Option<String>, Vec<u8>), String> {
    let (media_type, value) = match body {
        Body::Raw(media_type, bytes) => return Ok((media_type.clone(), bytes.clone())),
        Body::Value(media_type, value) => (media_type, value),
    };
    let essence = media_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    if is_json(media_type) || essence.contains('*') {
        let name = if essence.contains('*') { "application/json" } else { media_type };
        return Ok((Some(name.to_owned()), value.to_string().into_bytes()));
    }
    match essence.as_str() {
        "application/x-www-form-urlencoded" => {
            let pairs = members(value, media_type)?;
            let text: Vec<_> =
                pairs.iter().map(|(name, text)| format!("{}={}", encode(name), encode(text))).collect();
            Ok((Some(media_type.clone()), text.join("&").into_bytes()))
        }
        "multipart/form-data" => {
            let mut text = String::new();
            for (name, part) in members(value, media_type)? {
                let name = name.replace('"', "%22");
                text.push_str(&format!(
                    "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{part}\r\n"
                ));
            }
            text.push_str(&format!("--{BOUNDARY}--\r\n"));
            Ok((Some(format!("multipart/form-data; boundary={BOUNDARY}")), text.into_bytes()))
        }
        _ => match value {
            Value::String(text) => Ok((Some(media_type.clone()), text.clone().into_bytes())),
            other => Err(format!("a body of `{media_type}` cannot be made of {other}")),
        },
    }
}

/// The members of a form: lists are repeated, objects written as JSON.
fn members(value: &Value, media_type: &str) -> Result<Vec<(String, String)>, String> {
    let Value::Object(members) = value else {
        return Err(format!("a body of `{media_type}` is an object, not {value}"));
    };
    let mut pairs = Vec::new();
    for (name, value) in members {
        match value {
            Value::Array(items) => pairs.extend(items.iter().map(|item| (name.clone(), scalar(item)))),
            other => pairs.push((name.clone(), scalar(other))),
        }
    }
    Ok(pairs)
}
