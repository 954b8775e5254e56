//! What administrators of the instance do to accounts.

use serde_json::{Map, Value};

use super::super::faults::Faults;
use super::super::records::{caller, id};
use super::super::users::{self, Registration};
use super::people::represent;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The password's rules, which the schema cannot say.
fn check(account: &Value) -> Result<(), Outcome> {
    let mut faults = Faults::default();
    if let Some(password) = account["password"].as_str() {
        users::check_password(&mut faults, "password", password);
    }
    faults.settle()
}

/// The members of a body that are kept as they are sent.
fn flags(account: &Value) -> Map<String, Value> {
    let flags = ["is_active", "is_staff"].iter();
    flags.filter_map(|name| Some(((*name).to_owned(), account[*name].as_bool()?.into()))).collect()
}

fn taken() -> Outcome {
    Outcome::new("USER_ADMIN_ALREADY_EXISTS", "another account has this user name")
}

/// `admin_create_user`.
pub(in super::super) fn admin_create_user(
    context: &mut ActionContext<'_>,
    account: &Value,
) -> Result<Value, Outcome> {
    check(account)?;
    let member = |name: &str| account[name].as_str().unwrap_or_default().to_owned();
    let registration = Registration {
        name: member("name"),
        email: member("username"),
        password: member("password"),
        ..Registration::default()
    };
    // An account that is switched off has its address, too.
    let user = users::account_of(context, &registration, "USER_ADMIN_ALREADY_EXISTS").map_err(|_| taken())?;
    let user = context.update(&user, flags(account).into())?;
    represent(context, &user)
}

/// `admin_edit_user`: not to lock oneself out.
pub(in super::super) fn admin_edit_user(
    context: &mut ActionContext<'_>,
    user: u64,
    changes: &Value,
) -> Result<Value, Outcome> {
    check(changes)?;
    let own = id(caller(context)?) == user;
    if own && (changes["is_staff"] == false || changes["is_active"] == false) {
        let sentence = "nobody switches themselves off or steps down";
        return Err(Outcome::new("USER_ADMIN_CANNOT_DEACTIVATE_SELF", sentence));
    }
    let found = context.get("users", &Value::from(user))?;
    let found = found
        .ok_or_else(|| Outcome::new("USER_ADMIN_UNKNOWN_USER", format!("there is no account {user}")))?;
    let mut set = flags(changes);
    if let Some(name) = changes["name"].as_str() {
        set.insert("name".to_owned(), name.into());
    }
    if let Some(username) = changes["username"].as_str() {
        let address = Value::from(users::email(username));
        if is_taken(context, &address, &found)? {
            return Err(taken());
        }
        set.insert("email".to_owned(), address);
    }
    let mut user = if set.is_empty() { found } else { context.update(&found, set.into())? };
    if let Some(password) = changes["password"].as_str() {
        user = users::renew(context, &user, password)?;
    }
    represent(context, &user)
}

fn is_taken(context: &ActionContext<'_>, address: &Value, own: &Record) -> Result<bool, Outcome> {
    Ok(context.find("users", &[("email", address)])?.is_some_and(|other| id(&other) != id(own)))
}
