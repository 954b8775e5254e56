//! How long an access token is good for: what a JWT says about itself, read and not verified.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use serde::Deserialize;

/// The registered claims about time (RFC 7519, 4.1.4 and 4.1.6), in seconds.
#[derive(Deserialize)]
struct Claims {
    exp: Option<f64>,
    iat: Option<f64>,
}

/// How long a token stays good from `now` on; `None` when it does not say, or is no JWT.
///
/// A token that was `just_issued` lives as long as it was made to, whatever the two clocks say: only one that is older is
/// held against ours. One that would be over before it began says nothing of use either.
pub(crate) fn lifetime(token: &str, just_issued: bool, now: SystemTime) -> Option<Duration> {
    let claims = claims(token)?;
    let expiry = claims.exp?;
    let made = claims.iat.filter(|_| just_issued);
    let seconds = match made {
        Some(made) => expiry - made,
        None => expiry - now.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs_f64(),
    };
    let left = Duration::try_from_secs_f64(seconds).unwrap_or_default();
    (!just_issued || !left.is_zero()).then_some(left)
}

fn claims(token: &str) -> Option<Claims> {
    let mut parts = token.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = URL_SAFE_NO_PAD.decode(payload).or_else(|_| URL_SAFE.decode(payload)).ok()?;
    serde_json::from_slice(&bytes).ok()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::lifetime;

    fn token(claims: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn what_was_just_issued_lives_as_long_as_it_was_made_to() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(5000);
        let fresh = |claims: &str| lifetime(&token(claims), true, now);
        // Whether the server's clock is behind ours or before it.
        assert_eq!(fresh(r#"{"exp":1600,"iat":1000}"#), Some(Duration::from_secs(600)));
        assert_eq!(fresh(r#"{"exp":90600,"iat":90000}"#), Some(Duration::from_secs(600)));
        assert_eq!(fresh(r#"{"exp":5600}"#), Some(Duration::from_secs(600)));
        // Over before it began: nothing that could be planned with.
        assert_eq!(fresh(r#"{"exp":1600}"#), None);
        assert_eq!(fresh(r#"{"exp":1000,"iat":1000}"#), None);
    }

    #[test]
    fn what_is_older_is_held_against_our_clock() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(5000);
        let held = |claims: &str| lifetime(&token(claims), false, now);
        assert_eq!(held(r#"{"exp":5100.5,"iat":4500}"#), Some(Duration::from_millis(100_500)));
        assert_eq!(held(r#"{"exp":4999,"iat":4399}"#), Some(Duration::ZERO));
        assert_eq!(held(r#"{"exp":1e300}"#), Some(Duration::ZERO));
    }

    #[test]
    fn what_says_nothing_is_not_planned_with() {
        let now = SystemTime::now();
        for text in ["", "opaque", "a.b.c", "..", &token("{}"), &token(r#"{"exp":"soon"}"#), &token("[1]")] {
            assert_eq!(lifetime(text, true, now), None, "{text}");
        }
    }
}
