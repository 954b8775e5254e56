//! `token_auth`: signing in with address and password.

use serde_json::{Value, json};

use super::super::records::{flag, text};
use super::super::{mails, users};
use super::session;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Signs in. `username` is what `email` was called before.
pub(in super::super) fn token_auth(
    context: &mut ActionContext<'_>,
    email: Option<&str>,
    username: Option<&str>,
    password: &str,
) -> Result<Value, Outcome> {
    users::purge(context)?;
    // facts: the older name wins when both are there
    let address = [username, email].into_iter().flatten().find(|address| !address.is_empty());
    let Some(address) = address else {
        return Err(Outcome::new("invalid", "").field("email", "This field is required."));
    };
    let address = Value::from(users::email(address));
    let user = context.find("users", &[("email", &address)])?;
    let user = user.filter(|user| text(user, "password") == password).ok_or_else(|| {
        Outcome::new("ERROR_INVALID_CREDENTIALS", "no account has this address and this password")
    })?;
    log_in(context, &user)
}

/// Lets a user in whose identity is proved; cancels a deletion that they asked for.
pub(super) fn log_in(context: &mut ActionContext<'_>, user: &Record) -> Result<Value, Outcome> {
    if !flag(user, "is_active") {
        return Err(Outcome::new("ERROR_DEACTIVATED_USER", "the account is switched off"));
    }
    session::require_verified(context, user)?;
    if flag(user, "to_be_deleted") {
        mails::send(context, &mails::address(user), "account-deletion-canceled")?;
    }
    let now = context.now_text();
    let user = context.update(user, json!({ "last_login": now, "to_be_deleted": false }))?;
    session::begin(context, &user)
}
