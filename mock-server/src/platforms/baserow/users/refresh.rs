//! `token_refresh` and `token_verify`: what a refresh token is good for.

use serde_json::Value;

use super::super::records::on;
use super::session::{self, Kind, Session};
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// A token is refused, whatever is wrong with it.
pub(super) fn refused() -> Outcome {
    Outcome::new("ERROR_INVALID_REFRESH_TOKEN", "the refresh token is not valid, or has expired")
}

/// `token_refresh`: a new access token. `token` is what `refresh_token` was called before.
pub(in super::super) fn token_refresh(
    context: &mut ActionContext<'_>,
    refresh_token: Option<&str>,
    token: Option<&str>,
) -> Result<Value, Outcome> {
    let token = refresh_token.or(token).ok_or_else(refused)?;
    let user = match genuine(context, token) {
        Ok(session) => session.user,
        // The documentation page: an access token can be refreshed before it expires.
        Err(refused) if on(context, "REFRESH_WITH_ACCESS_TOKEN") => {
            let session = session::recognise(context, token, Kind::Access)?;
            session.ok_or(refused)?.user
        }
        Err(refused) => return Err(refused),
    };
    session::require_verified(context, &user)?;
    session::go_on(context, &user)
}

/// `token_verify`: whose refresh token it is.
pub(in super::super) fn token_verify(
    context: &ActionContext<'_>,
    refresh_token: &str,
) -> Result<Value, Outcome> {
    let session = genuine(context, refresh_token)?;
    session::require_verified(context, &session.user)?;
    session::about(context, &session.user).map(Value::Object)
}

fn genuine(context: &ActionContext<'_>, token: &str) -> Result<Session, Outcome> {
    let session = session::recognise(context, token, Kind::Refresh)?.ok_or_else(refused)?;
    if session::is_blacklisted(context, &session)? { Err(refused()) } else { Ok(session) }
}
