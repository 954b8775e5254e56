//! Signed texts: JSON Web Tokens, each purpose with a key of its own.

use serde_json::Value;

use crate::action::ActionContext;
use crate::outcome::Outcome;

/// What a signed text is for. A text signed for one purpose is void for every other.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// Access and refresh tokens. The document's security scheme `JWT` verifies them with the same key.
    Session,
    /// The proof of a session in cookies.
    Cookie,
    /// Links that set a new password.
    ResetPassword,
    /// Links that verify an address.
    VerifyEmail,
    /// Links that lead to an invitation.
    Invitation,
}

/// A key that is good for what these words name, and for nothing else.
pub(super) fn key_for(context: &ActionContext<'_>, words: &[&str]) -> String {
    let secret = context.setting("JWT_SECRET").and_then(Value::as_str).unwrap_or_default();
    format!("{secret}/{}", words.join("/"))
}

/// The claims as a signed text.
pub(super) fn sign(context: &ActionContext<'_>, purpose: Purpose, claims: Value) -> Result<String, Outcome> {
    context.sign_jwt(claims, &key(context, purpose))
}

/// The claims of a text that was signed here for this purpose and has not expired.
pub(super) fn verify(context: &ActionContext<'_>, purpose: Purpose, token: &str) -> Option<Value> {
    context.verify_jwt(token, &key(context, purpose)).ok()
}

/// The time of the request in seconds since 1970.
pub(super) fn seconds(context: &ActionContext<'_>) -> i64 {
    context.now().0.div_euclid(1000)
}

fn key(context: &ActionContext<'_>, purpose: Purpose) -> String {
    let secret = context.setting("JWT_SECRET").and_then(Value::as_str).unwrap_or_default();
    match purpose {
        Purpose::Session => secret.to_owned(),
        Purpose::Cookie => format!("{secret}/user-session"),
        Purpose::ResetPassword => format!("{secret}/user-reset-password"),
        Purpose::VerifyEmail => format!("{secret}/verify-email"),
        Purpose::Invitation => format!("{secret}/workspace-invite"),
    }
}
