//! Objects and their revisions: each change is a revision of its own, to which the object then points (facts: passwords 3).

use serde_json::{Map, Value, json};

use super::content::{Content, put, text as text_of};
use super::faults::not_found;
use super::kind::Kind;
use super::php;
use super::reading::{id, text};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// An object of a user. Another user's is not found either.
pub(super) fn object(
    context: &ActionContext<'_>,
    kind: Kind,
    user: &str,
    id: &str,
) -> Result<Record, Outcome> {
    let found = context.get(kind.collection(), &Value::from(id))?;
    found.filter(|object| text(object, "user") == user).ok_or_else(not_found)
}

/// All objects of a kind that a user has.
pub(super) fn objects(context: &ActionContext<'_>, kind: Kind, user: &str) -> Result<Vec<Record>, Outcome> {
    context.all(kind.collection(), &[("user", &Value::from(user))])
}

/// What an object holds now.
pub(super) fn content(kind: Kind, object: &Record) -> Content {
    let held = |field: &'static str| Some((field.to_owned(), object.get(field)?.clone()));
    kind.content().filter_map(held).collect()
}

/// Makes an object with its first revision. `own` are fields of the object itself: `id`, `revision`, `share`, `editable`.
pub(super) fn first(
    context: &mut ActionContext<'_>,
    kind: Kind,
    user: &str,
    own: Map<String, Value>,
    content: Content,
) -> Result<Record, Outcome> {
    let now = php::now(context);
    let mut fields = own;
    put(&mut fields, "user", user);
    put(&mut fields, "created", now);
    put(&mut fields, "updated", now);
    fields.extend(content);
    let object = context.insert(kind.collection(), fields.into())?;
    note(context, kind, &object)?;
    Ok(object)
}

/// Gives an object its next revision.
pub(super) fn next(
    context: &mut ActionContext<'_>,
    kind: Kind,
    object: &Record,
    content: Content,
) -> Result<Record, Outcome> {
    let mut fields = content;
    put(&mut fields, "revision", context.entropy().uuid());
    put(&mut fields, "updated", php::now(context));
    let object = context.update(object, fields.into())?;
    note(context, kind, &object)?;
    Ok(object)
}

/// Writes down what an object holds now.
fn note(context: &mut ActionContext<'_>, kind: Kind, object: &Record) -> Result<(), Outcome> {
    let (now, held) = (php::now(context), content(kind, object));
    let revision = json!({
        "id": object.get("revision"),
        "object": object.get("id"),
        "user": object.get("user"),
        "created": now,
        "updated": now,
        "hash": text_of(&held, "hash"),
        "content": held,
    });
    context.insert("revisions", revision).map(drop)
}

/// The revisions of an object.
pub(super) fn of(context: &ActionContext<'_>, object: &Record) -> Result<Vec<Record>, Outcome> {
    context.all("revisions", &[("object", &id(object))])
}

/// A revision of some object of that kind, of that user.
pub(super) fn find(context: &ActionContext<'_>, kind: Kind, user: &str, id: &str) -> Result<Record, Outcome> {
    let found = context.get("revisions", &Value::from(id))?;
    let revision = found.filter(|one| text(one, "user") == user).ok_or_else(not_found)?;
    object(context, kind, user, text(&revision, "object"))?;
    Ok(revision)
}

/// What a revision holds.
pub(super) fn held(revision: &Record) -> Content {
    revision.get("content").and_then(Value::as_object).cloned().unwrap_or_default()
}

/// The revisions of an object as the part `revisions` tells them.
pub(super) fn told(context: &ActionContext<'_>, kind: Kind, object: &Record) -> Result<Value, Outcome> {
    let entry = |revision: &Record| {
        let held = revision.get("content");
        let own = ["id", "created", "updated"].into_iter().map(|field| (field, revision.get(field)));
        let rest = kind.content().map(|field| (field, held.and_then(|held| held.get(field))));
        let members =
            own.chain(rest).map(|(field, value)| (field.to_owned(), value.cloned().unwrap_or_default()));
        Value::Object(members.collect())
    };
    Ok(of(context, object)?.iter().map(entry).collect())
}

/// Removes an object for good, with its revisions.
pub(super) fn remove(context: &mut ActionContext<'_>, object: &Record) -> Result<(), Outcome> {
    let mut gone = of(context, object)?;
    gone.push(object.clone());
    context.delete(&gone)
}
