//! Storing passwords: revisions, and what follows from them.

use serde_json::{Map, Value, json};
use sha1::{Digest as _, Sha1};

use super::super::content::{BASE, Content, flag, integer, put, text, text_or};
use super::super::faults::unavailable;
use super::super::kind::Kind;
use super::super::reading::{self, on, text as text_of};
use super::super::{cascade, faults, php, revisions, shares, status, validation};
use super::tagging;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The fields of a password that are not a revision's.
const OWN: [&str; 4] = ["id", "revision", "share", "editable"];

/// The SHA-1 of a text, in hexadecimal.
pub(in super::super) fn sha1(text: &str) -> String {
    Sha1::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Stores a new password of a user. What `content` leaves out has its default; `id`, `revision`, `share` and `editable`
/// may stand there too. Nothing is validated.
pub(in super::super) fn insert(
    context: &mut ActionContext<'_>,
    user: &str,
    content: Value,
    client: &str,
) -> Result<Record, Outcome> {
    let Value::Object(given) = content else {
        return Err(Outcome::new("internal", "the content of a password is not an object"));
    };
    let (own, mut given): (Map<_, _>, Content) =
        given.into_iter().partition(|(field, _)| OWN.contains(&field.as_str()));
    put(&mut given, "client", client);
    let content = complete(context, user, given)?;
    place(context, user, own, content)
}

/// Every field of a revision's content, in order.
pub(super) fn complete(context: &ActionContext<'_>, user: &str, given: Content) -> Result<Content, Outcome> {
    let cse = text_or(&given, "cseType", "none");
    let mut defaults = json!({
        "edited": php::now(context),
        "label": "", "username": "", "password": "", "notes": "", "customFields": "", "url": "",
        "status": 0, "statusCode": "GOOD",
        "hash": if cse == "none" { sha1(text(&given, "password")) } else { String::new() },
        "folder": BASE,
        "cseKey": "", "cseType": "none", "sseType": validation::server_side(context, user, cse)?,
        "hidden": false, "trashed": false, "favorite": false,
        "client": "",
    });
    let mut content = defaults.as_object_mut().map(std::mem::take).unwrap_or_default();
    content.extend(given);
    Ok(content)
}

/// Stores a whole content as a new password.
pub(super) fn place(
    context: &mut ActionContext<'_>,
    user: &str,
    mut own: Map<String, Value>,
    mut content: Content,
) -> Result<Record, Outcome> {
    shorten(context, user, &mut content)?;
    if !own.contains_key("id") {
        put(&mut own, "id", context.entropy().uuid());
    }
    let verdict = judge(context, user, text(&own, "id"), &mut content)?;
    let hash = text(&content, "hash").to_owned();
    let password = revisions::first(context, Kind::Password, user, own, content)?;
    if verdict == status::DUPLICATE {
        status::refresh(context, user, &hash)?;
    }
    context.current(&password)
}

/// Changes fields of a password with a new revision. A changed password changes its hash, unless that is given too.
pub(in super::super) fn revise(
    context: &mut ActionContext<'_>,
    password: &Record,
    changes: Value,
    client: &str,
) -> Result<Record, Outcome> {
    let Value::Object(changes) = changes else {
        return Err(Outcome::new("internal", "the changes of a password are not an object"));
    };
    let mut content = revisions::content(Kind::Password, password);
    let rehash = changes.contains_key("password") && !changes.contains_key("hash");
    content.extend(changes);
    if rehash && text(&content, "cseType") == "none" {
        let hash = sha1(text(&content, "password"));
        put(&mut content, "hash", hash);
        put(&mut content, "status", 0);
    }
    put(&mut content, "client", client);
    set(context, password, content)
}

/// Makes a whole content the next revision of a password, with all that follows from it.
pub(in super::super) fn set(
    context: &mut ActionContext<'_>,
    password: &Record,
    mut content: Content,
) -> Result<Record, Outcome> {
    refuse_showing(context, password, &content)?;
    let user = text_of(password, "user").to_owned();
    shorten(context, &user, &mut content)?;
    let (before, hash) = (text_of(password, "hash").to_owned(), text(&content, "hash").to_owned());
    let mut verdict = "";
    if integer(&content, "status") == 0 {
        if hash == before {
            for field in ["status", "statusCode"] {
                put(&mut content, field, password.get(field).cloned().unwrap_or_default());
            }
        } else {
            verdict = judge(context, &user, text_of(password, "id"), &mut content)?;
        }
    }
    let stored = revisions::next(context, Kind::Password, password, content)?;
    let stored = bring_back(context, &stored)?;
    if verdict == status::DUPLICATE {
        status::refresh(context, &user, &hash)?;
    }
    if text_of(password, "statusCode") == status::DUPLICATE && hash != before {
        status::refresh(context, &user, &before)?;
    }
    if reading::flag(password, "editable") {
        shares::content_changed(context, &stored)?;
    }
    context.current(&stored)
}

/// Keeps no more of the hash than the account's setting says.
fn shorten(context: &ActionContext<'_>, user: &str, content: &mut Content) -> Result<(), Outcome> {
    let kept = validation::kept(context, user)?;
    let hash: String = text(content, "hash").chars().take(kept).collect();
    put(content, "hash", hash);
    Ok(())
}

/// Writes down how good the password is.
fn judge(
    context: &ActionContext<'_>,
    user: &str,
    id: &str,
    content: &mut Content,
) -> Result<&'static str, Outcome> {
    let (status, code) =
        status::verdict(context, user, id, text(content, "hash"), integer(content, "edited"))?;
    put(content, "status", status);
    put(content, "statusCode", code);
    Ok(code)
}

