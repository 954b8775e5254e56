//! What a field can be set to: the options of selects, and related records as options, under headings where the application
//! wants them.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::actions::Answer;
use super::application::{App, Choices, Field, Kind, Resource};
use super::eyes::{self, Eyes};
use super::tables::sort;
use super::{place, refusal, represent};
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::state::Record;

pub(super) fn list_field_options(
    app: &App,
    context: &mut Context<'_>,
    input: g::ListFieldOptionsInput,
) -> Answer {
    let g::ListFieldOptionsInput { resource, field: name } = input;
    let resource = place::resource(app, &resource)?;
    let field = resource.fields.get(&name).ok_or_else(|| refusal::unknown("field", &name))?;
    let me = place::account(context);
    let eyes = place::eyes(app, context, me.as_ref());
    // Whoever has to do with the resource's records in one way or the other needs to know what can be in them.
    if ![&resource.view, &resource.create, &resource.update].into_iter().any(|one| eyes.may_at_all(one)) {
        return Err(refusal::forbidden());
    }
    of(&eyes, field).map(Value::Array).ok_or_else(|| refusal::unknown("field", &name))
}

/// The options of a field, as they are when the form is in the state that `eyes` see; `None` for fields that do not choose.
pub(super) fn of(eyes: &Eyes<'_>, field: &Field) -> Option<Vec<Value>> {
    match &field.kind {
        Kind::Select { options, .. } => {
            Some(options.iter().map(|(value, label)| json!({ "label": label, "value": value })).collect())
        }
        Kind::BelongsTo { resource, choices, .. } | Kind::BelongsToMany { resource, choices } => {
            let related = eyes.app.resources.get(resource)?;
            Some(grouped(eyes, related, choices, &chosen(eyes, related, choices)))
        }
        _ => None,
    }
}

/// Whether a field chooses among options.
pub(super) fn chooses(field: &Field) -> bool {
    matches!(field.kind, Kind::Select { .. } | Kind::BelongsTo { .. } | Kind::BelongsToMany { .. })
}

/// The records that can be chosen, in order.
fn chosen<'a>(eyes: &Eyes<'a>, related: &Resource, choices: &Choices) -> Vec<&'a Record> {
    let can = |record: &&Record| {
        eyes.holds(&choices.filter, related, record.fields())
            && eyes.may(&related.view, related, record.fields())
    };
    let mut records: Vec<&Record> = eyes.state.records(&related.name).filter(can).collect();
    if let Some(by) = &choices.sort {
        sort(eyes, related, by, &mut records);
    }
    records
}

/// Options under headings: those without a group come first, then the groups in the order of their records or options.
fn grouped(eyes: &Eyes<'_>, related: &Resource, choices: &Choices, records: &[&Record]) -> Vec<Value> {
    let told = |record: &Record| option(eyes, related, choices, record);
    let Some(field) = choices.group_by.as_ref().and_then(|name| related.fields.get(name)) else {
        return records.iter().map(|record| told(record)).collect();
    };
    let mut alone = Vec::new();
    let mut groups: IndexMap<String, (Value, Vec<Value>)> = IndexMap::new();
    for record in records {
        let keys = match represent::value(eyes, related, field, record.fields()) {
            Value::Array(several) => several,
            Value::Null => Vec::new(),
            one => vec![one],
        };
        if keys.is_empty() {
            alone.push(told(record));
        }
        for key in keys {
            let (_, options) = groups.entry(eyes::shown(&key)).or_insert_with(|| (key, Vec::new()));
            options.push(told(record));
        }
    }
    groups.sort_by_cached_key(|_, (key, _)| rank(eyes, field, key));
    let mut all = Vec::new();
    if let Some(text) = choices.ungrouped.as_ref().filter(|_| !alone.is_empty()) {
        all.push(heading(text));
    }
    all.append(&mut alone);
    for (_, (key, mut options)) in groups {
        all.push(heading(&group_name(eyes, field, &key)));
        all.append(&mut options);
    }
    all
}

fn heading(text: &str) -> Value {
    json!({ "group": text, "disable": true })
}

/// Where a group stands: by the place of its record, or of its option.
fn rank(eyes: &Eyes<'_>, field: &Field, key: &Value) -> (u64, String) {
    let place = match &field.kind {
        Kind::Select { options, .. } => {
            options.iter().position(|(value, _)| eyes::same(value, key)).map_or(u64::MAX, |at| at as u64)
        }
        _ => {
            let found = field.related().and_then(|related| eyes.state.get(related, key));
            found.map_or(u64::MAX, |record| record.sequence())
        }
    };
    (place, eyes::shown(key))
}

/// What a group is called.
fn group_name(eyes: &Eyes<'_>, field: &Field, key: &Value) -> String {
    match &field.kind {
        Kind::Select { options, .. } => {
            let option = options.iter().find(|(value, _)| eyes::same(value, key));
            option.map_or_else(|| eyes::shown(key), |(_, label)| label.clone())
        }
        _ => {
            let related = field.related().and_then(|name| eyes.app.resources.get(name));
            let found = related.and_then(|related| Some((related, eyes.visible(related, key)?)));
            found.map_or_else(|| eyes::shown(key), |(related, record)| eyes.title(related, record.fields()))
        }
    }
}

/// A record as an option: what it is called, its second line where it has one, its key.
fn option(eyes: &Eyes<'_>, related: &Resource, choices: &Choices, record: &Record) -> Value {
    let fields = record.fields();
    let mut option = Map::new();
    let label = choices.label.as_ref().unwrap_or(&related.title);
    option.insert("label".to_owned(), eyes.text(label, related, fields).into());
    let second = choices.description.as_ref().or(related.description.as_ref());
    let second = second.map(|template| eyes.text(template, related, fields));
    if let Some(text) = second.filter(|text| !text.is_empty()) {
        option.insert("description".to_owned(), text.into());
    }
    option.insert("value".to_owned(), fields.get("id").cloned().unwrap_or_default());
    Value::Object(option)
}
