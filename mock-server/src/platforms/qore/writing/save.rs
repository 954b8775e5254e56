//! Writing records, with everything that follows from it: sequences, files that nobody has any more, the log.

use serde_json::{Value, json};

use super::cast::{cast, stored};
use super::form::default;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::qore::actions::Answer;
use crate::platforms::qore::application::{App, Field, Kind, Resource};
use crate::platforms::qore::eyes::Fields;
use crate::platforms::qore::{files, logs, place, refusal, represent, rules};
use crate::state::{Record, State};

/// Makes a record of these values, defaults and sequences.
///
/// # Errors
/// `invalid` where a unique value is taken, or a reference leads nowhere.
pub(super) fn insert(
    app: &App,
    context: &mut ActionContext<'_>,
    me: Option<&Record>,
    resource: &Resource,
    mut values: Fields,
) -> Result<Record, Outcome> {
    complete(app, context, me, resource, &mut values);
    let sequences = resource.fields.values().filter_map(|field| match &field.kind {
        Kind::Sequence(template) => Some((field, template)),
        _ => None,
    });
    for (field, template) in sequences {
        let next = super::sequence::next(app, context, me, (resource, &field.name, template), &values)?;
        values.insert(field.name.clone(), next);
    }
    context.insert(&resource.name, Value::Object(values)).map_err(refused)
}

/// Adds what a new record has without anybody saying so.
pub(super) fn complete(
    app: &App,
    context: &ActionContext<'_>,
    me: Option<&Record>,
    resource: &Resource,
    values: &mut Fields,
) {
    for field in resource.fields.values() {
        let own =
            !matches!(field.kind, Kind::HasMany { .. } | Kind::Sequence(_) | Kind::Password | Kind::File);
        if !own || values.contains_key(&field.name) {
            continue;
        }
        let raw = default(app, context, me, resource, field).unwrap_or_default();
        // What a file's default cannot be read as has been refused with the file; what it refers to may be gone.
        if let Ok(value) = cast(app, context, field, &raw) {
            values.insert(field.name.clone(), stored(field, value));
        }
    }
}

/// Gives a record these values; where it has all of them already, nothing happens.
///
/// # Errors
/// As [`insert`].
pub(super) fn change(
    context: &mut ActionContext<'_>,
    record: &Record,
    mut values: Fields,
) -> Result<Record, Outcome> {
    values.retain(|name, value| record.get(name).unwrap_or(&Value::Null) != value);
    if values.is_empty() {
        return Ok(record.clone());
    }
    context.set(record, Value::Object(values)).map_err(refused)
}

/// Writes the log of all that was done since `before`, and lets go of the files that no record has any more.
///
/// # Errors
/// `internal`
pub(super) fn settle(app: &App, context: &mut ActionContext<'_>, before: &State) -> Result<(), Outcome> {
    let differences = context.differences(before);
    logs::note(app, context, &differences)?;
    files::sweep(app, context, &differences)
}

/// The answer that tells a record as its page does: without the fields that are hidden there, and without any where the
/// caller may not view what he has made of it.
pub(super) fn told(app: &App, context: &ActionContext<'_>, resource: &Resource, record: &Record) -> Answer {
    let record = context.current(record)?;
    let me = place::account(context);
    let eyes = place::eyes(app, context, me.as_ref());
    let may = eyes.may(&resource.view, resource, record.fields());
    let is_told = |field: &Field| may && !field.hidden.detail;
    Ok(json!({ "data": represent::some(&eyes, context.origin(), resource, record.fields(), is_told) }))
}

/// What the state refuses, as the form tells it.
fn refused(outcome: Outcome) -> Outcome {
    let rule = match outcome.name.as_ref() {
        "conflict" => "unique",
        "invalid" => "in",
        _ => return outcome,
    };
    if outcome.fields.is_empty() {
        return outcome;
    }
    let said = |field: &String| (field.clone(), rules::said(rule, field, &[]));
    refusal::invalid(outcome.fields.keys().map(said).collect::<Vec<_>>())
}
