//! What a folder looks like in answers.

use serde_json::{Map, Value, json};

use super::super::content::BASE;
use super::super::details::{Listed, Parts};
use super::super::kind::Kind;
use super::super::reading::{flag, text};
use super::super::representation::{Sight, begin, id};
use super::super::validation::server_side;
use super::super::{cascade, passwords, php};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// What is within a folder depends on these of its properties.
struct Place<'f> {
    id: &'f str,
    user: &'f str,
    parent: &'f str,
    sight: Sight,
}

/// A folder with the parts that were asked for (facts: passwords 3.5).
pub(in super::super) fn represent(
    context: &ActionContext<'_>,
    folder: &Record,
    parts: Parts<'_>,
) -> Result<Value, Outcome> {
    let members = begin(context, Kind::Folder, folder, parts)?;
    let (user, parent) = (text(folder, "user"), text(folder, "parent"));
    within(context, members, &Place { id: text(folder, "id"), user, parent, sight: Sight::of(folder) }, parts)
}

/// The base folder, which is made up whenever somebody looks (facts: passwords 3.2).
pub(in super::super) fn base(
    context: &ActionContext<'_>,
    user: &str,
    parts: Parts<'_>,
) -> Result<Value, Outcome> {
    let now = php::now(context);
    let whole = json!({
        "id": BASE, "created": now, "updated": now, "edited": now, "revision": BASE,
        "label": "Home", "parent": BASE,
        "cseKey": "", "cseType": "none", "sseType": server_side(context, user, "none")?,
        "hidden": false, "trashed": false, "favorite": false,
        "client": "CLIENT::SYSTEM",
    });
    let told = if parts.has("model") { whole } else { json!({ "id": BASE, "revision": BASE }) };
    let mut members = told.as_object().cloned().unwrap_or_default();
    if parts.has("revisions") {
        members.insert("revisions".to_owned(), json!([]));
    }
    let sight = Sight { hidden: false, trashed: false };
    within(context, members, &Place { id: BASE, user, parent: BASE, sight }, parts)
}

/// The folder with that id as another object tells it: the base folder in place of a hidden one, unless that object is hidden.
pub(in super::super) fn told(
    context: &ActionContext<'_>,
    user: &str,
    folder: &str,
    sees_hidden: bool,
) -> Result<Value, Outcome> {
    let found = context.get("folders", &Value::from(folder))?;
    match found.filter(|folder| sees_hidden || !flag(folder, "hidden")) {
        Some(folder) => represent(context, &folder, Parts::MODEL),
        None => base(context, user, Parts::MODEL),
    }
}

fn within(
    context: &ActionContext<'_>,
    mut members: Map<String, Value>,
    place: &Place<'_>,
    parts: Parts<'_>,
) -> Result<Value, Outcome> {
    if parts.has("parent") {
        let parent = told(context, place.user, place.parent, place.sight.hidden)?;
        members.insert("parent".to_owned(), parent);
    }
    if let Some(listed) = parts.listed("folders", "folder-ids") {
        members.insert("folders".to_owned(), folders(context, place, listed)?);
    }
    if let Some(listed) = parts.listed("passwords", "password-ids") {
        let told = if parts.has("password-tags") { Parts::TAGGED } else { Parts::MODEL };
        let all = cascade::passwords(context, place.user, place.id)?;
        let seen = all.iter().filter(|password| place.sight.sees(password));
        let told = seen.map(|password| match listed {
            Listed::Models => passwords::represent(context, password, told),
            Listed::Ids => Ok(id(password)),
        });
        members.insert("passwords".to_owned(), told.collect::<Result<_, _>>()?);
    }
    Ok(members.into())
}

/// Folders in the trash are always left out.
fn folders(context: &ActionContext<'_>, place: &Place<'_>, listed: Listed) -> Result<Value, Outcome> {
    let sight = Sight { trashed: false, ..place.sight };
    let all = cascade::folders(context, place.user, place.id)?;
    all.iter()
        .filter(|folder| sight.sees(folder))
        .map(|folder| match listed {
            Listed::Models => represent(context, folder, Parts::MODEL),
            Listed::Ids => Ok(id(folder)),
        })
        .collect()
}
