//! What a body of a webhook must keep besides its schema: where it leads, and headers that can be sent.

use http::{HeaderName, HeaderValue};
use serde_json::{Map, Value, json};

use super::address::is_public;
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// Looks at the `url` and the `headers` of a body that has them.
///
/// # Errors
/// `invalid` with the product's codes.
pub(super) fn check(context: &ActionContext<'_>, request: &Value) -> Result<(), Outcome> {
    let mut details = Map::new();
    let private = context.setting("BASEROW_WEBHOOKS_ALLOW_PRIVATE_ADDRESS");
    let anywhere = private.and_then(Value::as_bool).unwrap_or_default();
    if let Some(url) = request.get("url").and_then(Value::as_str)
        && !anywhere
        && !is_public(url)
    {
        fault(
            &mut details,
            "url",
            format!("`{url}` is no URL that can be reached from outside"),
            "invalid_url",
        );
    }
    if let Some(headers) = request.get("headers").and_then(Value::as_object) {
        for (name, value) in headers {
            if HeaderName::try_from(name).is_err() {
                let sentence = format!("`{name}` is no name of a header");
                fault(&mut details, "headers", sentence, "invalid_http_header_name");
            } else if HeaderValue::try_from(value.as_str().unwrap_or_default()).is_err() {
                let sentence = format!("the header `{name}` cannot have this value");
                fault(&mut details, "headers", sentence, "invalid_http_header_value");
            }
        }
    }
    if details.is_empty() { Ok(()) } else { Err(Outcome::new("invalid", "").data(Value::Object(details))) }
}

/// Only the first fault of a property is told.
fn fault(details: &mut Map<String, Value>, property: &str, sentence: String, code: &str) {
    details.entry(property).or_insert_with(|| json!([{ "error": sentence, "code": code }]));
}
