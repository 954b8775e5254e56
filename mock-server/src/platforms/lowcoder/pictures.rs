//! Pictures of users and logos of organisations (facts: lowcoder 11 X10, X26, X33).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::refusal::{invalid_parameter, refused};
use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::reading::value;

/// The largest picture, in bytes: 300 kB as the product counts.
const LARGEST: usize = 300 * 1024;

/// Keeps the picture that the form of the request has as its part `file`, and gives its id. What a picture is, the part's
/// `Content-Type` says; only `Content::Read` looks into it.
///
/// # Errors
/// `invalid-parameter` where there is no such part or it is neither JPEG nor PNG, `payload-too-large`.
pub(super) fn keep(context: &mut Context<'_>, content: Content) -> Result<Value, Outcome> {
    let sent = context.inputs().uploads.iter().find(|one| one.part == "file");
    let sent = sent.ok_or_else(|| invalid_parameter("The form has no part `file` with a file name."))?;
    let neither = || invalid_parameter("The picture is neither JPEG nor PNG.");
    let declared = sent.media_type.as_deref().filter(|own| matches!(*own, "image/jpeg" | "image/png"));
    let declared = declared.ok_or_else(neither)?;
    if sent.content.len() > LARGEST {
        return Err(refused("payload-too-large", "The picture is larger than 300 kB."));
    }
    let media_type = match content {
        Content::Any => declared,
        Content::Read => media_type(&sent.content).ok_or_else(neither)?,
    };
    let content = BASE64_STANDARD.encode(&sent.content);
    let kept = context.insert("images", json!({ "content": content, "mediaType": media_type }))?;
    Ok(value(&kept, "id"))
}

/// What becomes of a picture's bytes.
#[derive(Clone, Copy)]
pub(super) enum Content {
    /// They are kept as they came, logos: whatever they are.
    Any,
    /// The product draws them anew, pictures of users: they have to be readable. Here they are kept as they came.
    Read,
}

/// Removes a picture, where there is one of that id.
///
/// # Errors
/// `internal` when the collection is missing.
pub(super) fn forget(context: &mut Context<'_>, picture: &Value) -> Result<(), Outcome> {
    match context.get("images", picture)? {
        Some(picture) => context.delete(&[picture]),
        None => Ok(()),
    }
}

/// What is served of a picture: `content` in base64 and `mediaType`.
///
/// # Errors
/// `no-picture` where there is none of that id.
pub(super) fn show(context: &Context<'_>, picture: &Value) -> Result<Value, Outcome> {
    let found = context.get("images", picture)?;
    let picture = found.ok_or_else(|| refused("no-picture", "There is no such picture."))?;
    Ok(json!({ "content": value(&picture, "content"), "mediaType": value(&picture, "mediaType") }))
}

/// The media type of a picture by its signature.
fn media_type(content: &[u8]) -> Option<&'static str> {
    if content.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    }
    content.starts_with(b"\xff\xd8\xff").then_some("image/jpeg")
}
