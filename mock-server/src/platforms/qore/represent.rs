//! Records as answers tell them.

use serde_json::{Map, Value, json};

use super::application::{Field, Kind, Resource};
use super::eyes::{Eyes, Fields};

/// A record: its fields by name, to-one relations as a key, to-many relations as a list of keys, so that it can be sent
/// back. Passwords are never among them.
pub(super) fn data(eyes: &Eyes<'_>, origin: &str, resource: &Resource, record: &Fields) -> Value {
    let mut data = Map::new();
    data.insert("id".to_owned(), record.get("id").cloned().unwrap_or_default());
    for field in resource.fields.values() {
        if let Some(value) = shown(eyes, origin, resource, field, record) {
            data.insert(field.name.clone(), value);
        }
    }
    for name in ["created_at", "updated_at"] {
        data.insert(name.to_owned(), record.get(name).cloned().unwrap_or_default());
    }
    Value::Object(data)
}

/// A field's value as answers tell it; `None` for what is never shown.
pub(super) fn shown(
    eyes: &Eyes<'_>,
    origin: &str,
    resource: &Resource,
    field: &Field,
    record: &Fields,
) -> Option<Value> {
    let value = || eyes.path(resource, record, std::slice::from_ref(&field.name)).unwrap_or_default();
    match &field.kind {
        Kind::Password => None,
        Kind::Checkbox => Some(record.get(&field.name).cloned().unwrap_or(Value::Bool(false))),
        Kind::BelongsToMany { .. } => Some(record.get(&field.name).cloned().unwrap_or_else(|| json!([]))),
        Kind::File => Some(file(origin, &value())),
        _ => Some(value()),
    }
}

/// A stored file with where it can be read, as an absolute link; null for none.
fn file(origin: &str, stored: &Value) -> Value {
    let Value::Object(about) = stored else { return Value::Null };
    let path = about.get("path").and_then(Value::as_str).unwrap_or_default();
    let mut about = about.clone();
    about.insert("url".to_owned(), format!("{origin}/storage/{path}").into());
    Value::Object(about)
}
