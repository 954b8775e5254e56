//! What happens to a folder happens to what is in it (facts: passwords 4.6).

use std::collections::HashSet;

use serde_json::{Value, json};

use super::content::{BASE, put};
use super::kind::Kind;
use super::reading::{flag, text};
use super::{passwords, php, revisions};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The folders of a user whose parent is that folder.
pub(super) fn folders(context: &ActionContext<'_>, user: &str, folder: &str) -> Result<Vec<Record>, Outcome> {
    context.all("folders", &[("parent", &Value::from(folder)), ("user", &Value::from(user))])
}

/// The passwords of a user that are in that folder.
pub(super) fn passwords(
    context: &ActionContext<'_>,
    user: &str,
    folder: &str,
) -> Result<Vec<Record>, Outcome> {
    context.all("passwords", &[("folder", &Value::from(folder)), ("user", &Value::from(user))])
}

/// Whether what is in a folder is out of sight: the folder is in the trash, or in one that is.
pub(super) fn is_closed(context: &ActionContext<'_>, folder: &str) -> Result<bool, Outcome> {
    if folder == BASE {
        return Ok(false);
    }
    let found = context.get("folders", &Value::from(folder))?;
    Ok(found.is_some_and(|folder| flag(&folder, "trashed") || flag(&folder, "suspended")))
}

/// Suspends what is in a folder, or brings it back: all of it but what is in the trash itself, and below that.
pub(super) fn suspend(
    context: &mut ActionContext<'_>,
    folder: &Record,
    suspended: bool,
) -> Result<(), Outcome> {
    let user = text(folder, "user").to_owned();
    let mut waiting = vec![text(folder, "id").to_owned()];
    let stays = |object: &Record| flag(object, "suspended") == suspended || flag(object, "trashed");
    while let Some(folder) = waiting.pop() {
        for inner in folders(context, &user, &folder)?.iter().filter(|inner| !stays(inner)) {
            mark(context, inner, suspended)?;
            waiting.push(text(inner, "id").to_owned());
        }
        for password in passwords(context, &user, &folder)?.iter().filter(|password| !stays(password)) {
            mark(context, password, suspended)?;
        }
    }
    Ok(())
}

/// Suspends one object or brings it back: no revision, but a change all the same.
pub(super) fn mark(
    context: &mut ActionContext<'_>,
    object: &Record,
    suspended: bool,
) -> Result<Record, Outcome> {
    context.update(object, json!({ "suspended": suspended, "updated": php::now(context) }))
}

/// Hides what is in a folder, each with a revision. Showing it again does not show them.
pub(super) fn hide(context: &mut ActionContext<'_>, folder: &Record, client: &str) -> Result<(), Outcome> {
    let user = text(folder, "user").to_owned();
    let mut waiting = vec![text(folder, "id").to_owned()];
    let shown = |object: &Record| !flag(object, "hidden");
    while let Some(folder) = waiting.pop() {
        for inner in folders(context, &user, &folder)?.into_iter().filter(shown) {
            let mut content = revisions::content(Kind::Folder, &inner);
            put(&mut content, "hidden", true);
            put(&mut content, "client", client);
            revisions::next(context, Kind::Folder, &inner, content)?;
            waiting.push(text(&inner, "id").to_owned());
        }
        for password in passwords(context, &user, &folder)?.into_iter().filter(shown) {
            passwords::revise(context, &password, json!({ "hidden": true }), client)?;
        }
    }
    Ok(())
}

/// Removes a folder for good, with everything in it at any depth.
pub(super) fn remove(context: &mut ActionContext<'_>, folder: &Record) -> Result<(), Outcome> {
    let user = text(folder, "user").to_owned();
    let mut doomed = vec![folder.clone()];
    // Folders can be in a circle.
    let mut seen: HashSet<String> = HashSet::from([text(folder, "id").to_owned()]);
    let mut next = 0;
    while let Some(folder) = doomed.get(next).map(|one| text(one, "id").to_owned()) {
        next += 1;
        let within = folders(context, &user, &folder)?;
        doomed.extend(within.into_iter().filter(|one| seen.insert(text(one, "id").to_owned())));
        for password in passwords(context, &user, &folder)? {
            passwords::remove(context, &password)?;
        }
    }
    doomed.iter().try_for_each(|folder| revisions::remove(context, folder))
}
