//! Creating and replacing tags (facts: passwords 4.2, 4.3 and 4.7).

use serde_json::{Map, Value};

use super::super::content::{Content, flag, integer, put, text, text_or};
use super::super::kind::Kind;
use super::super::lifecycle::{current, stored, user};
use super::super::reading::{self, on, text as text_of, unavailable};
use super::super::validation::{server_side, validate};
use super::super::{client, php, revisions};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Stores a new tag.
pub(in super::super) fn create(context: &mut ActionContext<'_>, fields: &Content) -> Result<Value, Outcome> {
    let user = user(context)?;
    let mut content = written(context, &user, fields)?;
    if integer(&content, "edited") < 1 {
        put(&mut content, "edited", php::now(context));
    }
    validate(context, Kind::Tag, &user, "", &mut content)?;
    Ok(stored(&revisions::first(context, Kind::Tag, &user, Map::new(), content)?))
}

/// Stores a new tag of a user as the fields say; `own` may name its `id` and `revision`. Nothing is validated.
pub(in super::super) fn insert(
    context: &mut ActionContext<'_>,
    user: &str,
    own: Map<String, Value>,
    fields: &Content,
) -> Result<Record, Outcome> {
    let mut content = written(context, user, fields)?;
    put(&mut content, "edited", php::now(context));
    put(&mut content, "client", text(fields, "client"));
    revisions::first(context, Kind::Tag, user, own, content)
}

/// Replaces a tag: what is left out returns to its default.
pub(in super::super) fn update(
    context: &mut ActionContext<'_>,
    id: &str,
    revision: Option<&str>,
    fields: &Content,
) -> Result<Value, Outcome> {
    let tag = current(context, Kind::Tag, id, revision)?;
    let user = user(context)?;
    let mut content = written(context, &user, fields)?;
    if integer(&content, "edited") < 1 {
        put(&mut content, "edited", tag.get("edited").cloned().unwrap_or_default());
    }
    put(&mut content, "trashed", reading::flag(&tag, "trashed"));
    validate(context, Kind::Tag, &user, id, &mut content)?;
    Ok(stored(&set(context, &tag, content)?))
}

/// The content that a request asks for.
fn written(context: &ActionContext<'_>, user: &str, fields: &Content) -> Result<Content, Outcome> {
    let cse = text_or(fields, "cseType", "none");
    let mut content = Content::new();
    put(&mut content, "edited", integer(fields, "edited"));
    put(&mut content, "label", text(fields, "label"));
    put(&mut content, "color", text(fields, "color"));
    put(&mut content, "cseKey", text(fields, "cseKey"));
    put(&mut content, "cseType", cse);
    put(&mut content, "sseType", server_side(context, user, cse)?);
    put(&mut content, "hidden", flag(fields, "hidden"));
    put(&mut content, "trashed", false);
    put(&mut content, "favorite", flag(fields, "favorite"));
    put(&mut content, "client", client::name(context));
    Ok(content)
}

/// Makes a whole content the next revision of a tag. Passwords are not touched.
pub(in super::super) fn set(
    context: &mut ActionContext<'_>,
    tag: &Record,
    content: Content,
) -> Result<Record, Outcome> {
    let shows = reading::flag(tag, "hidden") && !flag(&content, "hidden");
    // The product fails when a hidden tag of passwords is to be shown (facts: passwords 4.7).
    if shows && on(context, "STRICT_UNHIDE_WITH_TAGS") && is_used(context, tag)? {
        return Err(unavailable());
    }
    revisions::next(context, Kind::Tag, tag, content)
}

fn is_used(context: &ActionContext<'_>, tag: &Record) -> Result<bool, Outcome> {
    Ok(context.find("password_tags", &[("tag", &text_of(tag, "id").into())])?.is_some())
}
