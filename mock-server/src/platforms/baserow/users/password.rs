//! Passwords: their rules, changing one, and setting another with the token of a mail.

use serde_json::{Value, json};

use super::super::faults::Faults;
use super::super::records::{caller, flag, id, instance, text};
use super::super::signing::{Purpose, seconds, sign, verify};
use super::super::{mails, users};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// How long the token of a mail is good for, in seconds: 48 hours (facts: baserow 1.35).
const TOKEN_AGE: i64 = 48 * 60 * 60;
/// The length of the key that every `jti` of a user's tokens begins with.
const SESSION_KEY: usize = 8;

/// Adds a fault when a password breaks the product's rules: 8 to 256 characters.
pub(in super::super) fn check(faults: &mut Faults, property: &str, password: &str) {
    let sentence = match password.chars().count() {
        0..8 => "a password has at least 8 characters",
        8..=256 => return,
        _ => "a password has at most 256 characters",
    };
    faults.add(property, sentence, "password_validation_failed");
}

/// Gives a user another password. Every token given out before is void.
pub(in super::super) fn renew(
    context: &mut ActionContext<'_>,
    user: &Record,
    password: &str,
) -> Result<Record, Outcome> {
    let key = context.entropy().token(SESSION_KEY);
    context.update(user, json!({ "password": password, "session_key": key }))
}

/// `change_password`.
pub(in super::super) fn change_password(
    context: &mut ActionContext<'_>,
    old_password: &str,
    new_password: &str,
) -> Result<(), Outcome> {
    let mut faults = Faults::default();
    check(&mut faults, "new_password", new_password);
    faults.settle()?;
    let user = caller(context)?.clone();
    if text(&user, "password") != old_password {
        return Err(Outcome::new("ERROR_INVALID_OLD_PASSWORD", ""));
    }
    renew(context, &user, new_password).map(drop)
}

/// `send_password_reset_email`. Whether there is such an account shows in the mails alone.
pub(in super::super) fn send_password_reset_email(
    context: &mut ActionContext<'_>,
    email: &str,
    base_url: &str,
) -> Result<(), Outcome> {
    let address = Value::from(users::email(email));
    let user = context.find("users", &[("email", &address)])?.filter(|user| flag(user, "is_active"));
    let Some(user) = user else { return Ok(()) };
    require_allowed(context)?;
    mails::require_frontend(context, base_url)?;
    let claims = json!({ "user_id": id(&user), "iat": seconds(context) });
    let token = sign(context, Purpose::ResetPassword, claims)?;
    mails::send_link(context, &mails::address(&user), "reset-password", base_url, &token)
}

/// `reset_password`.
pub(in super::super) fn reset_password(
    context: &mut ActionContext<'_>,
    token: &str,
    password: &str,
) -> Result<(), Outcome> {
    let mut faults = Faults::default();
    check(&mut faults, "password", password);
    faults.settle()?;
    require_allowed(context)?;
    let claims = verify(context, Purpose::ResetPassword, token);
    let claims = claims.ok_or_else(|| Outcome::new("BAD_TOKEN_SIGNATURE", ""))?;
    let sent = claims["iat"].as_i64().unwrap_or(i64::MIN);
    if seconds(context).saturating_sub(sent) > TOKEN_AGE {
        return Err(Outcome::new("EXPIRED_TOKEN_SIGNATURE", ""));
    }
    let user = context.get("users", &claims["user_id"])?.filter(|user| flag(user, "is_active"));
    let user = user.ok_or_else(|| Outcome::new("ERROR_USER_NOT_FOUND", ""))?;
    let user = renew(context, &user, password)?;
    // facts: whoever has the mail has the address
    context.update(&user, json!({ "email_verified": true })).map(drop)
}

fn require_allowed(context: &ActionContext<'_>) -> Result<(), Outcome> {
    if flag(&instance(context)?, "allow_reset_password") {
        Ok(())
    } else {
        Err(Outcome::new("ERROR_DISABLED_RESET_PASSWORD", ""))
    }
}
