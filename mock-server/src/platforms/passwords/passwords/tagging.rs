//! The tags of a password (facts: passwords 4.2 and 4.7).

use serde_json::{Value, json};

use super::super::content::is_empty;
use super::super::faults::unavailable;
use super::super::kind::Kind;
use super::super::reading::{number, text};
use super::super::{faults, revisions};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The tags of a password, in order; one that was given twice is there twice.
pub(in super::super) fn tags(context: &ActionContext<'_>, password: &Record) -> Result<Vec<Record>, Outcome> {
    let mut relations = relations(context, password)?;
    relations.sort_by_key(|relation| number(relation, "position"));
    Ok(relations.iter().filter_map(|relation| context.referred(relation, "tag")).collect())
}

/// What ties tags to a password.
pub(super) fn relations(context: &ActionContext<'_>, password: &Record) -> Result<Vec<Record>, Outcome> {
    context.all("password_tags", &[("password", &text(password, "id").into())])
}

/// Makes sure that these are tags of the user.
pub(super) fn check(context: &ActionContext<'_>, user: &str, tags: &[Value]) -> Result<(), Outcome> {
    tags.iter().try_for_each(|tag| known(context, user, tag).map(drop))
}

/// Replaces the tags of a password. Those that it has stay as they are; an empty id is no tag.
pub(super) fn replace(
    context: &mut ActionContext<'_>,
    user: &str,
    password: &Record,
    tags: &[Value],
) -> Result<(), Outcome> {
    let listed = |relation: &Record| tags.iter().any(|tag| tag.as_str() == Some(text(relation, "tag")));
    let (kept, gone): (Vec<_>, Vec<_>) = relations(context, password)?.into_iter().partition(listed);
    let mut position = kept.iter().map(|relation| number(relation, "position")).max().unwrap_or_default();
    context.delete(&gone)?;
    for tag in tags {
        let Some(tag) = known(context, user, tag)? else { continue };
        if kept.iter().any(|relation| text(relation, "tag") == text(&tag, "id")) {
            continue;
        }
        position += 1;
        let relation = json!({ "password": password.get("id"), "tag": tag.get("id"), "position": position });
        context.insert("password_tags", relation)?;
    }
    Ok(())
}

/// The tag with that id; none for what PHP takes for empty.
fn known(context: &ActionContext<'_>, user: &str, tag: &Value) -> Result<Option<Record>, Outcome> {
    let id = match tag {
        Value::Null | Value::Bool(false) => return Ok(None),
        Value::String(text) if is_empty(text) => return Ok(None),
        Value::Number(number) if number.as_f64() == Some(0.0) => return Ok(None),
        Value::Array(items) if items.is_empty() => return Ok(None),
        Value::Object(members) if members.is_empty() => return Ok(None),
        Value::Array(_) | Value::Object(_) => return Err(unavailable()),
        Value::String(text) => text.as_str(),
        Value::Bool(true) | Value::Number(_) => "",
    };
    revisions::object(context, Kind::Tag, user, id).map(Some).map_err(|_| faults::tag_unknown())
}
