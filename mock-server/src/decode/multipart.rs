//! `multipart/form-data` bodies (RFC 7578).

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures::FutureExt;
use serde_json::{Map, Value};
use tercet_spec::Contract;
use tercet_spec::contract::SchemaId;

use super::coerce::{self, Shape};
use super::php;
use super::wire::Pair;
use crate::inputs::Upload;

/// Reads the parts of a form. The whole body is in memory already, so nothing here waits.
///
/// # Errors
/// A sentence.
pub(super) fn read(
    contract: &Contract,
    schema: Option<SchemaId>,
    content_type: &str,
    bytes: &Bytes,
) -> Result<Value, String> {
    let boundary = multer::parse_boundary(content_type)
        .map_err(|_| "the `Content-Type` names no `boundary`".to_owned())?;
    let whole = futures::stream::iter([Ok::<_, std::io::Error>(bytes.clone())]);
    let mut form = multer::Multipart::new(whole, boundary);
    if contract.conduct.merge_parameters {
        return as_php(contract, schema, form);
    }
    let mut map = Map::new();
    while let Some(field) = ready(form.next_field())? {
        let name = field.name().map(str::to_owned).ok_or("a part has no name")?;
        let json = field.content_type().is_some_and(|media| crate::negotiate::is_json(media.essence_str()));
        let content = ready(field.bytes())?;
        let property = schema.and_then(|id| coerce::property(contract, id, &name));
        let many = property.is_some_and(|id| coerce::shape(contract, id) == Shape::Array);
        let element = if many { property.and_then(|id| coerce::items(contract, id)) } else { property };
        let is_object = element.is_some_and(|id| coerce::shape(contract, id) == Shape::Object);
        let value = if json || is_object {
            super::json::read(&content).map_err(|why| format!("part `{name}` is not JSON: {why}"))?
        } else {
            part(contract, element, &content)
        };
        match map.get_mut(&name) {
            None if many && !value.is_array() => drop(map.insert(name, Value::Array(vec![value]))),
            None => drop(map.insert(name, value)),
            Some(Value::Array(known)) => known.push(value),
            Some(known) => *known = Value::Array(vec![known.take(), value]),
        }
    }
    Ok(Value::Object(map))
}

/// Reads the parts as PHP does: their names mean what they do in other forms. Files are among [`uploads`]; in the body are
/// only those that the schema names.
fn as_php(
    contract: &Contract,
    schema: Option<SchemaId>,
    mut form: multer::Multipart<'_>,
) -> Result<Value, String> {
    let (mut texts, mut others) = (Vec::new(), Vec::new());
    while let Some(field) = ready(form.next_field())? {
        let name = field.name().map(str::to_owned).ok_or("a part has no name")?;
        let is_file = field.file_name().is_some();
        let json = field.content_type().is_some_and(|media| crate::negotiate::is_json(media.essence_str()));
        let content = ready(field.bytes())?;
        let property = schema.and_then(|id| coerce::property(contract, id, &name));
        if is_file {
            others.extend(property.map(|_| (name, part(contract, property, &content))));
        } else if json {
            let value =
                super::json::read(&content).map_err(|why| format!("part `{name}` is not JSON: {why}"))?;
            others.push((name, value));
        } else {
            let text = std::str::from_utf8(&content);
            let text = text.map_err(|_| format!("part `{name}` is not valid UTF-8"))?.to_owned();
            texts.push(Pair { name: Cow::Owned(name), raw: "", value: Cow::Owned(text) });
        }
    }
    let Value::Object(mut map) = php::members(contract, schema, &texts)? else { return Ok(Value::Null) };
    map.extend(others);
    Ok(Value::Object(map))
}

/// The files of a form that [`read`] has read: its parts that have a file name.
pub(crate) fn uploads(content_type: &str, bytes: &Bytes) -> Vec<Upload> {
    let Ok(boundary) = multer::parse_boundary(content_type) else { return Vec::new() };
    let whole = futures::stream::iter([Ok::<_, std::io::Error>(bytes.clone())]);
    let mut form = multer::Multipart::new(whole, boundary);
    let mut found = Vec::new();
    while let Ok(Some(field)) = ready(form.next_field()) {
        let (Some(part), Some(file_name)) = (field.name(), field.file_name()) else { continue };
        let (part, file_name) = (part.to_owned(), file_name.to_owned());
        let media_type = field.content_type().map(|media| media.essence_str().to_owned());
        let Ok(content) = ready(field.bytes()) else { break };
        found.push(Upload { part, file_name, media_type, content });
    }
    found
}

fn ready<T>(step: impl Future<Output = multer::Result<T>>) -> Result<T, String> {
    match step.now_or_never() {
        Some(Ok(value)) => Ok(value),
        Some(Err(error)) => Err(error.to_string()),
        None => Err("it ends in the middle of a part".to_owned()),
    }
}

fn part(contract: &Contract, schema: Option<SchemaId>, content: &[u8]) -> Value {
    match std::str::from_utf8(content) {
        Ok(text) => coerce::scalar(contract, schema, text),
        Err(_) => Value::String(STANDARD.encode(content)),
    }
}

/// Bytes as a value: text where they are UTF-8, else base64.
pub(super) fn opaque(content: &[u8]) -> Value {
    match std::str::from_utf8(content) {
        Ok(text) => Value::String(text.to_owned()),
        Err(_) => Value::String(STANDARD.encode(content)),
    }
}
