//! Records as answers tell them.

use serde_json::{Map, Value, json};

use super::application::{Field, Kind, Resource};
use super::eyes::{self, Eyes, Fields};

/// A record: those of its fields that are wanted by name, to-one relations as a key, to-many relations as a list of the keys
/// that the caller may view, so that it can be sent back. Passwords are never among them.
pub(super) fn some(
    eyes: &Eyes<'_>,
    origin: &str,
    resource: &Resource,
    record: &Fields,
    wanted: impl Fn(&Field) -> bool,
) -> Fields {
    let mut data = Map::new();
    data.insert("id".to_owned(), record.get("id").cloned().unwrap_or_default());
    for field in resource.fields.values().filter(|field| wanted(field)) {
        if let Some(value) = shown(eyes, origin, resource, field, record) {
            data.insert(field.name.clone(), value);
        }
    }
    for name in ["created_at", "updated_at"] {
        data.insert(name.to_owned(), record.get(name).cloned().unwrap_or_default());
    }
    data
}

/// A field's value as answers tell it; `None` for what is never shown.
pub(super) fn shown(
    eyes: &Eyes<'_>,
    origin: &str,
    resource: &Resource,
    field: &Field,
    record: &Fields,
) -> Option<Value> {
    let value = || value(eyes, resource, field, record);
    match &field.kind {
        Kind::Password => None,
        Kind::Checkbox => Some(record.get(&field.name).cloned().unwrap_or(Value::Bool(false))),
        Kind::BelongsToMany { .. } => {
            Some(Some(value()).filter(Value::is_array).unwrap_or_else(|| json!([])))
        }
        Kind::File => Some(file(origin, &value())),
        _ => Some(value()),
    }
}

/// A field's value: what is stored, or the keys of those that refer to the record; of several related records those that
/// the caller may view.
pub(super) fn value(eyes: &Eyes<'_>, resource: &Resource, field: &Field, record: &Fields) -> Value {
    eyes.seen(resource, record, std::slice::from_ref(&field.name)).unwrap_or_default()
}

/// What the keys or options that a field holds are called: a text, or a list of texts where there are several. `None` for
/// fields that hold neither. Records that the caller may not see have no name.
pub(super) fn called(eyes: &Eyes<'_>, resource: &Resource, field: &Field, record: &Fields) -> Option<Value> {
    let name: Box<dyn Fn(&Value) -> Value> = match &field.kind {
        Kind::Select { options, .. } => Box::new(|value| {
            let option = options.iter().find(|(own, _)| eyes::same(own, value));
            option.map_or_else(|| value.clone(), |(_, label)| label.as_str().into())
        }),
        _ => {
            let related = eyes.app.resources.get(field.related()?)?;
            Box::new(|key| eyes.visible(related, key).map(|found| eyes.title(related, found.fields())).into())
        }
    };
    Some(match value(eyes, resource, field, record) {
        Value::Null => Value::Null,
        Value::Array(several) => several.iter().map(name).collect(),
        one => name(&one),
    })
}

/// A field's value as people read it: names of related records and options, the name of a file; never a password.
pub(super) fn text(eyes: &Eyes<'_>, resource: &Resource, field: &Field, record: &Fields) -> String {
    match &field.kind {
        Kind::Password => String::new(),
        Kind::File => {
            eyes::shown(record.get(&field.name).and_then(|file| file.get("name")).unwrap_or(&Value::Null))
        }
        _ => {
            let called = called(eyes, resource, field, record);
            eyes::shown(&called.unwrap_or_else(|| value(eyes, resource, field, record)))
        }
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
