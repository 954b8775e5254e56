//! Verifying an address with the token of a mail.

use serde_json::{Value, json};

use super::super::records::{crash, flag, id, text};
use super::super::signing::{Purpose, seconds, sign, verify};
use super::super::{mails, users};
use super::sign_in::log_in;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// How long the token of a mail is good for, in seconds: a day (facts: baserow 1.35).
const TOKEN_AGE: i64 = 24 * 60 * 60;

/// Sends the mail.
pub(super) fn ask(context: &mut ActionContext<'_>, user: &Record) -> Result<(), Outcome> {
    let claims = json!({
        "user_id": id(user), "email": text(user, "email"), "until": seconds(context).saturating_add(TOKEN_AGE),
    });
    let token = sign(context, Purpose::VerifyEmail, claims)?;
    let frontend = mails::frontend(context);
    let base = format!("{}/verify-email-address", frontend.strip_suffix('/').unwrap_or(frontend));
    mails::send_link(context, &mails::address(user), "verify-email", &base, &token)
}

/// `send_verify_email`: where there is nothing to verify, nothing is sent, and nothing tells.
pub(in super::super) fn send_verify_email(
    context: &mut ActionContext<'_>,
    email: &str,
) -> Result<(), Outcome> {
    let address = Value::from(users::email(email));
    let user = context.find("users", &[("email", &address)])?;
    match user.filter(|user| flag(user, "is_active") && !flag(user, "email_verified")) {
        Some(user) => ask(context, &user),
        None => Ok(()),
    }
}

/// `verify_email`: signs in who is not signed in.
pub(in super::super) fn verify_email(context: &mut ActionContext<'_>, token: &str) -> Result<Value, Outcome> {
    let refused = || Outcome::new("ERROR_INVALID_VERIFICATION_TOKEN", "the verification token is not valid");
    let claims = verify(context, Purpose::VerifyEmail, token).ok_or_else(|| crash(context, refused()))?;
    if claims["until"].as_i64().is_none_or(|until| until < seconds(context)) {
        return Err(refused());
    }
    let user = context.get("users", &claims["user_id"])?.filter(|user| flag(user, "is_active"));
    let user = user.ok_or_else(refused)?;
    if flag(&user, "email_verified") {
        let sentence = "the e-mail address is verified already";
        return Err(Outcome::new("ERROR_EMAIL_ALREADY_VERIFIED", sentence));
    }
    if claims["email"] != text(&user, "email") {
        return Err(refused());
    }
    let user = context.update(&user, json!({ "email_verified": true }))?;
    match context.caller() {
        Some(_) => Ok(json!({ "email": text(&user, "email") })),
        None => log_in(context, &user),
    }
}
