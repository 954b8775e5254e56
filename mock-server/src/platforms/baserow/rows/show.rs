//! Rows as answers have them.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::scene::Scene;
use super::schema::{Field, Schema};
use super::store::Row;

/// A row with the cells of these fields.
pub(super) fn row(scene: &dyn Scene, fields: &[Arc<Field>], row: &Row, names: bool) -> Value {
    let mut shown = Map::with_capacity(fields.len() + 2);
    shown.insert("id".to_owned(), row.id.into());
    shown.insert("order".to_owned(), row.order.to_string().into());
    for field in fields {
        shown.insert(field.key(names), field.show(scene, row));
    }
    Value::Object(shown)
}

/// The text of a row's primary cell; empty where it is, or there is none.
pub(super) fn name(scene: &dyn Scene, schema: &Schema, row: &Row) -> String {
    schema.primary().map(|field| field.text(scene, row)).unwrap_or_default()
}

/// Rows as several of them are answered at once.
pub(super) fn items(scene: &dyn Scene, fields: &[Arc<Field>], rows: &[&Row], names: bool) -> Value {
    json!({ "items": rows.iter().map(|one| row(scene, fields, one, names)).collect::<Vec<_>>() })
}
