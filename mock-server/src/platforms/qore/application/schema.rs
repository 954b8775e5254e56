//! The JSON Schema of the file for editors: what serde reads, and whatever else of the reader's demands a schema can express. The
//! reader itself goes by the shapes alone, so that its messages are its own.

use serde_json::{Map, Value, json};

use super::app::{DELETE, OWN_FIELDS};
use super::raw::RawApplication;

/// A name that stands in paths; see `is_name` of the reader.
const NAME: &str = "^[A-Za-z][A-Za-z0-9_-]*$";
/// A name that stands in expressions.
const FIELD: &str = "^[A-Za-z][A-Za-z0-9_]*$";
/// A path of fields, or a word that joins conditions.
const PATH: &str = r"^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*$";
/// What tells tokens from other texts.
const TOKEN: &str = r"^[1-9][0-9]*\|[A-Za-z0-9]{40,}$";
/// A day, or a time in RFC 3339.
const TIME: &str = r"^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2}))?$";
/// Rules as Laravel writes them, each with what stands behind its colon.
const RULES: &str = r"^\s*[a-z_]+(:[^|]*)?(\s*\|\s*[a-z_]+(:[^|]*)?)*\s*$";
const RULE: &str = r"^\s*[a-z_]+(:.*)?\s*$";

/// Which keys only some types have, and which of these each needs.
const TYPED: [(&str, &[&str], &[&str]); 15] = [
    ("text", &[], &[]),
    ("textarea", &[], &[]),
    ("email", &[], &[]),
    ("url", &[], &[]),
    ("password", &[], &[]),
    ("number", &["precision"], &[]),
    ("checkbox", &[], &[]),
    ("date", &[], &[]),
    ("datetime", &[], &[]),
    ("select", &["options", "multiple"], &["options"]),
    ("belongs-to", &["resource", "on-delete", "choices"], &["resource"]),
    ("belongs-to-many", &["resource", "choices"], &["resource"]),
    ("has-many", &["resource", "by"], &["resource", "by"]),
    ("file", &[], &[]),
    ("sequence", &["format"], &["format"]),
];

/// The keys of which each belongs to some types only.
const FOREIGN: [&str; 8] =
    ["precision", "options", "multiple", "resource", "on-delete", "choices", "by", "format"];

/// The schema.
pub(super) fn strict() -> Value {
    let mut schema = schemars::schema_for!(RawApplication).to_value();
    // Names of collections that the document has itself are taken.
    let taken = json!({ "pattern": NAME, "not": { "enum": super::reading::TAKEN } });
    let own = json!({ "pattern": FIELD, "not": { "enum": OWN_FIELDS } });
    let action = json!({ "pattern": NAME, "not": { "const": DELETE } });
    for (place, key, value) in [
        ("/properties/resources", "minProperties", json!(1)),
        ("/properties/resources", "propertyNames", taken),
        ("/$defs/RawResource/properties/fields", "propertyNames", own),
        ("/$defs/RawResource/properties/tables", "propertyNames", json!({ "pattern": NAME })),
        ("/$defs/RawResource/properties/actions", "propertyNames", action),
        ("/$defs/RawAction/properties/form", "propertyNames", json!({ "pattern": FIELD })),
        ("/$defs/RawToken/properties/token", "pattern", json!(TOKEN)),
        ("/$defs/RawToken/properties/expires_at", "pattern", json!(TIME)),
        ("/$defs/RawField/properties/precision", "maximum", json!(15)),
        ("/$defs/RawRules/anyOf/0", "pattern", json!(RULES)),
        ("/$defs/RawRules/anyOf/1/items", "pattern", json!(RULE)),
        ("/$defs/RawOptions/anyOf/0", "minItems", json!(1)),
        ("/$defs/RawOptions/anyOf/0", "uniqueItems", json!(true)),
        ("/$defs/RawOptions/anyOf/0", "items", json!({ "type": ["string", "number"] })),
        ("/$defs/RawOptions/anyOf/1", "minProperties", json!(1)),
        ("/$defs/RawChoices", "dependentRequired", json!({ "ungrouped": ["group-by"] })),
        ("/$defs/RawField", "allOf", types()),
    ] {
        add(&mut schema, place, key, value);
    }
    for (definition, key) in [
        ("RawChoices", "where"),
        ("RawTable", "where"),
        ("RawTab", "where"),
        ("RawGrant", "where"),
        ("RawAction", "when"),
    ] {
        let place = format!("/$defs/{definition}/properties");
        let said = schema.pointer(&format!("{place}/{key}/description")).cloned();
        let any =
            json!({ "anyOf": [{ "$ref": "#/$defs/Condition" }, { "type": "null" }], "description": said });
        add(&mut schema, &place, key, any);
    }
    let records = "/$defs/RawResource/properties/records/items";
    add(&mut schema, records, "propertyNames", json!({ "pattern": FIELD }));
    add(&mut schema, "/$defs", "Condition", condition());
    add(&mut schema, "/$defs", "Test", test());
    schema
}

