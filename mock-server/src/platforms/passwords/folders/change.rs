//! Creating and replacing folders (facts: passwords 4.2, 4.3 and 4.6).

use serde_json::{Map, Value};

use super::super::content::{self, Content, flag, integer, put, text, text_or};
use super::super::kind::Kind;
use super::super::lifecycle::{current, stored, user};
use super::super::reading::{self, on, text as text_of};
use super::super::validation::{server_side, validate};
use super::super::{cascade, client, faults, php, revisions};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Stores a new folder.
pub(in super::super) fn create(context: &mut ActionContext<'_>, fields: &Content) -> Result<Value, Outcome> {
    let user = user(context)?;
    let mut content = written(context, &user, fields)?;
    if integer(&content, "edited") < 1 {
        put(&mut content, "edited", php::now(context));
    }
    validate(context, Kind::Folder, &user, "", &mut content)?;
    Ok(stored(&revisions::first(context, Kind::Folder, &user, Map::new(), content)?))
}

/// Stores a new folder of a user as the fields say; `own` may name its `id` and `revision`. Nothing is validated.
pub(in super::super) fn insert(
    context: &mut ActionContext<'_>,
    user: &str,
    own: Map<String, Value>,
    fields: &Content,
) -> Result<Record, Outcome> {
    let mut content = written(context, user, fields)?;
    put(&mut content, "edited", php::now(context));
    put(&mut content, "client", text(fields, "client"));
    revisions::first(context, Kind::Folder, user, own, content)
}

/// Replaces a folder: what is left out returns to its default.
pub(in super::super) fn update(
    context: &mut ActionContext<'_>,
    id: &str,
    revision: Option<&str>,
    fields: &Content,
) -> Result<Value, Outcome> {
    if id == content::BASE {
        return Err(faults::base_folder());
    }
    let folder = current(context, Kind::Folder, id, revision)?;
    let user = user(context)?;
    let mut content = written(context, &user, fields)?;
    if integer(&content, "edited") < 0 {
        put(&mut content, "edited", folder.get("edited").cloned().unwrap_or_default());
    }
    put(&mut content, "trashed", reading::flag(&folder, "trashed"));
    validate(context, Kind::Folder, &user, id, &mut content)?;
    Ok(stored(&set(context, &folder, content)?))
}

/// The content that a request asks for.
fn written(context: &ActionContext<'_>, user: &str, fields: &Content) -> Result<Content, Outcome> {
    let cse = text_or(fields, "cseType", "none");
    let mut content = Content::new();
    put(&mut content, "edited", integer(fields, "edited"));
    put(&mut content, "label", text(fields, "label"));
    put(&mut content, "parent", text_or(fields, "parent", content::BASE));
    put(&mut content, "cseKey", text(fields, "cseKey"));
    put(&mut content, "cseType", cse);
    put(&mut content, "sseType", server_side(context, user, cse)?);
    put(&mut content, "hidden", flag(fields, "hidden"));
    put(&mut content, "trashed", false);
    put(&mut content, "favorite", flag(fields, "favorite"));
    put(&mut content, "client", client::name(context));
    Ok(content)
}

/// Makes a whole content the next revision of a folder, with all that follows for what is in it.
pub(in super::super) fn set(
    context: &mut ActionContext<'_>,
    folder: &Record,
    content: Content,
) -> Result<Record, Outcome> {
    let (trashed, hidden) = (flag(&content, "trashed"), flag(&content, "hidden"));
    let client = text(&content, "client").to_owned();
    let mut next = revisions::next(context, Kind::Folder, folder, content)?;
    if trashed != reading::flag(folder, "trashed") {
        cascade::suspend(context, &next, trashed)?;
        next = context.current(&next)?;
    }
    if reading::flag(&next, "suspended") && !cascade::is_closed(context, text_of(&next, "parent"))? {
        next = cascade::mark(context, &next, false)?;
        // The product brings back the folder, and forgets what is in it (facts: passwords 4.6).
        if !trashed && !on(context, "STRICT_SUSPENDED_FOREVER") {
            cascade::suspend(context, &next, false)?;
        }
    }
    if hidden && !reading::flag(folder, "hidden") {
        cascade::hide(context, &next, &client)?;
    }
    context.current(&next)
}
