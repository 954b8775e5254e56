//! Single records.

use serde_json::{Value, json};

use super::actions::Answer;
use super::application::{App, Field, Resource};
use super::eyes::{Eyes, Fields};
use super::{metadata, place, prefer, refusal, represent};
use crate::action::ActionContext as Context;
use crate::generated::qore as g;

pub(super) fn show_record(app: &App, context: &mut Context<'_>, input: g::ShowRecordInput) -> Answer {
    let g::ShowRecordInput { resource, id, prefer } = input;
    let resource = place::resource(app, &resource)?;
    let me = place::account(context);
    let eyes = place::eyes(app, context, me.as_ref());
    if !resource.pages.detail {
        return Err(refusal::forbidden());
    }
    let record = place::record(context, resource, &id)?;
    let record = record.fields();
    if !eyes.may(&resource.view, resource, record) {
        return Err(refusal::forbidden());
    }
    let data = represent::some(&eyes, context.origin(), resource, record, |field| !field.hidden.detail);
    if prefer::minimal(prefer.as_deref()) {
        return Ok(json!({ "data": data }));
    }
    let shown = resource.fields.values().filter(|field| !field.hidden.detail);
    Ok(json!({
        "id": record.get("id"),
        "title": eyes.title(resource, record),
        "fields": shown.filter_map(|one| field(&eyes, resource, one, record, &data)).collect::<Vec<_>>(),
        "actions": metadata::actions(&eyes, resource, Some(record)),
        "data": data,
    }))
}

/// A field with its value, and under `display` what that is called where it is a key or an option. `None` for what is never
/// shown.
fn field(
    eyes: &Eyes<'_>,
    resource: &Resource,
    field: &Field,
    record: &Fields,
    data: &Fields,
) -> Option<Value> {
    let mut about = metadata::field(field);
    about.insert("value".to_owned(), data.get(&field.name)?.clone());
    if let Some(called) = represent::called(eyes, resource, field, record) {
        about.insert("display".to_owned(), called);
    }
    Some(Value::Object(about))
}
