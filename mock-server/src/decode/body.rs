//! Bodies: by media type to a value.

use bytes::Bytes;
use serde_json::Value;
use tercet_spec::Contract;
use tercet_spec::contract::MediaType;

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
    let refuse = |what: &str, why: String| {
        Fault::unreadable("", format!("the body is not {what}: {why}"), &media.pointer)
    };
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
        let text =
            std::str::from_utf8(bytes).map_err(|_| refuse("text", "it is not valid UTF-8".to_owned()))?;
        return Ok(coerce::scalar(contract, media.schema, text));
    }
    Ok(multipart::opaque(bytes))
}
