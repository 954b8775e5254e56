//! The logo of an organisation (facts: lowcoder 11 X26).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::administered;
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::refusal::{invalid_parameter, no_resource, refused};
use crate::platforms::reading::{id, value};
use crate::state::Record;

/// Bytes that a picture may have.
const MOST: usize = 300 * 1024;

/// The picture that was there before goes.
pub(in crate::platforms::lowcoder) fn upload_organization_logo(
    context: &mut Context<'_>,
    input: g::UploadOrganizationLogoInput,
) -> Result<Value, Outcome> {
    let org = administered(context, &input.org_id)?;
    let image = image(context)?;
    let before = logo(context, &org)?;
    context.update(&org, json!({ "logo": id(&image) }))?;
    context.delete(before.as_slice())?;
    Ok(true.into())
}

pub(in crate::platforms::lowcoder) fn delete_organization_logo(
    context: &mut Context<'_>,
    input: g::DeleteOrganizationLogoInput,
) -> Result<Value, Outcome> {
    let org = administered(context, &input.org_id)?;
    let image = logo(context, &org)?.ok_or_else(|| no_resource("The organisation has no logo."))?;
    context.update(&org, json!({ "logo": null }))?;
    context.delete(&[image])?;
    Ok(true.into())
}

fn logo(context: &Context<'_>, org: &Record) -> Result<Option<Record>, Outcome> {
    match value(org, "logo") {
        Value::Null => Ok(None),
        image => context.get("images", &image),
    }
}

/// Keeps the picture that the part `file` of the body is.
///
/// # Errors
/// `invalid-parameter` where it is neither JPEG nor PNG or has no file name, `payload-too-large`.
fn image(context: &mut Context<'_>) -> Result<Record, Outcome> {
    let sent = context.inputs().uploads.iter().rev().find(|one| one.part == "file");
    let sent = sent.ok_or_else(|| invalid_parameter("The part `file` is no file."))?;
    let kind = sent.media_type.as_deref().filter(|kind| matches!(*kind, "image/jpeg" | "image/png"));
    let kind = kind.ok_or_else(|| invalid_parameter("A picture is JPEG or PNG."))?;
    if sent.content.len() > MOST {
        return Err(refused("payload-too-large", "A picture has 300 kB at most."));
    }
    let content = STANDARD.encode(&sent.content);
    context.insert("images", json!({ "content": content, "mediaType": kind }))
}
