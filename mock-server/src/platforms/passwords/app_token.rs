//! App tokens made over the network, as Nextcloud makes them for clients that know the account's password (facts: passwords 1.4).

use serde_json::{Value, json};

use super::client;
use super::reading::{caller, text};
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// What a token is written with.
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// Characters of a token.
const LENGTH: usize = 72;

/// A token for the caller, named after the client; not for one who presents a token.
pub(super) fn make(context: &mut ActionContext<'_>) -> Result<Value, Outcome> {
    let by_token = context.recognised("basic").is_some_and(|login| text(login, "kind") == "token");
    if by_token {
        return Err(Outcome::new("app-token-used", "an app token cannot make another one"));
    }
    let secret: String = (0..LENGTH).map(|_| letter(context)).collect();
    let user = text(caller(context)?, "id").to_owned();
    let login = json!({ "user": user, "kind": "token", "secret": secret, "name": client::name(context) });
    context.insert("logins", login)?;
    let meta = json!({ "status": "ok", "statuscode": 200, "message": "OK" });
    Ok(json!({ "ocs": { "meta": meta, "data": { "apppassword": secret } } }))
}

fn letter(context: &mut ActionContext<'_>) -> char {
    let index = usize::try_from(context.entropy().below(LETTERS.len() as u64)).unwrap_or_default();
    char::from(LETTERS[index])
}
