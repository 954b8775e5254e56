//! JSON Schema 2020-12 as draft 7, which is what Postman's sandbox understands.

use serde_json::{Map, Value, json};

/// The same schema, with what draft 7 has no word for left out.
pub(super) fn draft7(schema: &Value) -> Value {
    let Value::Object(members) = schema else { return schema.clone() };
    let mut out = Map::new();
    for (key, value) in members {
        match key.as_str() {
            "properties" | "patternProperties" | "$defs" | "definitions" => {
                out.insert(key.clone(), each_member(value));
            }
            "dependentSchemas" => {
                out.insert("dependencies".to_owned(), each_member(value));
            }
            "dependentRequired" => {
                out.insert("dependencies".to_owned(), value.clone());
            }
            "allOf" | "anyOf" | "oneOf" => {
                out.insert(key.clone(), each_item(value));
            }
            "prefixItems" => {
                out.insert("items".to_owned(), each_item(value));
            }
            "items" if members.contains_key("prefixItems") => {
                out.insert("additionalItems".to_owned(), draft7(value));
            }
            "items"
            | "additionalProperties"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames" => {
                out.insert(key.clone(), draft7(value));
            }
            "unevaluatedItems" | "unevaluatedProperties" | "minContains" | "maxContains" => {}
            _ => {
                out.insert(key.clone(), value.clone());
            }
        }
    }
    // Draft 7 ignores what stands beside a reference.
    let beside = out.keys().any(|key| key != "$ref" && key != "$defs");
    match out.get("$ref").cloned() {
        Some(reference) if beside => {
            out.remove("$ref");
            let definitions = out.remove("$defs");
            let mut both = json!({ "allOf": [{ "$ref": reference }, out] });
            if let Some(definitions) = definitions {
                both["$defs"] = definitions;
            }
            both
        }
        _ => Value::Object(out),
    }
}

fn each_member(value: &Value) -> Value {
    match value {
        Value::Object(members) => members.iter().map(|(name, one)| (name.clone(), draft7(one))).collect(),
        other => other.clone(),
    }
}

fn each_item(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(draft7).collect(),
        other => other.clone(),
    }
}
