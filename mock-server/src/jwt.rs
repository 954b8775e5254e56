//! JSON Web Tokens (RFC 7519), signed with HS256 and held to the engine's clock.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Map, Value};

use crate::entropy::Timestamp;

/// Why a token is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JwtError {
    /// It is no token, or it was not signed with HS256 and this secret.
    #[error("it is no token that was signed here")]
    Invalid,
    /// `exp` is past (RFC 7519, 4.1.4).
    #[error("it has expired")]
    Expired,
    /// `nbf` is still to come (RFC 7519, 4.1.5).
    #[error("it is not valid yet")]
    NotYetValid,
}

/// Signs claims. `exp`, `nbf` and `iat` given as RFC 3339 become seconds, as 4.1.4 demands.
///
/// # Errors
/// What the library says.
pub(crate) fn sign(
    mut claims: Map<String, Value>,
    secret: &[u8],
) -> Result<String, jsonwebtoken::errors::Error> {
    for name in ["exp", "nbf", "iat"] {
        if let Some(Value::String(text)) = claims.get(name)
            && let Some(Timestamp(milliseconds)) = Timestamp::parse(text)
        {
            claims.insert(name.to_owned(), milliseconds.div_euclid(1000).into());
        }
    }
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(secret))
}

/// The claims of a token that is valid at that time.
pub(crate) fn verify(token: &str, secret: &[u8], now: Timestamp) -> Result<Value, JwtError> {
    // The library would ask the system's clock: what it leaves to us is done below.
    let mut rules = Validation::new(Algorithm::HS256);
    rules.validate_exp = false;
    rules.validate_nbf = false;
    rules.validate_aud = false;
    rules.required_spec_claims.clear();
    let token = jsonwebtoken::decode::<Map<String, Value>>(token, &DecodingKey::from_secret(secret), &rules)
        .map_err(|_| JwtError::Invalid)?;
    let claims = token.claims;
    if moment(&claims, "exp")?.is_some_and(|moment| now >= moment) {
        return Err(JwtError::Expired);
    }
    if moment(&claims, "nbf")?.is_some_and(|moment| now < moment) {
        return Err(JwtError::NotYetValid);
    }
    Ok(Value::Object(claims))
}

/// A claim that is a number of seconds, whole or not (RFC 7519, 2, "NumericDate").
fn moment(claims: &Map<String, Value>, name: &str) -> Result<Option<Timestamp>, JwtError> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    if let Some(seconds) = value.as_i64() {
        return Ok(Some(Timestamp(seconds.saturating_mul(1000))));
    }
    let seconds = value.as_f64().ok_or(JwtError::Invalid)?;
    // A cast of floats saturates, which is what a moment beyond the calendar should do.
    #[allow(clippy::cast_possible_truncation, reason = "a moment is kept in milliseconds")]
    Ok(Some(Timestamp((seconds * 1000.0) as i64)))
}
