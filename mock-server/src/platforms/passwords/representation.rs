//! What all objects look like in answers.

use serde_json::{Map, Value};

use super::details::Parts;
use super::kind::Kind;
use super::reading::{flag, text};
use super::revisions;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The object by itself, or no more than its ids; then its revisions where they were asked for.
pub(super) fn begin(
    context: &ActionContext<'_>,
    kind: Kind,
    object: &Record,
    parts: Parts<'_>,
) -> Result<Map<String, Value>, Outcome> {
    const IDS: &[&str] = &["id", "revision"];
    let fields = if parts.has("model") { kind.fields() } else { IDS };
    let told = |field: &&str| ((*field).to_owned(), object.get(field).cloned().unwrap_or_default());
    let mut members: Map<String, Value> = fields.iter().map(told).collect();
    if parts.has("revisions") {
        members.insert("revisions".to_owned(), revisions::told(context, kind, object)?);
    }
    Ok(members)
}

/// What of another object an object shows: what is hidden or in the trash only to what is so itself (facts: passwords 3.5).
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    /// Whether it sees what is hidden.
    pub(super) hidden: bool,
    /// Whether it sees what is in the trash.
    pub(super) trashed: bool,
}

impl Sight {
    /// What this object sees.
    pub(super) fn of(object: &Record) -> Self {
        Self { hidden: flag(object, "hidden"), trashed: flag(object, "trashed") }
    }

    /// Whether it sees that one.
    pub(super) fn sees(self, object: &Record) -> bool {
        (self.hidden || !flag(object, "hidden")) && (self.trashed || !flag(object, "trashed"))
    }
}

/// An object's id.
pub(super) fn id(object: &Record) -> Value {
    text(object, "id").into()
}
