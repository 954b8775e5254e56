//! `token_blacklist`: signing out, after which a refresh token is void. Access tokens live on until they expire.

use serde_json::json;

use super::super::records::id;
use super::refresh::refused;
use super::session::{self, Kind};
use crate::action::ActionContext;
use crate::outcome::Outcome;

pub(in super::super) fn token_blacklist(
    context: &mut ActionContext<'_>,
    refresh_token: &str,
) -> Result<(), Outcome> {
    let session = session::recognise(context, refresh_token, Kind::Refresh)?.ok_or_else(refused)?;
    if session::is_blacklisted(context, &session)? {
        let sentence = "the refresh token is on the black list already";
        return Err(Outcome::new("ERROR_REFRESH_TOKEN_ALREADY_BLACKLISTED", sentence));
    }
    let entry = json!({ "jti": session.jti(), "user": id(&session.user) });
    context.insert("blacklisted_tokens", entry).map(drop)
}
