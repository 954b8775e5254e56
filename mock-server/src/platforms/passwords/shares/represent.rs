//! What a share looks like in answers.

use serde_json::{Map, Value, json};

use super::super::details::Parts;
use super::super::passwords;
use super::super::reading::{flag, text};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// A share as one of its two users sees it: `password` is that user's own side.
pub(in super::super) fn represent(
    context: &ActionContext<'_>,
    share: &Record,
    viewer: &str,
    parts: Parts<'_>,
) -> Result<Value, Outcome> {
    let side = if text(share, "owner") == viewer { "source" } else { "target" };
    let own = share.get(side).cloned().unwrap_or_default();
    let mut members = Map::new();
    members.insert("id".to_owned(), share.get("id").cloned().unwrap_or_default());
    if parts.has("model") {
        for field in ["created", "updated", "expires", "editable", "shareable"] {
            members.insert(field.to_owned(), share.get(field).cloned().unwrap_or_default());
        }
        members.insert("password".to_owned(), own.clone());
        let pending = flag(share, "source_updated") || flag(share, "target_updated");
        members.insert("updatePending".to_owned(), pending.into());
        for person in ["owner", "receiver"] {
            members.insert(person.to_owned(), self::person(context, text(share, person))?);
        }
        members.insert("client".to_owned(), text(share, "client").into());
    }
    if parts.has("password")
        && let Some(password) = context.get("passwords", &own)?
    {
        members.insert("password".to_owned(), passwords::represent(context, &password, Parts::MODEL)?);
    }
    Ok(members.into())
}

/// A user by the id as it was written.
fn person(context: &ActionContext<'_>, id: &str) -> Result<Value, Outcome> {
    let user = super::partners::named(context, id)?;
    Ok(json!({ "id": id, "name": user.as_ref().map_or(id, |user| text(user, "name")) }))
}
