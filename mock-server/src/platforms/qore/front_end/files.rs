//! Uploaded files, read back.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::qore::application::App;
use crate::platforms::qore::refusal;
use crate::platforms::reading::{text, value};

/// What a browser may show by itself; everything else is saved, as it could act in the name of the application.
const HARMLESS: [&str; 7] =
    ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain", "text/csv"];

/// `content` in base64, `media_type`, and the value of `Content-Disposition`.
pub(super) fn show(
    _: &App,
    context: &mut ActionContext<'_>,
    input: &Map<String, Value>,
) -> Result<Value, Outcome> {
    let path = input.get("path").cloned().unwrap_or_default();
    let unknown = || refusal::unknown("file", path.as_str().unwrap_or_default());
    let file = context.find("stored_files", &[("path", &path)])?.ok_or_else(unknown)?;
    let media_type = match text(&file, "mime_type") {
        "" => "application/octet-stream",
        known => known,
    };
    let kind = if HARMLESS.contains(&media_type) { "inline" } else { "attachment" };
    // RFC 6266, 4.1: a name with any letters in it is percent-encoded
    let name = utf8_percent_encode(text(&file, "name"), NON_ALPHANUMERIC);
    let disposition = format!("{kind}; filename*=UTF-8''{name}");
    Ok(json!({ "content": value(&file, "content"), "media_type": media_type, "disposition": disposition }))
}
