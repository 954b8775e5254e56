//! Signed texts: JSON Web Tokens (RFC 7519) signed with HS256, each purpose with a key of its own.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
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

/// The claims as a signed text.
pub(super) fn sign(context: &ActionContext<'_>, purpose: Purpose, claims: &Value) -> Result<String, Outcome> {
    let key = EncodingKey::from_secret(key(context, purpose).as_bytes());
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &key)
        .map_err(|error| Outcome::new("internal", format!("a token could not be signed: {error}")))
}

/// The claims of a text that was signed here for this purpose and has not expired (`exp`, `nbf` by the server's clock).
pub(super) fn verify(context: &ActionContext<'_>, purpose: Purpose, token: &str) -> Option<Value> {
    let mut validation = Validation::new(Algorithm::HS256);
    // The library would ask the system's clock.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let key = DecodingKey::from_secret(key(context, purpose).as_bytes());
    let claims = jsonwebtoken::decode::<Value>(token, &key, &validation).ok()?.claims;
    let now = seconds(context);
    let time = |name: &str| match claims.get(name) {
        None => Some(None),
        Some(value) => value.as_f64().map(Some),
    };
    let (expires, begins) = (time("exp")?, time("nbf")?);
    #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2⁵³")]
    let now = now as f64;
    (expires.is_none_or(|at| at > now) && begins.is_none_or(|at| at <= now)).then_some(claims)
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
