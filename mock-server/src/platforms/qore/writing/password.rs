//! Passwords as they are kept: hashed, so that nobody reads them in a state file.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::Value;

use crate::action::ActionContext;
use crate::outcome::Outcome;

/// Kilobytes that a hash takes: far less than what holds back whoever stole a database, as tests make many accounts and all
/// writers wait for each.
const MEMORY: u32 = 1024;

/// The hash of a password, as PHP's `password_hash` writes it with Argon2id.
///
/// # Errors
/// `internal`: the parameters are within what the function takes.
pub(in super::super) fn hashed(context: &mut ActionContext<'_>, plain: &str) -> Result<Value, Outcome> {
    let mut salt = [0; 16];
    context.entropy().fill(&mut salt);
    let mut hash = [0; 32];
    let wrong =
        |error: argon2::Error| Outcome::new("internal", format!("a password could not be hashed: {error}"));
    let params = Params::new(MEMORY, 1, 1, Some(hash.len())).map_err(wrong)?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(plain.as_bytes(), &salt, &mut hash).map_err(wrong)?;
    let (salt, hash) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash));
    Ok(format!("$argon2id$v=19$m={MEMORY},t=1,p=1${salt}${hash}").into())
}
