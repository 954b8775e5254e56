//! Reading the log of a record.

use serde_json::{Map, Value, json};

use super::{LOGS, entity};
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::platforms::qore::actions::Answer;
use crate::platforms::qore::application::App;
use crate::platforms::qore::{place, refusal};
use crate::platforms::reading::value;
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
        // Of a record that is gone there is nothing left that a condition could be asked of.
        None => eyes.may_at_all(&resource.view),
    };
    if !may {
        return Err(refusal::forbidden());
    }
    let told = |entry: &Record| {
        MEMBERS.iter().map(|name| ((*name).to_owned(), value(entry, name))).collect::<Map<String, Value>>()
    };
    let data: Vec<_> = entries.iter().rev().map(told).collect();
    Ok(json!({ "data": data }))
}
