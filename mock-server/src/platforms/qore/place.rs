//! Where a request leads: the resource, the record, and the caller that looks.

use serde_json::Value;

use super::application::{App, Resource};
use super::eyes::Eyes;
use super::refusal;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The resource of that name.
///
/// # Errors
/// `not-found`
pub(super) fn resource<'a>(app: &'a App, name: &str) -> Result<&'a Resource, Outcome> {
    app.resources.get(name).ok_or_else(|| refusal::unknown("resource", name))
}

/// The account that the token belongs to.
pub(super) fn account(context: &ActionContext<'_>) -> Option<Record> {
    context.caller().cloned()
}

/// The caller's eyes, without a form.
pub(super) fn eyes<'a>(app: &'a App, context: &'a ActionContext<'_>, me: Option<&'a Record>) -> Eyes<'a> {
    Eyes { app, state: context.state(), me, now: context.now(), form_state: None, form: None }
}

/// The key that a path names: a whole number or a UUID, as the resource has them. What is neither names no record.
pub(super) fn key(resource: &Resource, id: &str) -> Option<Value> {
    if resource.uuid {
        return uuid::Uuid::try_parse(id).ok().map(|uuid| uuid.hyphenated().to_string().into());
    }
    let number: u64 = id.parse().ok()?;
    // `+1` and `01` are other texts.
    (number.to_string() == id).then(|| number.into())
}

/// The record that a path names.
///
/// # Errors
/// `not-found`
pub(super) fn record(context: &ActionContext<'_>, resource: &Resource, id: &str) -> Result<Record, Outcome> {
    let missing = || refusal::no_record(&resource.name, id);
    let key = key(resource, id).ok_or_else(missing)?;
    context.get(&resource.name, &key)?.ok_or_else(missing)
}
