//! Files of an organisation, which everybody may read, and pictures (facts: lowcoder 11 X33).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::access::current_org;
use super::pictures;
use super::refusal::{invalid_parameter, no_resource};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::reading::{caller, id, member, text, value};
use crate::state::Record;

/// `createFileUpload`: `{id, filename}`; 5000 where the organisation has a file of that name and type.
pub(super) fn create_file_upload(
    context: &mut Context<'_>,
    input: g::CreateFileUploadInput,
) -> Result<Value, Outcome> {
    let org = current_org(context)?;
    let part = |name: &str| member(&input.body, name).unwrap_or_default();
    let content = part("content");
    if BASE64_STANDARD.decode(content).is_err() {
        return Err(invalid_parameter("`content` is not base64."));
    }
    let file = json!({
        "org": id(&org), "filename": part("filename"), "type": part("type"), "content": content,
        "createdBy": id(caller(context)?),
    });
    Ok(shown(&context.insert("materials", file)?))
}

/// `listFiles`
pub(super) fn list_files(context: &mut Context<'_>, _: g::ListFilesInput) -> Result<Value, Outcome> {
    let org = current_org(context)?;
    Ok(context.all("materials", &[("org", &id(&org))])?.iter().map(shown).collect())
}

fn shown(file: &Record) -> Value {
    json!({ "id": id(file), "filename": text(file, "filename") })
}

/// `downloadFile`: `content` in base64, `mediaType`, and the value of `Content-Disposition`. What is downloaded is bytes;
/// what is looked at has the media type that its name says.
pub(super) fn download_file(
    context: &mut Context<'_>,
    input: g::DownloadFileInput,
) -> Result<Value, Outcome> {
    let file = context.get("materials", &Value::from(input.id))?.ok_or_else(unknown)?;
    let name = text(&file, "filename");
    let (media_type, kind) = match input.r#type.as_str() {
        "preview" => (media_type(name), "inline"),
        _ => ("application/octet-stream", "attachment"),
    };
    // RFC 6266, 4.1: a name with any letters in it is percent-encoded
    let disposition = format!("{kind}; filename*=UTF-8''{}", utf8_percent_encode(name, NON_ALPHANUMERIC));
    Ok(json!({ "content": value(&file, "content"), "mediaType": media_type, "disposition": disposition }))
}

/// The media type of a file by the end of its name.
fn media_type(name: &str) -> &'static str {
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    match end.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        "json" => "application/json",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "html" | "htm" => "text/html",
        "css" => "text/css",
        "js" => "text/javascript",
        _ => "application/octet-stream",
    }
}

/// `deleteFile`: files of other organisations are not there.
pub(super) fn delete_file(context: &mut Context<'_>, input: g::DeleteFileInput) -> Result<Value, Outcome> {
    let org = id(&current_org(context)?);
    let file = context.get("materials", &Value::from(input.id))?;
    let file = file.filter(|file| value(file, "org") == org).ok_or_else(unknown)?;
    context.delete(&[file])?;
    Ok(true.into())
}

fn unknown() -> Outcome {
    no_resource("There is no such file.")
}

/// `getAsset`
pub(super) fn get_asset(context: &mut Context<'_>, input: g::GetAssetInput) -> Result<Value, Outcome> {
    pictures::show(context, &Value::from(input.id))
}
