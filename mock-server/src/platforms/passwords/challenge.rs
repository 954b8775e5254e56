//! The challenge of end-to-end encryption: the server keeps a secret that only the passphrase gives (facts: passwords 7).

use serde_json::{Value, json};

use super::reading::{caller, text};
use super::session;
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// Characters of the three salts: the least of the first, exactly those of the others.
const SALTS: [usize; 3] = [512, 128, 32];
/// Characters of the secret.
const SECRET: usize = 64;

/// The salts of the caller's challenge.
pub(super) fn get(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    let user = caller(context)?;
    if !session::is_encrypted(context, text(user, "id"))? {
        return Err(Outcome::new("no-challenge", "Not found"));
    }
    Ok(json!({ "salts": user.get("salts"), "type": "PWDv1r1" }))
}

/// Sets the challenge. The first one turns end-to-end encryption on; either way the session is authorised.
pub(super) fn set(
    context: &mut ActionContext<'_>,
    secret: &str,
    salts: &[Value],
    old: Option<&str>,
) -> Result<Value, Outcome> {
    let user = caller(context)?.clone();
    if session::is_encrypted(context, text(&user, "id"))? && old != Some(text(&user, "secret")) {
        return Err(session::invalid_passphrase());
    }
    if !well_formed(secret, salts) {
        return Err(Outcome::new("challenge-not-updated", "Challenge update failed"));
    }
    context.update(&user, json!({ "secret": secret, "salts": salts }))?;
    let session = session::current(context)?;
    context.update(&session, json!({ "authorized": true }))?;
    Ok(json!({ "success": true }))
}

/// Only lengths count: the product never looks whether they are hexadecimal.
fn well_formed(secret: &str, salts: &[Value]) -> bool {
    let lengths: Vec<usize> =
        salts.iter().filter_map(Value::as_str).map(|salt| salt.chars().count()).collect();
    let [first, second, third] = lengths[..] else { return false };
    let [least, exactly, shortest] = SALTS;
    salts.len() == SALTS.len()
        && first >= least
        && second == exactly
        && third == shortest
        && secret.chars().count() == SECRET
}
