//! What a revision has to be before it is stored (facts: passwords 4.2 and 4.4).

use serde_json::Value;

use super::content::{BASE, Content, flag, integer, is_empty, put, text};
use super::kind::Kind;
use super::reading::{self, text as text_of};
use super::{faults, php, session, settings};
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// Characters of a SHA-1 in hexadecimal.
const SHA1: usize = 40;

/// Checks a revision of the object `id` and puts right what is put right silently.
pub(super) fn validate(
    context: &ActionContext<'_>,
    kind: Kind,
    user: &str,
    id: &str,
    content: &mut Content,
) -> Result<(), Outcome> {
    encryption(context, user, content)?;
    if is_empty(text(content, "label")) {
        return Err(faults::empty("label"));
    }
    match kind {
        Kind::Password if is_empty(text(content, "password")) => return Err(faults::empty("password")),
        Kind::Password => hash(context, user, text(content, "hash"))?,
        Kind::Tag if is_empty(text(content, "color")) => return Err(faults::empty("color")),
        Kind::Folder | Kind::Tag => {}
    }
    let now = php::now(context);
    let edited = integer(content, "edited");
    if edited == 0 || edited > now.saturating_add(kind.ahead()) {
        put(content, "edited", now);
    }
    match kind {
        Kind::Password => relation(context, user, "folder", content),
        Kind::Folder if text(content, "parent") == id => {
            put(content, "parent", BASE);
            Ok(())
        }
        Kind::Folder => relation(context, user, "parent", content),
        Kind::Tag => Ok(()),
    }
}

fn encryption(context: &ActionContext<'_>, user: &str, content: &mut Content) -> Result<(), Outcome> {
    for (field, default) in [("sseType", "SSEv1r2"), ("cseType", "none")] {
        if is_empty(text(content, field)) {
            put(content, field, default);
        }
    }
    let keyed = !is_empty(text(content, "cseKey"));
    match text(content, "cseType") {
        "none" if keyed => Err(faults::cse_type_invalid()),
        "none" if text(content, "sseType") == "none" => Err(faults::encryption_missing()),
        "none" => Ok(()),
        "CSEv1r1" if !session::is_encrypted(context, user)? => Err(faults::cse_type_invalid()),
        "CSEv1r1" if !keyed => Err(faults::cse_key_missing()),
        "CSEv1r1" => Ok(()),
        _ => Err(faults::cse_type_invalid()),
    }
}

/// Lower case and digits: as many as a whole SHA-1 has, or exactly as many as the account's setting says.
fn hash(context: &ActionContext<'_>, user: &str, hash: &str) -> Result<(), Outcome> {
    let plain = hash.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if plain && (hash.len() == SHA1 || hash.len() == kept(context, user)?) {
        return Ok(());
    }
    Err(faults::hash_invalid())
}

/// How many characters of a hash are kept.
pub(super) fn kept(context: &ActionContext<'_>, user: &str) -> Result<usize, Outcome> {
    let length = settings::integer(context, user, "user.password.security.hash")?;
    Ok(usize::try_from(length).unwrap_or_default())
}

/// A folder that is not there, or hidden from what is not hidden itself, is silently the base folder.
fn relation(
    context: &ActionContext<'_>,
    user: &str,
    field: &str,
    content: &mut Content,
) -> Result<(), Outcome> {
    let wanted = text(content, field);
    if wanted == BASE {
        return Ok(());
    }
    let found = context.get(Kind::Folder.collection(), &Value::from(wanted))?;
    let usable = found.is_some_and(|folder| {
        text_of(&folder, "user") == user && (flag(content, "hidden") || !reading::flag(&folder, "hidden"))
    });
    if !usable {
        put(content, field, BASE);
    }
    Ok(())
}

/// How the server encrypts what is stored (facts: passwords 4.4).
pub(super) fn server_side(
    context: &ActionContext<'_>,
    user: &str,
    cse: &str,
) -> Result<&'static str, Outcome> {
    // The seed has no session.
    let authorized = context.caller().is_some() && session::is_authorized(context)?;
    Ok(match settings::integer(context, user, "user.encryption.sse")? {
        0 if cse != "none" => "none",
        2 if authorized => "SSEv2r1",
        _ => "SSEv1r2",
    })
}
