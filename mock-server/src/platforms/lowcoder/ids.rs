//! The identifiers that paths and bodies take: ObjectIds, gids and slugs (facts: lowcoder 6).

use serde_json::Value;

use super::refusal::refused;
use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::state::Record;

/// The record that a path's id names: by its gid where there is a `-` in it, else by its ObjectId.
pub(super) fn resolve(context: &Context<'_>, collection: &str, id: &str) -> Result<Option<Record>, Outcome> {
    let id_value = Value::from(id);
    if id.contains('-') {
        return context.find(collection, &[("gid", &id_value)]);
    }
    context.get(collection, &id_value)
}

/// As [`resolve`], but a slug comes before both.
pub(super) fn resolve_slug(
    context: &Context<'_>,
    collection: &str,
    id: &str,
) -> Result<Option<Record>, Outcome> {
    let slugged = context.find(collection, &[("slug", &Value::from(id))])?;
    match slugged {
        Some(record) if !id.is_empty() => Ok(Some(record)),
        _ => resolve(context, collection, id),
    }
}

/// Passes for what may be a slug: letters, digits, `_` and `-`, or nothing.
///
/// # Errors
/// `slug-invalid`.
pub(super) fn require_slug(slug: &str) -> Result<(), Outcome> {
    if slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
        return Ok(());
    }
    Err(refused("slug-invalid", "A slug has letters, digits, `_` and `-` only."))
}

/// A new gid, a UUID of version 7 (RFC 9562, 5.7): it sorts by the time of the request.
pub(super) fn gid(context: &mut Context<'_>) -> String {
    let mut random = [0; 10];
    context.entropy().fill(&mut random);
    let milliseconds = u64::try_from(now(context)).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid().to_string()
}

/// The gid that a client has chosen, or a new one.
pub(super) fn gid_or_new(context: &mut Context<'_>, chosen: Option<&str>) -> String {
    match chosen {
        Some(chosen) if !chosen.is_empty() => chosen.to_owned(),
        _ => gid(context),
    }
}

/// 32 lower-case hexadecimal digits, as session tokens and ids of API keys are.
pub(super) fn hex32(context: &mut Context<'_>) -> String {
    context.entropy().uuid().replace('-', "")
}

/// The time of the request, milliseconds since 1970.
pub(super) fn now(context: &Context<'_>) -> i64 {
    context.now().0
}
