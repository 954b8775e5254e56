//! Creating and replacing passwords (facts: passwords 4.2 and 4.3).

use serde_json::{Map, Value};

use super::super::content::{Content, flag, integer, put, text, text_or};
use super::super::kind::Kind;
use super::super::lifecycle::{current, stored, user};
use super::super::reading::{self, on, text as text_of};
use super::super::validation::{server_side, validate};
use super::super::{client, content, faults, php, revisions};
use super::{store, tagging};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// What a receiver without the right to change a password cannot change.
const FIXED: [&str; 9] =
    ["customFields", "password", "username", "cseType", "edited", "label", "notes", "hash", "url"];

/// Stores a new password.
pub(in super::super) fn create(context: &mut ActionContext<'_>, fields: &Content) -> Result<Value, Outcome> {
    let user = user(context)?;
    let mut content = written(context, &user, fields)?;
    if integer(&content, "edited") < 1 {
        put(&mut content, "edited", php::now(context));
    }
    validate(context, Kind::Password, &user, "", &mut content)?;
    let tags = tags(context, &user, fields)?;
    let password = store::place(context, &user, Map::new(), content)?;
    retag(context, &user, &password, &tags)?;
    Ok(stored(&password))
}

/// Replaces a password: what is left out returns to its default, but for `tags` and `edited`.
pub(in super::super) fn update(
    context: &mut ActionContext<'_>,
    id: &str,
    revision: Option<&str>,
    fields: &Content,
) -> Result<Value, Outcome> {
    let password = current(context, Kind::Password, id, revision)?;
    let user = user(context)?;
    let fields = allowed(context, &password, fields)?;
    let mut content = written(context, &user, &fields)?;
    put(&mut content, "trashed", reading::flag(&password, "trashed"));
    validate(context, Kind::Password, &user, id, &mut content)?;
    put_edited(context, &password, integer(&fields, "edited"), &mut content);
    if store::is_shared(context, &password)? {
        put(&mut content, "sseType", text_of(&password, "sseType"));
    }
    let tags = tags(context, &user, &fields)?;
    let next = store::set(context, &password, content)?;
    retag(context, &user, &next, &tags)?;
    Ok(stored(&next))
}

/// What may be changed: of a password that was received to read, no more than where it is and what it is to the reader.
fn allowed(context: &ActionContext<'_>, password: &Record, fields: &Content) -> Result<Content, Outcome> {
    let mut fields = fields.clone();
    if !reading::flag(password, "editable") {
        let now = revisions::content(Kind::Password, password);
        fields.extend(now.into_iter().filter(|(field, _)| FIXED.contains(&field.as_str())));
    } else if store::is_shared(context, password)? {
        if text_or(&fields, "cseType", "none") != "none" {
            return Err(faults::shared_cse());
        }
        if flag(&fields, "hidden") {
            return Err(faults::shared_hidden());
        }
    }
    Ok(fields)
}

/// The content that a request asks for. The hash is the client's only where the client encrypts.
fn written(context: &ActionContext<'_>, user: &str, fields: &Content) -> Result<Content, Outcome> {
    let mut given = Content::new();
    for field in ["label", "username", "password", "notes", "customFields", "url", "cseKey"] {
        put(&mut given, field, text(fields, field));
    }
    let cse = text_or(fields, "cseType", "none");
    put(&mut given, "cseType", cse);
    put(&mut given, "sseType", server_side(context, user, cse)?);
    put(&mut given, "folder", text_or(fields, "folder", content::BASE));
    put(&mut given, "edited", integer(fields, "edited"));
    put(&mut given, "hidden", flag(fields, "hidden"));
    put(&mut given, "favorite", flag(fields, "favorite"));
    put(&mut given, "client", client::name(context));
    if cse != "none" {
        put(&mut given, "hash", text(fields, "hash"));
    }
    store::complete(context, user, given)
}

/// When a password was edited: now, if it is another one and the client does not say when.
fn put_edited(context: &ActionContext<'_>, password: &Record, given: i64, content: &mut Content) {
    let before = password.get("edited").and_then(Value::as_i64).unwrap_or_default();
    let changed = text(content, "hash") != text_of(password, "hash");
    let edited = match (changed, given > 0) {
        (false, true) => given,
        (false, false) => before,
        (true, true) if integer(content, "edited") != before => return,
        (true, _) => php::now(context),
    };
    put(content, "edited", edited);
}

/// The tags to replace those that there are; nothing or an empty list leaves them alone. The product looks at them only
/// when the password is stored (facts: passwords 4.2).
fn tags(context: &ActionContext<'_>, user: &str, fields: &Content) -> Result<Vec<Value>, Outcome> {
    let tags = fields.get("tags").and_then(Value::as_array).cloned().unwrap_or_default();
    if !on(context, "STRICT_TAG_AFTER_WRITE") {
        tagging::check(context, user, &tags)?;
    }
    Ok(tags)
}

fn retag(
    context: &mut ActionContext<'_>,
    user: &str,
    password: &Record,
    tags: &[Value],
) -> Result<(), Outcome> {
    if tags.is_empty() { Ok(()) } else { tagging::replace(context, user, password, tags) }
}
