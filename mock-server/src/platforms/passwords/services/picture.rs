//! Pictures of users and websites.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::ImageFormat;
use serde_json::{Value, json};

use super::super::passwords::sha1;
use super::super::php;
use super::super::reading::text;
use super::draw::{encode, letter};
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// Pixels of a side: a multiple of the first between the others (facts: passwords 8).
const STEP: i64 = 8;
const SMALLEST: i64 = 16;
const LARGEST: i64 = 256;
/// For how long pictures may be kept.
const WEEK: i64 = 7 * 86_400;

/// A user's picture: the letter of the display name, or of the id where nobody is called so.
pub(in super::super) fn avatar(
    context: &ActionContext<'_>,
    user: &str,
    size: &str,
) -> Result<Value, Outcome> {
    let known = context.get("users", &Value::from(user))?;
    let name = known.as_ref().map_or(user, |user| text(user, "name"));
    let side = side(size);
    let file = encode(&letter(name, side, side), ImageFormat::Png)?;
    // [seen] what is made for guests has no tag
    let tag = known.is_some().then(|| tag(&file));
    Ok(picture(context, &file, &format!("{user}.png"), tag.as_deref()))
}

/// A website's picture: a letter, as the product draws where it finds no other.
pub(in super::super) fn favicon(
    context: &ActionContext<'_>,
    domain: &str,
    size: &str,
) -> Result<Value, Outcome> {
    let side = side(size);
    let shown = domain.strip_prefix("www.").unwrap_or(domain);
    let file = encode(&letter(shown, side, side), ImageFormat::Png)?;
    let tag = tag(&file);
    Ok(picture(context, &file, &format!("{domain}.png"), Some(&tag)))
}

fn side(size: &str) -> u32 {
    let asked = php::integer(&size.into()).clamp(SMALLEST, LARGEST);
    let rounded = (asked + STEP / 2) / STEP * STEP;
    u32::try_from(rounded.clamp(SMALLEST, LARGEST)).unwrap_or_default()
}

pub(super) fn tag(file: &[u8]) -> String {
    format!("\"{}\"", &sha1(&STANDARD.encode(file))[..32])
}

/// A file, and what the answer's headers say of it.
pub(super) fn picture(context: &ActionContext<'_>, file: &[u8], name: &str, tag: Option<&str>) -> Value {
    let name: String =
        name.chars().map(|c| if c.is_ascii_graphic() && c != '"' && c != '\\' { c } else { '_' }).collect();
    json!({
        "content": STANDARD.encode(file),
        "name": name,
        "tag": tag,
        "modified": http_date(php::now(context)),
        "expires": http_date(php::now(context).saturating_add(WEEK)),
    })
}

/// A time as HTTP writes it (RFC 9110, 5.6.7).
fn http_date(seconds: i64) -> String {
    let since = std::time::Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
    std::time::UNIX_EPOCH.checked_add(since).map(httpdate::fmt_http_date).unwrap_or_default()
}
