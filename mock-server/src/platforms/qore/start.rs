//! What the records of the start still lack when the server begins: hashes of passwords, numbers that the application makes, and
//! what is only known then.

use serde_json::{Map, Value};

use super::application::{App, Field, Given, Kind, Resource};
use super::writing::{hashed, next_in_sequence};
use super::{eyes, place};
use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::state::Record;

/// Completes the records that came with the application's file, in their order.
///
/// # Errors
/// `internal`
pub(super) fn seed(app: &App, context: &mut Context<'_>) -> Result<(), Outcome> {
    for resource in app.resources.values() {
        let records: Vec<Record> = context.state().records(&resource.name).cloned().collect();
        for record in records {
            let mut fields = record.fields().clone();
            let mut changes = Map::new();
            for field in resource.fields.values() {
                if let Some(value) = completed(app, context, resource, field, &fields)? {
                    fields.insert(field.name.clone(), value.clone());
                    changes.insert(field.name.clone(), value);
                }
            }
            if !changes.is_empty() {
                context.set(&record, changes.into())?;
            }
        }
    }
    Ok(())
}

/// What a field is to hold; `None` where it stays what it is.
fn completed(
    app: &App,
    context: &mut Context<'_>,
    resource: &Resource,
    field: &Field,
    record: &eyes::Fields,
) -> Result<Option<Value>, Outcome> {
    let value = record.get(&field.name).unwrap_or(&Value::Null);
    match (&field.kind, value) {
        (Kind::Password, Value::String(plain)) => hashed(context, plain).map(Some),
        (Kind::Sequence(template), Value::Null) => {
            next_in_sequence(app, context, None, (resource, &field.name, template), record).map(Some)
        }
        (_, Value::Null) => {
            let known = field.default.as_ref().filter(|given| matches!(given, Given::Today | Given::Now));
            let eyes = place::eyes(app, context, None);
            Ok(known.and_then(|given| eyes.given(given, resource, record)))
        }
        _ => Ok(None),
    }
}
