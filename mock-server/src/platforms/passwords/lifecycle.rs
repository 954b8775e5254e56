//! What all kinds of objects go through: search, trash, and back (facts: passwords 4.1 and 4.5).

use serde_json::{Value, json};

use super::content::{BASE, put};
use super::criteria::Criteria;
use super::details::Parts;
use super::kind::Kind;
use super::reading::{caller, flag, text};
use super::validation::validate;
use super::{client, faults, folders, passwords, revisions, tags};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The caller's id.
pub(super) fn user(context: &ActionContext<'_>) -> Result<String, Outcome> {
    Ok(text(caller(context)?, "id").to_owned())
}

/// Lists what is neither hidden, nor in the trash, nor suspended.
pub(super) fn list(context: &ActionContext<'_>, kind: Kind, details: &str) -> Result<Value, Outcome> {
    found(context, kind, None, details)
}

/// Lists what meets the criteria. What is hidden or suspended never does.
pub(super) fn found(
    context: &ActionContext<'_>,
    kind: Kind,
    criteria: Option<&Value>,
    details: &str,
) -> Result<Value, Outcome> {
    let criteria = Criteria::read(criteria, kind.criteria())?.or_else("trashed", false);
    // Times are the revision's, not the object's.
    let timed = criteria.asks("created") || criteria.asks("updated");
    let parts = Parts::read(details);
    let mut all = Vec::new();
    for object in revisions::objects(context, kind, &user(context)?)? {
        if flag(&object, "hidden") || flag(&object, "suspended") {
            continue;
        }
        let revision = match object.get("revision") {
            Some(revision) if timed => context.get("revisions", revision)?,
            _ => None,
        };
        let value = |field: &str| match field {
            "created" | "updated" => revision.as_ref().and_then(|revision| revision.get(field)),
            _ => object.get(field),
        };
        if criteria.pass(value) {
            all.push(represent(context, kind, &object, parts)?);
        }
    }
    Ok(all.into())
}

/// Shows any object of the caller.
pub(super) fn show(
    context: &ActionContext<'_>,
    kind: Kind,
    id: &str,
    details: &str,
) -> Result<Value, Outcome> {
    let (user, parts) = (user(context)?, Parts::read(details));
    if kind == Kind::Folder && id == BASE {
        return folders::base(context, &user, parts);
    }
    represent(context, kind, &revisions::object(context, kind, &user, id)?, parts)
}

fn represent(
    context: &ActionContext<'_>,
    kind: Kind,
    object: &Record,
    parts: Parts<'_>,
) -> Result<Value, Outcome> {
    match kind {
        Kind::Password => passwords::represent(context, object, parts),
        Kind::Folder => folders::represent(context, object, parts),
        Kind::Tag => tags::represent(context, object, parts),
    }
}

/// The object that a change is meant for, where the revision it is based on is still the current one.
pub(super) fn current(
    context: &ActionContext<'_>,
    kind: Kind,
    id: &str,
    revision: Option<&str>,
) -> Result<Record, Outcome> {
    let object = revisions::object(context, kind, &user(context)?, id)?;
    if revision.is_some_and(|revision| revision != text(&object, "revision")) {
        return Err(faults::outdated());
    }
    Ok(object)
}

/// Moves an object to the trash, or removes it from there for good. The revision counts only then.
pub(super) fn delete(
    context: &mut ActionContext<'_>,
    kind: Kind,
    id: &str,
    revision: Option<&str>,
) -> Result<Value, Outcome> {
    if kind == Kind::Folder && id == BASE {
        return Err(faults::base_folder());
    }
    let object = revisions::object(context, kind, &user(context)?, id)?;
    if !flag(&object, "trashed") {
        let mut content = revisions::content(kind, &object);
        put(&mut content, "trashed", true);
        put(&mut content, "client", client::name(context));
        return Ok(stored(&set(context, kind, &object, content)?));
    }
    if revision.is_some_and(|revision| revision != text(&object, "revision")) {
        return Err(faults::outdated_trash());
    }
    match kind {
        Kind::Password => passwords::remove(context, &object)?,
        Kind::Folder => folders::remove(context, &object)?,
        Kind::Tag => revisions::remove(context, &object)?,
    }
    Ok(json!({ "id": object.get("id") }))
}

/// Brings an object back from the trash, or an older revision of it.
pub(super) fn restore(
    context: &mut ActionContext<'_>,
    kind: Kind,
    id: &str,
    revision: Option<&str>,
) -> Result<Value, Outcome> {
    if kind == Kind::Folder && (id == BASE || revision == Some(BASE)) {
        return Err(faults::base_folder());
    }
    let user = user(context)?;
    let object = revisions::object(context, kind, &user, id)?;
    let current = text(&object, "revision").to_owned();
    let wanted = revision.unwrap_or(&current);
    let restored = revisions::find(context, kind, &user, wanted)?;
    if kind == Kind::Password && revision.is_some() {
        passwords::may_be_restored(context, &object, &restored)?;
    }
    if restored.get("object") != object.get("id") {
        return Err(faults::foreign_revision());
    }
    let mut content = revisions::held(&restored);
    if wanted == current && !flag(&object, "trashed") {
        return Ok(stored(&object));
    }
    put(&mut content, "trashed", false);
    put(&mut content, "client", client::name(context));
    validate(context, kind, &user, id, &mut content)?;
    Ok(stored(&set(context, kind, &object, content)?))
}

/// Makes content the object's next revision, with all that follows from it.
pub(super) fn set(
    context: &mut ActionContext<'_>,
    kind: Kind,
    object: &Record,
    content: super::content::Content,
) -> Result<Record, Outcome> {
    match kind {
        Kind::Password => passwords::set(context, object, content),
        Kind::Folder => folders::set(context, object, content),
        Kind::Tag => tags::set(context, object, content),
    }
}

/// What a change is answered with.
pub(super) fn stored(object: &Record) -> Value {
    json!({ "id": object.get("id"), "revision": object.get("revision") })
}
