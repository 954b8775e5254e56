//! Sharing a password.

use serde_json::{Value, json};

use super::super::kind::Kind;
use super::super::lifecycle::user;
use super::super::reading::{flag, on, text};
use super::super::{client, faults, passwords, php, revisions};
use super::partners::{enabled, matching, named};
use super::standing::{of_source, received};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The server encryption that can be shared (facts: passwords 5).
const SHAREABLE: &str = "SSEv1r2";

/// What is asked for.
pub(in super::super) struct Wish<'w> {
    pub(in super::super) password: &'w str,
    pub(in super::super) receiver: &'w str,
    pub(in super::super) kind: &'w str,
    pub(in super::super) expires: Option<i64>,
    pub(in super::super) editable: bool,
    pub(in super::super) shareable: bool,
}

/// What the receiver may do, and until when.
struct Rights {
    expires: Option<i64>,
    editable: bool,
    shareable: bool,
}

/// Gives a password to another user. The checks come in the product's order (facts: passwords 5).
pub(in super::super) fn create(context: &mut ActionContext<'_>, wish: &Wish<'_>) -> Result<Value, Outcome> {
    enabled(context)?;
    let owner = user(context)?;
    let receiver = receiver(context, wish.receiver, &owner)?;
    let expires = expiry(context, wish.expires)?;
    if wish.kind != "user" {
        return Err(Outcome::new("share-type-invalid", "Invalid share type"));
    }
    let password = revisions::object(context, Kind::Password, &owner, wish.password)?;
    let rights = Rights { expires, editable: wish.editable, shareable: wish.shareable };
    let rights = capped(context, &password, &receiver, rights)?;
    if of_source(context, wish.password)?.iter().any(|share| text(share, "receiver") == receiver) {
        return Err(Outcome::new("already-shared", "Entity already shared with user"));
    }
    if text(&password, "cseType") != "none" {
        return Err(faults::shared_cse().named("cse-not-shareable"));
    }
    if flag(&password, "hidden") {
        return Err(faults::shared_hidden().named("hidden-not-shareable"));
    }
    let client = client::name(context);
    passwords::revise(context, &password, json!({ "sseType": SHAREABLE }), &client)?;
    let now = php::now(context);
    let share = context.insert(
        "shares",
        json!({
            "owner": owner, "receiver": receiver, "source": wish.password, "created": now, "updated": now,
            "expires": rights.expires, "editable": rights.editable, "shareable": rights.shareable, "client": client,
        }),
    )?;
    super::run_when_always(context)?;
    Ok(json!({ "id": share.get("id") }))
}

/// A user of that id as it was written, or the only one that a search finds; never the caller.
fn receiver(context: &ActionContext<'_>, wanted: &str, owner: &str) -> Result<String, Outcome> {
    let invalid = || Outcome::new("receiver-invalid", "Invalid receiver uid");
    let found = match named(context, wanted)? {
        Some(_) => wanted.to_owned(),
        None => match &matching(context, wanted)?[..] {
            [only] if !wanted.trim().is_empty() => text(only, "id").to_owned(),
            _ => return Err(invalid()),
        },
    };
    if found.eq_ignore_ascii_case(owner) { Err(invalid()) } else { Ok(found) }
}

/// When a share ends: not in the past, and never for 0.
pub(super) fn expiry(context: &ActionContext<'_>, expires: Option<i64>) -> Result<Option<i64>, Outcome> {
    match expires {
        None | Some(0) => Ok(None),
        Some(expires) if expires < php::now(context) => {
            Err(Outcome::new("expires-invalid", "Invalid expiration date"))
        }
        later => Ok(later),
    }
}

/// Of what was received no more can be given on than was given.
fn capped(
    context: &ActionContext<'_>,
    password: &Record,
    receiver: &str,
    mut rights: Rights,
) -> Result<Rights, Outcome> {
    let Some(source) = received(context, password)? else { return Ok(rights) };
    if text(&source, "owner").eq_ignore_ascii_case(receiver) {
        return Err(Outcome::new("receiver-invalid", "Invalid receiver uid"));
    }
    if !flag(&source, "shareable") || !on(context, "RESHARING_ENABLED") {
        return Err(Outcome::new("not-shareable", "Entity not shareable"));
    }
    rights.editable &= flag(&source, "editable");
    if let Some(until) = source.get("expires").and_then(Value::as_i64) {
        rights.expires = Some(rights.expires.map_or(until, |asked| asked.min(until)));
    }
    Ok(rights)
}
