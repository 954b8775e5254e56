//! Rows that the visitors of forms make.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::rows::reader::Reader;
use crate::platforms::baserow::rows::schema::Schema;
use crate::platforms::baserow::rows::{body, operations};

/// A field that a form asks for.
#[derive(Clone, Debug)]
pub(in crate::platforms::baserow) struct Asked {
    pub(in crate::platforms::baserow) field: u64,
    pub(in crate::platforms::baserow) required: bool,
    /// The select options that can be chosen; `None` for all.
    pub(in crate::platforms::baserow) only: Option<Vec<u64>>,
}

/// Adds a row with the cells that the request's body has for the fields that are asked for; gives its id.
///
/// # Errors
/// `invalid` for cells that break a rule, and for those that are required and empty.
pub(in crate::platforms::baserow) fn submit(
    context: &mut ActionContext<'_>,
    table: u64,
    asked: &[Asked],
) -> Result<u64, Outcome> {
    let body = context.inputs().body.clone().unwrap_or_else(|| json!({}));
    let cells = {
        let reader = Reader::new(context)?;
        let all = reader.fields(table)?;
        let is_asked = |id: u64| asked.iter().any(|one| one.field == id);
        let fields = all.fields.iter().filter(|field| is_asked(field.id)).map(Arc::clone).collect();
        let read = body::read_row(&reader, &Schema { table, fields }, &body, false);
        let missing = missing(&body, asked);
        match read {
            Ok(cells) if missing.is_empty() => cells,
            Ok(_) => return Err(Outcome::new("invalid", "").data(Value::Object(missing))),
            Err(outcome) => return Err(with(outcome, missing)),
        }
    };
    let ids = operations::add(context, table, vec![cells], None, "create_row")?;
    Ok(ids.first().copied().unwrap_or_default())
}

/// What is wrong with a cell tells more than that it is required.
fn with(outcome: Outcome, mut missing: Map<String, Value>) -> Outcome {
    match &*outcome.data {
        Value::Object(wrong) => {
            missing.extend(wrong.clone());
            outcome.data(Value::Object(missing))
        }
        _ => outcome,
    }
}

/// Fields that are required and have no answer, or one that cannot be chosen.
fn missing(body: &Value, asked: &[Asked]) -> Map<String, Value> {
    let mut faults = Map::new();
    for one in asked.iter().filter(|one| one.required) {
        let key = format!("field_{}", one.field);
        let value = body.get(&key);
        let fault = if value.is_none_or(is_empty) {
            json!({ "error": "This field is required.", "code": "required" })
        } else if let Some(other) = one.only.as_ref().and_then(|only| not_among(value, only)) {
            json!({ "error": format!("The select option {other} cannot be chosen here."), "code": "invalid" })
        } else {
            continue;
        };
        faults.insert(key, json!([fault]));
    }
    faults
}

/// What counts as no answer: false does, too.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        _ => false,
    }
}

/// The first of the chosen options that is none of these.
fn not_among<'v>(value: Option<&'v Value>, only: &[u64]) -> Option<&'v Value> {
    let chosen = match value? {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    chosen.iter().find(|one| !one.as_u64().is_some_and(|id| only.contains(&id)))
}
