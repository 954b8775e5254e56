//! What the history of rows says of a change.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::cell::Cell;
use super::cells::Kind;
use super::reader::Reader;
use super::scene::Scene;
use super::schema::Field;
use super::store::{Change, Row, RowStore};
use super::write::Written;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{key as id, text};

/// Notes what was written in the histories of the rows.
///
/// # Errors
/// None but `internal`.
pub(super) fn note(
    context: &mut ActionContext<'_>,
    table: u64,
    action_type: &str,
    written: &[Written],
) -> Result<(), Outcome> {
    let user = context.caller().map(|user| (id(user), text(user, "name").to_owned()));
    let at = context.now().0.saturating_mul(1000);
    let reader = Reader::new(context)?;
    let changes: Vec<_> = written
        .iter()
        .map(|one| {
            let mut change = Change {
                action_type: action_type.to_owned(),
                user: user.clone(),
                at,
                before: Map::new(),
                after: Map::new(),
                fields: Map::new(),
            };
            for (field, linked) in &one.named {
                compare(&reader, one, field, linked, &mut change);
            }
            (one.after.id, change)
        })
        // An update that changed nothing left no trace; making a row is a change in itself.
        .filter(|(_, change)| !(change.fields.is_empty() && action_type.starts_with("update")))
        .collect();
    let store: &mut RowStore = context.extension_mut()?;
    for (row, change) in changes {
        store.note(table, row, change);
    }
    Ok(())
}

/// Notes that rows were deleted.
pub(super) fn note_plain(
    context: &mut ActionContext<'_>,
    table: u64,
    action_type: &str,
    rows: &[u64],
) -> Result<(), Outcome> {
    let user = context.caller().map(|user| (id(user), text(user, "name").to_owned()));
    let at = context.now().0.saturating_mul(1000);
    let store: &mut RowStore = context.extension_mut()?;
    for row in rows {
        let empty = Map::new();
        let change = Change {
            action_type: action_type.to_owned(),
            user: user.clone(),
            at,
            before: empty.clone(),
            after: empty.clone(),
            fields: empty,
        };
        store.note(table, *row, change);
    }
    Ok(())
}

fn compare(
    reader: &Reader<'_, '_>,
    written: &Written,
    field: &Arc<Field>,
    linked: &[u64],
    change: &mut Change,
) {
    let is_link = matches!(field.kind, Kind::Link(_));
    let before = match &written.before {
        Some(_) if is_link => json!(linked),
        Some(before) => kept(field, before),
        None => Value::Null,
    };
    let after = match is_link {
        true => json!(reader.store().relations.linked(field.id, written.after.id).collect::<Vec<_>>()),
        false => kept(field, &written.after),
    };
    let nothing = |value: &Value| match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Object(_) => false,
    };
    if before == after || (written.before.is_none() && nothing(&after)) {
        return;
    }
    let key = field.key(false);
    change.fields.insert(key.clone(), metadata(reader, field, &[&before, &after]));
    change.before.insert(key.clone(), before);
    change.after.insert(key, after);
}

/// A cell as the history keeps it: by ids, and never a password.
fn kept(field: &Field, row: &Row) -> Value {
    match (row.cell(field.id), &field.kind) {
        (cell, Kind::Password) => Value::Bool(*cell != Cell::Empty),
        (Cell::Empty, Kind::Select(_) | Kind::File | Kind::Collaborators)
            if field.type_name != "single_select" =>
        {
            json!([])
        }
        (Cell::Empty, _) => Value::Null,
        (Cell::Text(text), _) => json!(&**text),
        (Cell::Number(number), _) => json!(number.to_plain_string()),
        (Cell::Whole(number), _) => json!(number),
        (Cell::Flag(flag), _) => json!(flag),
        (Cell::Day(day), _) => json!(day.to_string()),
        (Cell::Moment(moment), _) => json!(super::cells::show_moment(*moment)),
        #[allow(clippy::cast_precision_loss, reason = "durations are bounded")]
        (Cell::Duration(milliseconds), _) => json!(*milliseconds as f64 / 1000.0),
        (Cell::Choice(id) | Cell::User(id), _) => json!(id),
        (Cell::Ids(ids), _) => json!(&**ids),
        (Cell::Files(files), _) => {
            let one = |file: &super::cell::FileCell| json!({ "name": &*file.name, "visible_name": &*file.visible_name });
            files.iter().map(one).collect()
        }
        (Cell::Gathered(_) | Cell::Json(_), _) => Value::Null,
    }
}

/// What is needed to show old values of a field: its options, the names of the rows, people and options it held.
fn metadata(reader: &Reader<'_, '_>, field: &Field, values: &[&Value]) -> Value {
    let mut known = Map::new();
    known.insert("id".to_owned(), field.id.into());
    known.insert("type".to_owned(), json!(field.type_name));
    let ids: Vec<u64> = values.iter().flat_map(|value| ids_in(value)).collect();
    let named = |name: &dyn Fn(u64) -> Option<Value>| -> Map<String, Value> {
        ids.iter().filter_map(|id| Some((id.to_string(), name(*id)?))).collect()
    };
    match &field.kind {
        Kind::Select(_) => {
            let option = |id: u64| {
                let choice = field.choice(id)?;
                Some(json!({ "id": id, "value": choice.value, "color": choice.color }))
            };
            known.insert("select_options".to_owned(), named(&option).into());
        }
        Kind::Link(link) => {
            let schema = reader.schema(link.table);
            let row = |id: u64| {
                let row = reader.store().table(link.table).get_any(id)?;
                let text = super::show::name(reader, schema.as_deref()?, row);
                Some(json!({ "value": text }))
            };
            known.insert("linked_rows".to_owned(), named(&row).into());
            known.insert("primary_value".to_owned(), Value::Null);
            known.insert("linked_table_id".to_owned(), link.table.into());
            known.insert("linked_field_id".to_owned(), json!(link.related));
        }
        Kind::Collaborators => {
            let user = |id: u64| Some(json!({ "id": id, "name": reader.user(id)?.0 }));
            known.insert("collaborators".to_owned(), named(&user).into());
        }
        Kind::Number(_) | Kind::Date(_) | Kind::Duration(_) => {
            let own = field.options.iter().filter(|(name, _)| !name.ends_with("_default"));
            known.extend(own.map(|(name, value)| (name.clone(), value.clone())));
        }
        _ => {}
    }
    Value::Object(known)
}

fn ids_in(value: &Value) -> Vec<u64> {
    match value {
        Value::Array(all) => all.iter().filter_map(Value::as_u64).collect(),
        one => one.as_u64().into_iter().collect(),
    }
}
