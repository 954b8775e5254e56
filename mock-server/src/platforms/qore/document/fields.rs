//! The schemas of fields: as they are sent, and as they are shown.

use serde_json::{Value, json};

use super::manner::{Key, Manner};
use super::rules::{self, Schema};
use crate::platforms::qore::application::{App, Field, Kind, OnDelete, Resource};

/// A schema of that text.
macro_rules! schema {
    ($($json:tt)+) => {
        match serde_json::json!($($json)+) {
            serde_json::Value::Object(members) => members,
            _ => serde_json::Map::new(),
        }
    };
}
pub(super) use schema;

/// What a field is sent as in JSON; `None` for what nobody sends, or not in JSON.
pub(super) fn sent(app: &App, manner: &Manner, field: &Field) -> Option<Schema> {
    let mut schema = match &field.kind {
        Kind::Sequence(_) | Kind::HasMany { .. } | Kind::File => return None,
        _ if field.readonly => return None,
        kind => bare(app, manner, kind)?,
    };
    rules::apply(field, &mut schema);
    if manner.documented {
        // That no other value is known to fit is for those who make them up.
        schema.remove("default");
    }
    if matches!(field.kind, Kind::Select { .. }) && field.has_rule("exists") {
        open(&mut schema);
    }
    if let (Kind::Number(Some(digits)), false) = (&field.kind, schema.contains_key("multipleOf"))
        && *digits > 0
    {
        schema.insert("multipleOf".to_owned(), json!(step(*digits)));
    }
    let required = field.has_rule("required");
    if required && schema.get("type") == Some(&json!("string")) && !schema.contains_key("minLength") {
        schema.insert("minLength".to_owned(), json!(1));
    }
    if required && schema.get("type") == Some(&json!("array")) && !schema.contains_key("minItems") {
        schema.insert("minItems".to_owned(), json!(1));
    }
    if !manner.documented {
        days(&mut schema);
        if schema.contains_key("items") {
            // To PHP an object is a list, too.
            schema.remove("type");
        }
    }
    if !required && !matches!(field.kind, Kind::Checkbox) {
        nullable(&mut schema);
    }
    example(field, &mut schema, manner);
    titled(field, &mut schema);
    Some(schema)
}

/// What a field is shown as; `None` for what never is, or of which it is not known how.
pub(super) fn shown(app: &App, manner: &Manner, field: &Field) -> Option<Schema> {
    if !manner.is_plain(field) {
        return None;
    }
    let mut schema = match &field.kind {
        Kind::Password => return None,
        Kind::Sequence(_) => schema!({ "type": "string" }),
        Kind::File if manner.documented => {
            let member = || json!({ "type": "string", "nullable": true });
            schema!({ "type": "object", "properties": { "name": member(), "url": member() }, "additionalProperties": true })
        }
        Kind::File => return None,
        Kind::HasMany { resource, .. } => {
            schema!({ "type": "array", "items": key_of(app, manner, resource)? })
        }
        kind => bare(app, manner, kind)?,
    };
    // What actions answer with need not be what forms take.
    schema.remove("enum");
    if let Some(Value::Object(items)) = schema.get_mut("items") {
        items.remove("enum");
    }
    nullable(&mut schema);
    titled(field, &mut schema);
    Some(schema)
}

/// What a kind of field holds, whatever its rules.
pub(super) fn bare(app: &App, manner: &Manner, kind: &Kind) -> Option<Schema> {
    Some(match kind {
        Kind::Text | Kind::Textarea | Kind::Sequence(_) => schema!({ "type": "string" }),
        Kind::Email => schema!({ "type": "string", "format": "email" }),
        Kind::Url => schema!({ "type": "string", "format": "uri" }),
        Kind::Password => schema!({ "type": "string", "format": "password", "writeOnly": true }),
        Kind::Number(Some(0)) => schema!({ "type": "integer" }),
        // Quarters are what the suite tells numbers apart by.
        Kind::Number(Some(digits)) if *digits == 1 || manner.documented => {
            schema!({ "type": "number", "multipleOf": step(*digits) })
        }
        Kind::Number(_) => schema!({ "type": "number" }),
        Kind::Checkbox => schema!({ "type": "boolean" }),
        Kind::Date => schema!({ "type": "string", "format": "date" }),
        Kind::Datetime => schema!({ "type": "string", "format": "date-time" }),
        Kind::Select { options, multiple } => {
            let values: Vec<&Value> = options.iter().map(|(value, _)| value).collect();
            let one = if values.iter().all(|value| value.is_string()) {
                schema!({ "type": "string", "enum": values })
            } else {
                schema!({ "enum": values })
            };
            if *multiple { schema!({ "type": "array", "items": one }) } else { one }
        }
        Kind::BelongsTo { resource, .. } => key_of(app, manner, resource)?,
        Kind::BelongsToMany { resource, .. } => {
            schema!({ "type": "array", "items": key_of(app, manner, resource)? })
        }
        Kind::HasMany { resource, .. } => {
            schema!({ "type": "array", "items": key_of(app, manner, resource)? })
        }
        Kind::File => schema!({ "type": "string", "format": "binary" }),
    })
}

