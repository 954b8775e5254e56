//! Cells in a body: which fields it names, and what is wrong with them.

use serde_json::{Map, Value, json};

use super::cells::Kind;
use super::fault::Fault;
use super::scene::Scene;
use super::schema::Schema;
use super::write::Cells;
use crate::outcome::Outcome;

/// What is wrong with one row's cells.
#[derive(Debug, Default)]
struct Wrong {
    /// By field, as answers have it.
    rules: Map<String, Value>,
    /// The first cell that is well formed and means nothing.
    meaning: Option<String>,
}

/// The cells that a body gives a row.
///
/// # Errors
/// `invalid` with details by field.
pub(super) fn read_row(
    scene: &dyn Scene,
    schema: &Schema,
    body: &Value,
    names: bool,
) -> Result<Cells, Outcome> {
    let Value::Object(members) = body else { return Err(invalid(no_object())) };
    let (cells, wrong) = read(scene, schema, members, names);
    match wrong {
        Wrong { rules, .. } if !rules.is_empty() => Err(invalid(rules.into())),
        Wrong { meaning: Some(sentence), .. } => Err(invalid(sentence.into())),
        Wrong { .. } => Ok(cells),
    }
}

/// The cells that the elements of `items` give their rows; `with_ids` when each has to name its row, too.
///
/// # Errors
/// `invalid` with details by place and field.
pub(super) fn read_rows(
    scene: &dyn Scene,
    schema: &Schema,
    items: &[Value],
    names: bool,
    with_ids: bool,
) -> Result<Vec<(u64, Cells)>, Outcome> {
    let mut rules = Map::new();
    let mut meaning = None;
    let mut rows = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        let Value::Object(members) = item else {
            rules.insert(place.to_string(), no_object());
            continue;
        };
        let (cells, mut wrong) = read(scene, schema, members, names);
        let id = if with_ids { read_id(members, &mut wrong.rules) } else { 0 };
        if !wrong.rules.is_empty() {
            rules.insert(place.to_string(), wrong.rules.into());
        }
        meaning = meaning.or(wrong.meaning);
        rows.push((id, cells));
    }
    match meaning {
        _ if !rules.is_empty() => Err(invalid(json!({ "items": rules }))),
        Some(sentence) => Err(invalid(sentence.into())),
        None => Ok(rows),
    }
}

/// facts: baserow 2.2: a missing `id` has the code `invalid`, too
fn read_id(members: &Map<String, Value>, rules: &mut Map<String, Value>) -> u64 {
    let fault = match members.get("id") {
        None => Fault::rule("This field is required.", "invalid"),
        Some(Value::Null) => Fault::null(),
        Some(Value::Number(number)) if number.is_u64() || number.is_i64() => {
            return number.as_u64().unwrap_or(0);
        }
        Some(Value::String(text)) if text.trim().parse::<i64>().is_ok() => {
            return text.trim().parse().unwrap_or(0);
        }
        Some(_) => Fault::rule("A valid integer is required.", "invalid"),
    };
    rules.insert("id".to_owned(), fault.details());
    0
}

fn read(scene: &dyn Scene, schema: &Schema, members: &Map<String, Value>, names: bool) -> (Cells, Wrong) {
    let mut wrong = Wrong::default();
    let mut cells = Cells::new();
    for field in &schema.fields {
        let key = field.key(names);
        let Some(value) = members.get(&key) else { continue };
        // A password is shown as `true`; sent back, that means no other one.
        if matches!(field.kind, Kind::Password) && *value == Value::Bool(true) {
            continue;
        }
        match field.kind.cells().accept(scene, field, value) {
            Ok(cell) => cells.push((field.clone(), cell)),
            Err(Fault::Meaning(sentence)) => wrong.meaning = wrong.meaning.or(Some(sentence)),
            Err(fault) => drop(wrong.rules.insert(key, fault.details())),
        }
    }
    (cells, wrong)
}

fn no_object() -> Value {
    json!({ "non_field_errors": Fault::rule("An object is expected here.", "invalid").details() })
}

pub(super) fn invalid(details: Value) -> Outcome {
    Outcome::new("invalid", "").data(details)
}
