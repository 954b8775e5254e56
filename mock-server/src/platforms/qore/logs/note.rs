//! Writing entries: what was done to each record, told from what it was before and is since.

use serde_json::{Value, json};

use super::{LOGS, WAS, entity};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::qore::application::{App, Field, Kind, Resource};
use crate::platforms::reading::{elements, id, value};
use crate::state::{Difference, Record, State};

/// An entry that is to be written.
struct Entry<'a> {
    resource: &'a str,
    key: Value,
    description: &'static str,
    field: Option<&'a str>,
    old: Value,
    new: Value,
    payload: Value,
    /// What a deleted record was.
    was: Option<Value>,
}

impl<'a> Entry<'a> {
    fn new(resource: &'a str, key: Value, description: &'static str) -> Self {
        Self {
            resource,
            key,
            description,
            field: None,
            old: Value::Null,
            new: Value::Null,
            payload: Value::Null,
            was: None,
        }
    }
}

/// Notes that an action was run.
///
/// # Errors
/// `internal`
pub(in super::super) fn note_action(
    context: &mut ActionContext<'_>,
    resource: &Resource,
    record: &Record,
    action: &str,
) -> Result<(), Outcome> {
    let entry =
        Entry { payload: json!({ "action": action }), ..Entry::new(&resource.name, id(record), "action") };
    write(context, vec![entry])
}

/// Notes what became of records, those that only followed others included.
///
/// # Errors
/// `internal`
pub(in super::super) fn note(
    app: &App,
    context: &mut ActionContext<'_>,
    differences: &[Difference],
) -> Result<(), Outcome> {
    let mut entries = Vec::new();
    for Difference { before, after } in differences {
        let Some(record) = after.as_ref().or(before.as_ref()) else { continue };
        let Some(resource) = resource_of(app, context.state(), record) else { continue };
        let key = id(record);
        if before.is_none() {
            entries.push(Entry::new(&resource.name, key.clone(), "created"));
        }
        for field in resource.fields.values() {
            compare(app, resource, field, &key, [before.as_ref(), after.as_ref()], &mut entries);
        }
        if after.is_none() {
            let was = Some(without_passwords(resource, record));
            entries.push(Entry { was, ..Entry::new(&resource.name, key, "deleted") });
        }
    }
    write(context, entries)
}

fn without_passwords(resource: &Resource, record: &Record) -> Value {
    let mut fields = record.fields().clone();
    fields.retain(|name, _| {
        !resource.fields.get(name).is_some_and(|field| matches!(field.kind, Kind::Password))
    });
    fields.into()
}

/// The resource that a record is of; `None` for what the server keeps beside them.
pub(in super::super) fn resource_of<'a>(
    app: &'a App,
    state: &State,
    record: &Record,
) -> Option<&'a Resource> {
    app.resources.values().find(|resource| record.is_in(state, &resource.name))
}

/// The entries of one field: none where nothing changed.
fn compare<'a>(
    app: &'a App,
    resource: &'a Resource,
    field: &'a Field,
    key: &Value,
    [before, after]: [Option<&Record>; 2],
    entries: &mut Vec<Entry<'a>>,
) {
    let held = |record: Option<&Record>| record.map(|record| value(record, &field.name)).unwrap_or_default();
    let (old, new) = (held(before), held(after));
    match &field.kind {
        Kind::BelongsToMany { resource: other, .. } => {
            let gone = elements(&old).iter().filter(|one| !elements(&new).contains(one));
            gone.for_each(|one| entries.extend(linked(app, resource, field, key, other, one, "detached")));
            let come = elements(&new).iter().filter(|one| !elements(&old).contains(one));
            come.for_each(|one| entries.extend(linked(app, resource, field, key, other, one, "attached")));
        }
        _ if before.is_none() || after.is_none() || old == new => {}
        Kind::Password => {
            entries.push(Entry {
                field: Some(&field.name),
                ..Entry::new(&resource.name, key.clone(), "updated")
            });
        }
        _ => entries.push(Entry {
            field: Some(&field.name),
            old,
            new,
            ..Entry::new(&resource.name, key.clone(), "updated")
        }),
    }
}

/// A link that came or went, on both of its ends.
fn linked<'a>(
    app: &'a App,
    resource: &'a Resource,
    field: &'a Field,
    key: &Value,
    other: &'a str,
    one: &Value,
    description: &'static str,
) -> [Entry<'a>; 2] {
    let ends = |value: &Value| match description {
        "attached" => (Value::Null, value.clone()),
        _ => (value.clone(), Value::Null),
    };
    // What the other end calls it, where it shows who refers to it.
    let shows = |there: &&Field| matches!(&there.kind, Kind::HasMany { resource: of, by } if *of == resource.name && *by == field.name);
    let there = app.resources.get(other).and_then(|other| other.fields.values().find(shows));
    let entry = |of: &'a str, key: &Value, field, value: &Value, with: &str| {
        let (old, new) = ends(value);
        Entry {
            field,
            old,
            new,
            payload: json!({ "resource": with }),
            ..Entry::new(of, key.clone(), description)
        }
    };
    [
        entry(&resource.name, key, Some(field.name.as_str()), one, other),
        entry(other, one, there.map(|there| there.name.as_str()), key, &resource.name),
    ]
}

fn write(context: &mut ActionContext<'_>, entries: Vec<Entry<'_>>) -> Result<(), Outcome> {
    // Also who deletes the own account.
    let user = context.caller().map(id).unwrap_or_default();
    for entry in entries {
        let Entry { resource, key, description, field, old, new, payload, was } = entry;
        let mut fields = json!({
            "entity_type": resource, "entity": entity(resource, &key), "entity_id": key, "user_id": user,
            "description": description, "field": field, "value_old": old, "value_new": new, "payload": payload,
        });
        if let Some(was) = was {
            fields[WAS] = was;
        }
        context.insert(LOGS, fields)?;
    }
    Ok(())
}