/// Adds a keyword to a part of the schema; a test knows whether all parts are there.
fn add(schema: &mut Value, place: &str, key: &str, value: Value) {
    let part = schema.pointer_mut(place).and_then(Value::as_object_mut);
    debug_assert!(part.is_some(), "the schema has no {place}");
    if let Some(part) = part {
        part.insert(key.to_owned(), value);
    }
}

/// What each type of fields needs, and what it cannot have.
fn types() -> Value {
    let of_type = |(kind, own, needed): &(&str, &[&str], &[&str])| {
        let mut then = Map::new();
        for key in FOREIGN.iter().filter(|key| !own.contains(key)) {
            then.insert((*key).to_owned(), Value::Bool(false));
        }
        for key in needed.iter() {
            then.insert((*key).to_owned(), json!({ "not": { "type": "null" } }));
        }
        if let Some(default) = default(kind) {
            then.insert("default".to_owned(), default);
        }
        if *kind == "password" {
            then.insert("sortable".to_owned(), json!({ "const": false }));
            then.insert("searchable".to_owned(), json!({ "const": false }));
        }
        json!({
            "if": { "properties": { "type": { "const": kind } }, "required": ["type"] },
            "then": { "required": needed, "properties": then },
        })
    };
    let select = json!({
        "if": { "properties": { "type": { "const": "select" }, "multiple": { "const": true } }, "required": ["type", "multiple"] },
        "then": { "properties": { "default": or_expression(&json!({ "type": "array" })) } },
        "else": {
            "if": { "properties": { "type": { "const": "select" } } },
            "then": { "properties": { "default": { "type": ["string", "number", "null"] } } },
        },
    });
    TYPED.iter().map(of_type).chain(std::iter::once(select)).collect()
}

/// What a default of that type can be, expressions among them.
fn default(kind: &str) -> Option<Value> {
    Some(match kind {
        "password" | "file" | "has-many" | "sequence" => json!({ "type": "null" }),
        "text" | "textarea" | "email" | "url" => json!({ "type": ["string", "null"] }),
        "number" => or_expression(&json!({ "type": "number" })),
        "checkbox" => or_expression(&json!({ "type": "boolean" })),
        "date" => or_expression(&json!({ "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$" })),
        "datetime" => or_expression(&json!({ "type": "string", "pattern": TIME })),
        "belongs-to" => json!({ "type": ["integer", "string", "null"] }),
        "belongs-to-many" => or_expression(&json!({ "type": "array" })),
        _ => return None,
    })
}

/// A value of that kind, or an expression that leads to one.
fn or_expression(plain: &Value) -> Value {
    let expression = json!({ "type": "string", "pattern": r"^\$(me(\.[A-Za-z0-9_]+)*|today|now)$" });
    json!({ "anyOf": [plain, expression, { "type": "null" }] })
}

/// A condition: paths to tests.
fn condition() -> Value {
    let several = json!({ "type": "array", "items": { "$ref": "#/$defs/Condition" } });
    json!({
        "description": "What has to hold of a record: from field, or path through relations, to a test; all of them.",
        "type": "object",
        "properties": {
            "anyOf": several.clone(),
            "allOf": several,
            "not": { "$ref": "#/$defs/Condition" },
        },
        "propertyNames": { "pattern": PATH },
        "additionalProperties": { "$ref": "#/$defs/Test" },
    })
}

/// A test: a value, some values, or words.
fn test() -> Value {
    let value = json!({ "type": ["string", "number", "boolean", "null"] });
    let bound = json!({ "type": ["string", "number"] });
    json!({
        "description": "What a field is held to: a value, one of several, or words such as `minimum` and `search`.",
        "anyOf": [
            value.clone(),
            { "type": "array", "items": value.clone() },
            {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "enum": { "anyOf": [value.clone(), { "type": "array", "items": value }] },
                    "not": { "$ref": "#/$defs/Test" },
                    "minimum": bound.clone(),
                    "maximum": bound.clone(),
                    "exclusiveMinimum": bound.clone(),
                    "exclusiveMaximum": bound.clone(),
                    "search": bound.clone(),
                    "startsWith": bound,
                    "present": { "type": "boolean" },
                },
            },
        ],
    })
}
