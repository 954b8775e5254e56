//! Deleting an account: asked for by its owner, done after a delay, cancelled by signing in.

use serde_json::{Value, json};

use super::super::mails;
use super::super::records::{caller, flag, id, instance, number, text};
use crate::action::ActionContext;
use crate::entropy::Timestamp;
use crate::outcome::Outcome;
use crate::state::Record;

const DAY: u64 = 24 * 60 * 60 * 1000;

/// `schedule_account_deletion`: not for the only administrator of the instance.
pub(in super::super) fn schedule_account_deletion(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    let user = caller(context)?.clone();
    let staff = context.all("users", &[("is_staff", &Value::from(true))])?;
    if flag(&user, "is_staff") && staff.iter().all(|one| id(one) == id(&user)) {
        return Err(Outcome::new("ERROR_USER_IS_LAST_ADMIN", ""));
    }
    let now = context.now_text();
    context.update(&user, json!({ "to_be_deleted": true, "last_login": now }))?;
    mails::send(context, &mails::address(&user), "account-deletion-scheduled")
}

/// Deletes the accounts whose delay has passed, and the workspaces that nobody administers then. The product does this at
/// night; here it is done before anything that could tell the difference: signing up and in, and lists of people.
pub(in super::super) fn purge(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    let waiting = context.all("users", &[("to_be_deleted", &Value::from(true))])?;
    if waiting.is_empty() {
        return Ok(());
    }
    let delay = number(&instance(context)?, "account_deletion_grace_delay").saturating_mul(DAY);
    let now = context.now();
    let over = |user: &Record| {
        Timestamp::parse(text(user, "last_login")).is_some_and(|since| since.after(delay) < now)
    };
    for user in waiting.into_iter().filter(over) {
        delete(context, &user)?;
    }
    Ok(())
}

fn delete(context: &mut ActionContext<'_>, user: &Record) -> Result<(), Outcome> {
    let admin = Value::from("ADMIN");
    let places = context.all("workspace_users", &[("user", &id(user)), ("permissions", &admin)])?;
    for place in places {
        let Some(workspace) = context.referred(&place, "workspace") else { continue };
        let admins =
            context.all("workspace_users", &[("workspace", &id(&workspace)), ("permissions", &admin)])?;
        if admins.len() == 1 {
            context.delete(&[workspace])?;
        }
    }
    let address = mails::address(user);
    context.delete(std::slice::from_ref(user))?;
    mails::send(context, &address, "account-deleted")
}
