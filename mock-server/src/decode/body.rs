//! Bodies: by media type to a value.

use bytes::Bytes;
use serde_json::Value;
use tercet_spec::Contract;
use tercet_spec::contract::{MediaType, Type};

use super::coerce;
use super::{Fault, form, json, multipart};
use crate::negotiate;

/// Reads a body of a declared media type. `content_type` is the request's header, as sent.
///
/// # Errors
/// A fault of the body as a whole.
pub(crate) fn body(
    contract: &Contract,
    media: &MediaType,
    content_type: &str,
    bytes: &Bytes,
) -> Result<Value, Fault> {
    let essence = negotiate::essence(content_type);
    if media.name.contains('*') && is_text(contract, media) {
        return text(bytes).map(Value::String).map_err(|why| refuse(media, "text", &why));
    }
    let refuse = |what: &str, why: String| refuse(media, what, &why);
    if negotiate::is_json(&essence) {
        return json::read(bytes).map_err(|why| refuse("JSON", why));
    }
    if essence == "application/x-www-form-urlencoded" {
        return form::read(contract, media, bytes).map_err(|why| refuse("a form", why));
    }
    if essence == "multipart/form-data" {
        return multipart::read(contract, media.schema, content_type, bytes)
            .map_err(|why| refuse("a multipart form", why));
    }
    if essence.starts_with("text/") {
        let text = text(bytes).map_err(|why| refuse("text", why))?;
        return Ok(coerce::scalar(contract, media.schema, &text));
    }
    Ok(multipart::opaque(bytes))
}

fn refuse(media: &MediaType, what: &str, why: &str) -> Fault {
    Fault::unreadable("", format!("the body is not {what}: {why}"), &media.pointer)
}

fn text(bytes: &Bytes) -> Result<String, String> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| "it is not valid UTF-8".to_owned())
}

/// Whether a body is to be a text, whatever its media type: then it is that text, quotes and all.
fn is_text(contract: &Contract, media: &MediaType) -> bool {
    let schema = media.schema.map(|id| contract.schema(id));
    schema.is_some_and(|schema| {
        schema.single_type() == Some(Type::String) && schema.format.as_deref() != Some("binary")
    })
}
