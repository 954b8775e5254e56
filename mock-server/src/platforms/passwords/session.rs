//! Sessions: found or made with every request, authorised by the solution of the challenge (facts: passwords 2).

use serde_json::{Value, json};

use super::php::seconds;
use super::reading::{caller, flag, number, text};
use super::{keychain, settings};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Refused passphrases in a row that close an account to its password (facts: passwords 2.5).
const MOST_FAILURES: u64 = 5;
/// Characters of a solved challenge.
const SECRET_LENGTH: usize = 64;

/// Finds the session whose id was presented, or makes one. What comes back is bound as `$session`.
pub(super) fn begin(context: &mut ActionContext<'_>, token: Option<String>) -> Result<Value, Outcome> {
    let session = match presented(context, token)? {
        Some(session) => renew(context, &session)?,
        None => make(context)?,
    };
    shown(context, &session)
}

/// What `$session` is to the document.
fn shown(context: &ActionContext<'_>, session: &Record) -> Result<Value, Outcome> {
    let encrypted = is_encrypted(context, text(session, "user"))?;
    Ok(json!({
        "id": session.get("id"),
        "token": text(session, "token"),
        "authorized": !encrypted || flag(session, "authorized"),
    }))
}

/// The session that has this id, if it is alive and the caller's own.
fn presented(context: &ActionContext<'_>, token: Option<String>) -> Result<Option<Record>, Outcome> {
    let Some(token) = token else { return Ok(None) };
    let Some(found) = context.find("sessions", &[("token", &Value::from(token))])? else { return Ok(None) };
    let own = text(&found, "user") == user(context)? && text(&found, "login") == login_kind(context);
    Ok((own && number(&found, "until") >= seconds(context)).then_some(found))
}

/// A session lives on with every use (facts: passwords 2.1).
fn renew(context: &mut ActionContext<'_>, session: &Record) -> Result<Record, Outcome> {
    let until = ends(context)?;
    if number(session, "until") == until {
        return Ok(session.clone());
    }
    context.update(session, json!({ "until": until }))
}

/// A new session, and no more of the user's that have ended.
fn make(context: &mut ActionContext<'_>) -> Result<Record, Outcome> {
    let user = user(context)?;
    let now = seconds(context);
    let mut ended = context.all("sessions", &[("user", &Value::from(user.as_str()))])?;
    ended.retain(|session| number(session, "until") < now);
    context.delete(&ended)?;
    let fields = json!({
        "token": token(context), "user": user, "login": login_kind(context), "authorized": false, "until": ends(context)?,
    });
    context.insert("sessions", fields)
}

/// An id as the product's look: three runs of hexadecimal digits and a digit (facts: passwords 2.1).
fn token(context: &mut ActionContext<'_>) -> String {
    let mut bytes = [0; 160];
    context.entropy().fill(&mut bytes);
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}|{}|{}|3", &digits[..160], &digits[160..192], &digits[192..])
}

fn ends(context: &ActionContext<'_>) -> Result<u64, Outcome> {
    let lifetime = settings::integer(context, &user(context)?, "user.session.lifetime")?;
    Ok(seconds(context).saturating_add(u64::try_from(lifetime).unwrap_or_default()))
}

fn user(context: &ActionContext<'_>) -> Result<String, Outcome> {
    Ok(text(caller(context)?, "id").to_owned())
}

/// Whether an app token or the account's password let the caller in.
fn login_kind(context: &ActionContext<'_>) -> String {
    context.recognised("basic").map(|login| text(login, "kind").to_owned()).unwrap_or_default()
}

/// The session of this request.
pub(super) fn current(context: &ActionContext<'_>) -> Result<Record, Outcome> {
    let bound = context.bound("session").cloned();
    let id = match bound {
        Some(crate::Bound::Value(session)) => session["id"].clone(),
        _ => Value::Null,
    };
    let found = context.get("sessions", &id)?;
    found.ok_or_else(|| Outcome::new("internal", "the operation has no session"))
}

/// Whether the account has end-to-end encryption: a challenge is set.
pub(super) fn is_encrypted(context: &ActionContext<'_>, user: &str) -> Result<bool, Outcome> {
    let user = context.get("users", &Value::from(user))?;
    Ok(user.is_some_and(|user| user.get("secret").is_some_and(Value::is_string)))
}

/// Whether the account has end-to-end encryption and this session may use it.
pub(super) fn is_authorized(context: &ActionContext<'_>) -> Result<bool, Outcome> {
    Ok(is_encrypted(context, &user(context)?)? && flag(&current(context)?, "authorized"))
}

/// What opening the session takes (facts: passwords 2.4).
pub(super) fn request(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    allowed(context)?;
    let user = caller(context)?;
    if !is_encrypted(context, text(user, "id"))? || flag(&current(context)?, "authorized") {
        return Ok(json!({}));
    }
    Ok(json!({ "challenge": { "salts": user.get("salts"), "type": "PWDv1r1" } }))
}

/// After too many refusals the account's password opens nothing; app tokens still do (facts: passwords 2.5).
fn allowed(context: &ActionContext<'_>) -> Result<(), Outcome> {
    let locked = number(caller(context)?, "failures") >= MOST_FAILURES;
    if locked && login_kind(context) == "password" {
        return Err(Outcome::new("login-not-allowed", "Login not allowed"));
    }
    Ok(())
}

/// Authorises the session (facts: passwords 2.5).
pub(super) fn open(context: &mut ActionContext<'_>, challenge: Option<&str>) -> Result<Value, Outcome> {
    allowed(context)?;
    let user = caller(context)?.clone();
    let session = current(context)?;
    if is_encrypted(context, text(&user, "id"))? && !flag(&session, "authorized") {
        solve(context, &user, challenge)?;
    }
    context.update(&session, json!({ "authorized": true }))?;
    context.update(&user, json!({ "failures": 0 }))?;
    Ok(json!({ "success": true, "keys": keychain::all(context)? }))
}

fn solve(context: &mut ActionContext<'_>, user: &Record, challenge: Option<&str>) -> Result<(), Outcome> {
    match challenge {
        Some(challenge) if challenge.chars().count() != SECRET_LENGTH => {
            Err(Outcome::new("secret-invalid", "Secret invalid"))
        }
        Some(challenge) if challenge == text(user, "secret") => Ok(()),
        _ => Err(refuse(context, user)?),
    }
}

/// Counts a refusal; the last one allowed costs the app token.
fn refuse(context: &mut ActionContext<'_>, user: &Record) -> Result<Outcome, Outcome> {
    let failures = number(user, "failures").saturating_add(1);
    context.update(user, json!({ "failures": failures }))?;
    if failures < MOST_FAILURES {
        return Ok(invalid_passphrase());
    }
    if let Some(login) = context.recognised("basic").cloned()
        && text(&login, "kind") == "token"
    {
        context.delete(&[login])?;
    }
    Ok(Outcome::new("too-many-failures", "Too many failed login attempts"))
}

/// The passphrase, or what was derived from it, is not the account's.
pub(super) fn invalid_passphrase() -> Outcome {
    Outcome::new("passphrase-invalid", "Passphrase invalid")
}

/// Ends the session; the answer carries a new one (facts: passwords 2.6).
pub(super) fn close(context: &mut ActionContext<'_>) -> Result<Value, Outcome> {
    let session = current(context)?;
    context.delete(&[session])?;
    let next = make(context)?;
    let mut answer = shown(context, &next)?;
    answer["success"] = true.into();
    Ok(answer)
}

/// The session needed no more than to be asked for.
pub(super) fn keep_alive() -> Value {
    json!({ "success": true })
}
