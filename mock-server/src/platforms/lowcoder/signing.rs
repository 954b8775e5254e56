//! Signing in and signing up by form (facts: lowcoder 4.1, 10.1 A1).

use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};

use super::access::active_org;
use super::accounts::EMAIL;
use super::founding::{found, join, make_current};
use super::ids::{hex32, now};
use super::organizations;
use super::refusal::{refused, unsupported};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::reading::{elements, id, member, on, text};
use crate::state::Record;

/// Makes an account. Name and address are the same at first.
///
/// # Errors
/// `user-login-id-exist` where the address is taken.
pub(super) fn create_user(
    context: &mut Context<'_>,
    email: &str,
    password: Option<&str>,
    created_by: Option<&Value>,
) -> Result<Record, Outcome> {
    if find_user(context, email)?.is_some() {
        return Err(refused("user-login-id-exist", "There is an account of that address already."));
    }
    let user = json!({
        "name": email, "email": email, "password": password, "activeAuthId": EMAIL,
        "createdBy": created_by, "createdAt": now(context),
    });
    context.insert("users", user)
}

/// The account of an address, which is compared as it was typed.
pub(super) fn find_user(context: &Context<'_>, email: &str) -> Result<Option<Record>, Outcome> {
    context.find("users", &[("email", &Value::from(email))])
}

/// Whether that is the password of a user. An empty one never is.
pub(super) fn matches(user: &Record, password: &str) -> bool {
    !password.is_empty() && text(user, "password") == password
}

/// `loginWithUserPassword`. Binds what the cookie is made of: `token`, `maxAge`, `expires` and `attributes`.
pub(super) fn login_with_user_password(
    context: &mut Context<'_>,
    input: g::LoginWithUserPasswordInput,
) -> Result<Value, Outcome> {
    let body = &input.body;
    let way =
        ["authId", "source"].iter().filter_map(|name| member(body, name)).find(|way| !way.trim().is_empty());
    // whoever names no way means the form
    if way.is_some_and(|way| way != EMAIL) {
        let sentence = "Only EMAIL is a way of signing in by form.";
        return Err(refused("log-in-source-not-supported", sentence));
    }
    let target = match (&input.org_id, &input.invitation_id) {
        (_, Some(invitation)) => Some(Target::Invitation(organizations::invitation(context, invitation)?.1)),
        (Some(org), None) => Some(Target::Organization(organization(context, org)?)),
        (None, None) => None,
    };
    let switched_off = target.as_ref().is_some_and(|target| !email_enabled(target.organization()));
    if switched_off || !on(context, "LOWCODER_EMAIL_AUTH_ENABLED") {
        return Err(refused("email-provider-disabled", "Signing in by e-mail is switched off."));
    }

    let (login, password) =
        (member(body, "loginId").unwrap_or_default(), member(body, "password").unwrap_or_default());
    let registers = body["register"].as_bool().unwrap_or_default();
    let user =
        if registers { sign_up(context, login, password)? } else { sign_in(context, login, password)? };
    let user_id = id(&user);
    match target {
        Some(target) => {
            let org = target.organization();
            if !join(context, org, &user_id, "member")? && matches!(target, Target::Invitation(_)) {
                return Err(refused("already-in-organization", "You are in that organisation already."));
            }
            make_current(context, &user_id, &id(org))?;
        }
        None if registers => first_organization(context, &user, login)?,
        None => {}
    }
    session(context, &user_id)
}

/// Where a sign-in leads.
enum Target {
    Organization(Record),
    Invitation(Record),
}

impl Target {
    fn organization(&self) -> &Record {
        match self {
            Self::Organization(org) | Self::Invitation(org) => org,
        }
    }
}

fn organization(context: &Context<'_>, org: &str) -> Result<Record, Outcome> {
    let found = active_org(context, &Value::from(org))?;
    found.ok_or_else(organizations::no_valid_org)
}

/// Whether an organisation lets users sign in by e-mail.
fn email_enabled(org: &Record) -> bool {
    let configs = org.get("authConfigs").map(elements).unwrap_or_default();
    configs.iter().all(|config| member(config, "id") != Some(EMAIL) || config["enable"] != Value::Bool(false))
}

fn sign_in(context: &Context<'_>, login: &str, password: &str) -> Result<Record, Outcome> {
    let user = find_user(context, login)?.filter(|user| matches(user, password));
    user.ok_or_else(|| refused("invalid-password", "Address or password is wrong."))
}

/// The first one may sign up whatever the setting says: somebody has to begin.
fn sign_up(context: &mut Context<'_>, login: &str, password: &str) -> Result<Record, Outcome> {
    if find_user(context, login)?.is_none()
        && !on(context, "LOWCODER_EMAIL_SIGNUP_ENABLED")
        && context.find("members", &[("role", &Value::from("admin"))])?.is_some()
    {
        return Err(unsupported("Signing up is switched off."));
    }
    create_user(context, login, Some(password), None)
}

/// The organisation that a new user begins in: one of its own, or, in an enterprise, the one there is.
fn first_organization(context: &mut Context<'_>, user: &Record, login: &str) -> Result<(), Outcome> {
    let enterprise = organizations::is_enterprise(context);
    let there =
        if enterprise { context.find("organizations", &[("state", &Value::from("ACTIVE"))])? } else { None };
    let org = match there {
        Some(org) => {
            join(context, &org, &id(user), "member")?;
            org
        }
        None if enterprise || on(context, "LOWCODER_CREATE_WORKSPACE_ON_SIGNUP") => {
            found(context, user, format!("{login}'s workspace").into(), true, &Value::Null)?
        }
        None => return Ok(()),
    };
    make_current(context, &id(user), &id(&org))
}

/// Begins a session.
fn session(context: &mut Context<'_>, user: &Value) -> Result<Value, Outcome> {
    let token = hex32(context);
    context.insert("sessions", json!({ "token": token, "user": user }))?;
    let hours = context.setting("LOWCODER_COOKIE_MAX_AGE").and_then(Value::as_u64).unwrap_or_default();
    let seconds = hours.saturating_mul(3600);
    let end = u64::try_from(now(context)).unwrap_or_default().saturating_add(seconds.saturating_mul(1000));
    let end = UNIX_EPOCH.checked_add(Duration::from_millis(end));
    let expires = end.map(httpdate::fmt_http_date).unwrap_or_default();
    // pages of other origins need the cookie to be sent along, which browsers do only so (facts: lowcoder 4.1)
    let https = context.header("referer").is_some_and(|referer| referer.starts_with("https://"));
    let attributes = if https { "Secure; SameSite=None" } else { "SameSite=Lax" };
    Ok(json!({
        "token": token, "maxAge": seconds.to_string(), "expires": expires, "attributes": attributes,
    }))
}
