//! What an application adds to the document that its server runs: collections for its resources, and its first state.

use serde_json::{Map, Value, json};
use tercet_spec::Document;

use super::{App, Field, Kind, OnDelete, Resource};

/// The application as an overlay of the platform's document.
pub(crate) fn overlay(app: &App) -> Document {
    let mut collections = Map::new();
    let mut schemas = Map::new();
    for resource in app.resources.values() {
        let name = schema_name(resource);
        collections.insert(resource.name.clone(), collection(resource, &name));
        schemas.insert(name, schema(resource));
    }
    let tokens: Vec<Value> = app
        .tokens
        .iter()
        .map(|token| {
            json!({ "device_name": quoted(&token.device_name.as_str().into()), "token": token.token, "user": token.user, "expires_at": token.expires_at })
        })
        .collect();
    let accounts = &app.accounts.resource;
    let user = json!({ "x-ref": { "to": accounts, "on-delete": "cascade" } });
    Document::from_value(
        "the application",
        &json!({
            "overlay": "1.0.0",
            "info": { "title": app.name, "version": "1" },
            "actions": [
                { "target": "$.info", "update": { "title": app.name } },
                { "target": "$['x-collections']", "update": collections },
                { "target": "$['x-collections'].api_tokens", "update": { "seed": tokens } },
                { "target": "$.components.schemas", "update": schemas },
                // It is told by reference, beside which nothing else counts.
                { "target": "$.components.schemas.ApiTokenRecord.properties.user", "remove": true },
                { "target": "$.components.schemas.ApiTokenRecord.properties", "update": { "user": user } },
                {
                    "target": "$.components.securitySchemes.bearer['x-credential']",
                    // A token of nobody lets nobody in.
                    "update": { "caller": "$record.user", "where": { "user": { "present": true } } },
                },
            ],
        }),
    )
}

/// The component that describes a resource's records.
fn schema_name(resource: &Resource) -> String {
    format!("{}.record", resource.name)
}

fn collection(resource: &Resource, schema: &str) -> Value {
    let unique: Vec<&str> =
        resource.fields.values().filter(|field| field.is_unique()).map(|field| field.name.as_str()).collect();
    let folded: Vec<&str> = resource
        .fields
        .values()
        .filter(|field| {
            field.is_unique() && matches!(field.kind, Kind::Text | Kind::Textarea | Kind::Email | Kind::Url)
        })
        .map(|field| field.name.as_str())
        .collect();
    let record = |fields: &Map<String, Value>| -> Value {
        fields.iter().map(|(name, value)| (name.clone(), quoted(value))).collect()
    };
    let seed: Vec<Value> = resource.records.iter().map(record).collect();
    json!({ "schema": schema, "unique": unique, "ignore-case": folded, "seed": seed })
}

/// A value as the vocabulary writes it, in which a text that begins with `$` is an expression.
fn quoted(value: &Value) -> Value {
    match value {
        Value::String(text) if text.starts_with('$') => format!("${text}").into(),
        Value::Array(members) => members.iter().map(quoted).collect(),
        other => other.clone(),
    }
}

fn schema(resource: &Resource) -> Value {
    let key = if resource.uuid {
        json!({ "type": "string", "x-assign": "uuid" })
    } else {
        json!({ "type": "integer", "x-assign": "sequence" })
    };
    let mut properties = Map::new();
    properties.insert("id".to_owned(), key);
    for field in resource.fields.values() {
        if let Some(property) = property(field) {
            properties.insert(field.name.clone(), property);
        }
    }
    properties.insert("created_at".to_owned(), json!({ "type": "string", "x-assign": "now" }));
    properties.insert(
        "updated_at".to_owned(),
        json!({ "type": "string", "x-assign": { "value": "now", "at": [ "created", "updated" ] } }),
    );
    json!({ "type": "object", "required": ["id"], "properties": properties })
}

/// How a field is stored; `None` for what is not.
fn property(field: &Field) -> Option<Value> {
    Some(match &field.kind {
        Kind::HasMany { .. } => return None,
        Kind::Password => json!({ "type": "string", "nullable": true, "writeOnly": true }),
        Kind::Checkbox => json!({ "type": "boolean", "default": false }),
        Kind::BelongsTo { resource, on_delete, .. } => {
            let on_delete = match on_delete {
                OnDelete::Restrict => "restrict",
                OnDelete::Cascade => "cascade",
                OnDelete::Clear => "clear",
            };
            json!({ "nullable": true, "x-ref": { "to": resource, "on-delete": on_delete } })
        }
        Kind::BelongsToMany { resource, .. } => json!({
            "type": "array", "default": [], "items": { "x-ref": { "to": resource, "on-delete": "clear" } },
        }),
        Kind::Select { multiple: true, .. } => json!({ "type": "array", "items": {}, "default": [] }),
        _ => json!({ "nullable": true }),
    })
}