/// The product fails when a hidden password with tags is to be shown (facts: passwords 4.7).
fn refuse_showing(context: &ActionContext<'_>, password: &Record, content: &Content) -> Result<(), Outcome> {
    let shows = reading::flag(password, "hidden") && !flag(content, "hidden");
    if shows && on(context, "STRICT_UNHIDE_WITH_TAGS") && !tagging::relations(context, password)?.is_empty() {
        return Err(unavailable());
    }
    Ok(())
}

/// What is in no folder in the trash any more is listed again; the product forgets to (facts: passwords 4.6).
fn bring_back(context: &mut ActionContext<'_>, password: &Record) -> Result<Record, Outcome> {
    let stays = !reading::flag(password, "suspended")
        || on(context, "STRICT_SUSPENDED_FOREVER")
        || cascade::is_closed(context, text_of(password, "folder"))?;
    if stays { Ok(password.clone()) } else { cascade::mark(context, password, false) }
}

/// Whether a revision may come back although the password is shared. In the product that always fails (facts: passwords 5).
pub(in super::super) fn may_be_restored(
    context: &ActionContext<'_>,
    password: &Record,
    revision: &Record,
) -> Result<(), Outcome> {
    if !is_shared(context, password)? {
        return Ok(());
    }
    let held = revisions::held(revision);
    if text(&held, "cseType") != "none" {
        Err(faults::shared_cse())
    } else if text(&held, "sseType") != "SSEv1r2" {
        Err(faults::shared_sse())
    } else if flag(&held, "hidden") {
        Err(faults::shared_hidden())
    } else if on(context, "STRICT_RESTORE_SHARED") {
        Err(unavailable())
    } else {
        Ok(())
    }
}

/// Whether its owner shares it, or it was received.
pub(super) fn is_shared(context: &ActionContext<'_>, password: &Record) -> Result<bool, Outcome> {
    Ok(!text_of(password, "share").is_empty() || shares::is_shared(context, password)?)
}

/// Removes a password for good, with its revisions and tags. Others that had the same password may be good again.
pub(in super::super) fn remove(context: &mut ActionContext<'_>, password: &Record) -> Result<(), Outcome> {
    let user = text_of(password, "user");
    let mut hashes: Vec<String> = Vec::new();
    for revision in revisions::of(context, password)? {
        let held = revisions::held(&revision);
        if text(&held, "statusCode") == status::DUPLICATE
            && !hashes.iter().any(|hash| hash == text(&held, "hash"))
        {
            hashes.push(text(&held, "hash").to_owned());
        }
    }
    shares::removed(context, password)?;
    revisions::remove(context, password)?;
    hashes.iter().try_for_each(|hash| status::refresh(context, user, hash))
}
