//! Reading the log of a record.

use serde_json::{Map, Value, json};

use super::{LOGS, WAS, entity};
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::platforms::qore::actions::Answer;
use crate::platforms::qore::application::{App, Resource};
use crate::platforms::qore::eyes::Eyes;
use crate::platforms::qore::{place, refusal};
use crate::platforms::reading::{text, value};
use crate::state::Record;

/// The members of an entry, in the order in which they are told.
const MEMBERS: [&str; 10] = [
    "id",
    "entity_type",
    "entity_id",
    "user_id",
    "description",
    "field",
    "value_old",
    "value_new",
    "payload",
    "created_at",
];

pub(in super::super) fn list_logs(app: &App, context: &mut Context<'_>, input: g::ListLogsInput) -> Answer {
    let resource = place::resource(app, &input.resource)?;
    let missing = || refusal::no_record(&resource.name, &input.id);
    let key = place::key(resource, &input.id).ok_or_else(missing)?;
    let me = place::account(context);
    let eyes = place::eyes(app, context, me.as_ref());
    let record = context.get(&resource.name, &key)?;
    let entries = context.all(LOGS, &[("entity", &entity(&resource.name, &key).into())])?;
    let may = match &record {
        Some(record) => eyes.may(&resource.view, resource, record.fields()),
        None if entries.is_empty() => return Err(missing()),
        None => {
            let was = entries.iter().rev().find_map(|entry| entry.get(WAS)?.as_object());
            match was {
                Some(was) => eyes.may(&resource.view, resource, was),
                None => eyes.may_always(&resource.view),
            }
        }
    };
    if !may {
        return Err(refusal::forbidden());
    }
    let told = |entry: &Record| {
        MEMBERS.iter().map(|name| ((*name).to_owned(), value(entry, name))).collect::<Map<String, Value>>()
    };
    let data: Vec<_> =
        entries.iter().rev().filter(|entry| is_told(&eyes, resource, entry)).map(told).collect();
    Ok(json!({ "data": data }))
}

/// Whether an entry may be told: not of fields that the record's page hides, nor of links with records that the caller may
/// not view.
fn is_told(eyes: &Eyes<'_>, resource: &Resource, entry: &Record) -> bool {
    let field = resource.fields.get(text(entry, "field"));
    if field.is_some_and(|field| field.hidden.detail) {
        return false;
    }
    let with = entry.get("payload").and_then(|payload| payload.get("resource")?.as_str());
    let Some(with) = with.and_then(|name| eyes.app.resources.get(name)) else { return true };
    let key =
        ["value_new", "value_old"].into_iter().filter_map(|end| entry.get(end)).find(|key| !key.is_null());
    key.is_none_or(|key| eyes.state.get(&with.name, key).is_none() || eyes.visible(with, key).is_some())
}