/// The smallest difference of numbers with that many decimals.
fn step(digits: u8) -> f64 {
    format!("1e-{digits}").parse().unwrap_or(1.0)
}

/// A key of another resource.
fn key_of(app: &App, manner: &Manner, resource: &str) -> Option<Schema> {
    app.resources.get(resource).map(|resource| key(manner, resource))
}

/// What keys of a resource are.
pub(super) fn key(manner: &Manner, resource: &Resource) -> Schema {
    match manner.key(resource) {
        Key::Number => schema!({ "type": "integer", "minimum": 1 }),
        Key::Uuid => schema!({ "type": "string", "format": "uuid" }),
        Key::Unknown => schema!({ "anyOf": [ { "type": "integer" }, { "type": "string" } ] }),
    }
}

/// Makes a schema one that refers to another resource's records; what becomes of it when such a record goes, only a file tells.
pub(super) fn refer(field: &Field, schema: &mut Schema, manner: &Manner, stored: bool) {
    let (to, on_delete) = match &field.kind {
        Kind::BelongsTo { resource, on_delete, .. } => (resource, *on_delete),
        Kind::BelongsToMany { resource, .. } => (resource, OnDelete::Clear),
        _ => return,
    };
    if stored && !manner.declared {
        return;
    }
    let word = match on_delete {
        OnDelete::Restrict => "restrict",
        OnDelete::Cascade => "cascade",
        OnDelete::Clear => "clear",
    };
    let reference = if stored { json!({ "to": to, "on-delete": word }) } else { json!(to) };
    let into = match schema.get_mut("items") {
        Some(Value::Object(items)) => items,
        _ => schema,
    };
    into.insert("x-ref".to_owned(), reference);
}

/// Days and times as they can certainly be written: which others are understood is a framework's business.
fn days(schema: &mut Schema) {
    let day = "^20[0-3][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])";
    let pattern = match schema.get("format").and_then(Value::as_str) {
        Some("date") => format!("{day}$"),
        Some("date-time") => format!("{day}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$"),
        _ => return,
    };
    schema.remove("format");
    schema.insert("pattern".to_owned(), json!(pattern));
}

/// Keys of records of which nobody knows where they are kept: there will be others than those that could be chosen when they were asked for.
fn open(schema: &mut Schema) {
    let one = match schema.get_mut("items") {
        Some(Value::Object(items)) => items,
        _ => schema,
    };
    let known = one.remove("enum").and_then(|values| values.get(0).cloned());
    if let Some(value) = known {
        one.insert("example".to_owned(), value.clone());
        one.insert("default".to_owned(), value);
    }
}

fn nullable(schema: &mut Schema) {
    schema.insert("nullable".to_owned(), json!(true));
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.push(Value::Null);
    }
}

/// What a person calls it.
fn titled(field: &Field, schema: &mut Schema) {
    schema.insert("title".to_owned(), json!(field.label));
    if let Kind::Select { options, .. } = &field.kind {
        let told: Vec<String> = options
            .iter()
            .filter(|(value, label)| value.as_str() != Some(label))
            .map(|(value, label)| {
                format!("`{}` is {label}", value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            })
            .collect();
        if !told.is_empty() {
            schema.insert("description".to_owned(), json!(format!("{}.", told.join(", "))));
        }
    }
}

/// A value that fits whatever else is sent, where a rule compares the field with others.
fn example(field: &Field, schema: &mut Schema, manner: &Manner) {
    let rule = |names: &[&str]| field.rules.iter().any(|rule| names.contains(&rule.name.as_str()));
    let day = if rule(&["after", "after_or_equal"]) {
        "2039-12-28"
    } else if rule(&["before", "before_or_equal"]) {
        "2000-01-01"
    } else {
        return;
    };
    let value = match field.kind {
        Kind::Date => json!(day),
        Kind::Datetime => json!(format!("{day}T00:00:00Z")),
        _ => return,
    };
    schema.insert("example".to_owned(), value.clone());
    if !manner.documented {
        // An example that is the default: no other is known to fit.
        schema.insert("default".to_owned(), value);
    }
}
