//! `upload_file` and `upload_via_url`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use url::Url;

use super::represent::represent;
use super::store::keep;
use crate::action::ActionContext;
use crate::inputs::Upload;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::text;

/// Where uploaded files, and their thumbnails, are downloaded.
const PLACES: [&str; 4] = [
    "/media/user_files/",
    "/media/thumbnails/tiny/",
    "/media/thumbnails/small/",
    "/media/thumbnails/card_cover/",
];

/// The file in the part `file` of the form. The last part of a name wins, as in the product's framework.
fn sent<'c>(context: &ActionContext<'c>) -> Result<&'c Upload, Outcome> {
    let sent = context.inputs().uploads.iter().rev().find(|one| one.part == "file");
    sent.filter(|one| !one.file_name.is_empty())
        .ok_or_else(|| Outcome::new("ERROR_INVALID_FILE", "the form has no part `file` with a file name"))
}

/// Whether there is a file in the form.
///
/// # Errors
/// `ERROR_INVALID_FILE`.
pub(in crate::platforms::baserow) fn has_file(context: &ActionContext<'_>) -> Result<(), Outcome> {
    sent(context).map(drop)
}

/// Keeps the file in the part `file` of the form.
///
/// # Errors
/// `ERROR_INVALID_FILE` when there is none, `ERROR_FILE_SIZE_TOO_LARGE`.
pub(in crate::platforms::baserow) fn upload_file(context: &mut ActionContext<'_>) -> Result<Value, Outcome> {
    let sent = sent(context)?;
    // Clients of old send the whole path.
    let file_name = sent.file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let file = keep(context, file_name, sent.media_type.as_deref(), &sent.content)?;
    Ok(represent(context, &file))
}

/// Keeps what a URL leads to. Nothing is fetched: what can be reached is what this server has itself.
///
/// # Errors
/// `ERROR_INVALID_FILE_URL` for other schemes than `http` and `https`, `ERROR_FILE_URL_COULD_NOT_BE_REACHED`, `ERROR_FILE_SIZE_TOO_LARGE`.
pub(in crate::platforms::baserow) fn upload_via_url(
    context: &mut ActionContext<'_>,
    url: &str,
) -> Result<Value, Outcome> {
    let url = Url::parse(url).ok().filter(|url| ["http", "https"].contains(&url.scheme()));
    let Some(url) = url else {
        return Err(Outcome::new("ERROR_INVALID_FILE_URL", "files are fetched by `http` and `https` only"));
    };
    let name = if url.origin().ascii_serialization() == context.origin() { own(url.path()) } else { None };
    let known = match name {
        Some(name) => context.find("user_files", &[("name", &name.into())])?,
        None => None,
    };
    let Some(known) = known else {
        let sentence = "nothing can be had from this URL: the mock server fetches nothing from elsewhere";
        return Err(Outcome::new("ERROR_FILE_URL_COULD_NOT_BE_REACHED", sentence));
    };
    let content = STANDARD
        .decode(text(&known, "content"))
        .map_err(|error| Outcome::new("internal", format!("the file's content is no base64: {error}")))?;
    let file = keep(context, text(&known, "name"), Some(text(&known, "mime_type")), &content)?;
    Ok(represent(context, &file))
}

/// The name of the file that a path of this server leads to.
fn own(path: &str) -> Option<&str> {
    PLACES.iter().find_map(|place| path.strip_prefix(place))
}
