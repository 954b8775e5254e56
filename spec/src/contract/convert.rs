//! Schemas of OpenAPI 3.0 and 3.1 as JSON Schema 2020-12.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::validator::Flavour;
use crate::lower::follow;
use crate::{Document, Pointer};

/// Collects the definitions that a schema needs: itself and everything it refers to.
pub(crate) struct Converter<'d> {
    document: &'d Document,
    flavour: Flavour,
    indices: HashMap<Pointer, usize>,
    places: Vec<Pointer>,
    waiting: Vec<usize>,
}

impl<'d> Converter<'d> {
    pub(crate) fn new(document: &'d Document, flavour: Flavour) -> Self {
        Self { document, flavour, indices: HashMap::new(), places: Vec::new(), waiting: Vec::new() }
    }

    /// The index under `$defs` of the schema at `pointer`.
    pub(crate) fn define(&mut self, pointer: &Pointer) -> usize {
        if let Some(index) = self.indices.get(pointer) {
            return *index;
        }
        let index = self.places.len();
        self.indices.insert(pointer.clone(), index);
        self.places.push(pointer.clone());
        self.waiting.push(index);
        index
    }

    /// All definitions, and where each stands in the document.
    pub(crate) fn finish(mut self) -> (Map<String, Value>, Vec<Pointer>) {
        let mut definitions = Map::new();
        while let Some(index) = self.waiting.pop() {
            let place = self.places[index].clone();
            let schema =
                self.document.get(&place).map_or(Value::Bool(true), |schema| self.schema(schema, &place));
            definitions.insert(index.to_string(), schema);
        }
        (definitions, self.places)
    }

    fn schema(&mut self, schema: &Value, at: &Pointer) -> Value {
        let Value::Object(map) = schema else { return schema.clone() };
        if map.contains_key("$ref") {
            return match follow(self.document, at) {
                Some(target) => json!({ "$ref": format!("#/$defs/{}", self.define(&target)) }),
                None => Value::Bool(true),
            };
        }
        let mut out = Map::new();
        for (key, value) in map {
            self.keyword(key, value, &at.child(key), &mut out);
        }
        self.exclusive(map, &mut out);
        self.required(map, at, &mut out);
        alternatives(map, &mut out);
        integer_width(map, &mut out);
        if map.get("nullable") == Some(&Value::Bool(true)) { nullable(out) } else { Value::Object(out) }
    }

    fn keyword(&mut self, key: &str, value: &Value, at: &Pointer, out: &mut Map<String, Value>) {
        let converted = match key {
            "properties" | "patternProperties" | "dependentSchemas" | "$defs" => match value {
                Value::Object(map) => Value::Object(
                    map.iter()
                        .map(|(name, inner)| (name.clone(), self.schema(inner, &at.child(name))))
                        .collect(),
                ),
                other => other.clone(),
            },
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => match value {
                Value::Array(items) => Value::Array(
                    items.iter().enumerate().map(|(i, inner)| self.schema(inner, &at.index(i))).collect(),
                ),
                other => other.clone(),
            },
            "items"
            | "additionalProperties"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "unevaluatedItems"
            | "unevaluatedProperties" => self.schema(value, at),
            "type" | "enum" | "const" | "pattern" | "format" | "multipleOf" | "minimum" | "maximum"
            | "minLength" | "maxLength" | "minItems" | "maxItems" | "uniqueItems" | "minProperties"
            | "maxProperties" | "minContains" | "maxContains" | "dependentRequired" => value.clone(),
            // Exclusive bounds and `required` depend on other keywords; annotations and extensions are left behind.
            _ => return,
        };
        out.insert(key.to_owned(), converted);
    }

    /// 3.0 says `minimum: 5, exclusiveMinimum: true` where 2020-12 says `exclusiveMinimum: 5`.
    fn exclusive(&mut self, map: &Map<String, Value>, out: &mut Map<String, Value>) {
        for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            match map.get(exclusive) {
                Some(Value::Bool(true)) => {
                    if let Some(bound) = out.remove(inclusive) {
                        out.insert(exclusive.to_owned(), bound);
                    }
                }
                Some(bound @ Value::Number(_)) => {
                    out.insert(exclusive.to_owned(), bound.clone());
                }
                _ => {}
            }
        }
    }

    /// `readOnly` properties are required of responses only, `writeOnly` ones of requests only (OpenAPI 3.0.3, "Schema Object").
    fn required(&mut self, map: &Map<String, Value>, at: &Pointer, out: &mut Map<String, Value>) {
        let Some(Value::Array(names)) = map.get("required") else { return };
        let excusing = match self.flavour {
            Flavour::Request => "readOnly",
            Flavour::Response => "writeOnly",
        };
        let properties = at.child("properties");
        let kept: Vec<Value> = names
            .iter()
            .filter(|name| {
                let place = properties.child(name.as_str().unwrap_or_default());
                let property = follow(self.document, &place).and_then(|place| self.document.get(&place));
                property.and_then(|property| property.get(excusing)) != Some(&Value::Bool(true))
            })
            .cloned()
            .collect();
        out.insert("required".to_owned(), Value::Array(kept));
    }
}

/// With a discriminator exactly one branch is meant, though several may fit: the branches often overlap.
fn alternatives(map: &Map<String, Value>, out: &mut Map<String, Value>) {
    if map.contains_key("discriminator")
        && let Some(branches) = out.remove("oneOf")
    {
        out.insert("anyOf".to_owned(), branches);
    }
}

/// `int32` bounds an integer; `int64` is as wide as JSON numbers are read.
fn integer_width(map: &Map<String, Value>, out: &mut Map<String, Value>) {
    if map.get("format").and_then(Value::as_str) == Some("int32") {
        let bounded =
            |low: &str, high: &str, out: &Map<String, Value>| out.contains_key(low) || out.contains_key(high);
        if !bounded("minimum", "exclusiveMinimum", out) {
            out.insert("minimum".to_owned(), json!(i32::MIN));
        }
        if !bounded("maximum", "exclusiveMaximum", out) {
            out.insert("maximum".to_owned(), json!(i32::MAX));
        }
    }
}

/// 3.0's `nullable` as 2020-12: one more type where there is one, else null or the rest.
fn nullable(mut out: Map<String, Value>) -> Value {
    if let Some(Value::Array(values)) = out.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    match out.get("type") {
        Some(Value::String(kind))
            if !["allOf", "anyOf", "oneOf"].iter().any(|key| out.contains_key(*key)) =>
        {
            let kinds = json!([kind, "null"]);
            out.insert("type".to_owned(), kinds);
            Value::Object(out)
        }
        _ => json!({ "if": { "type": "null" }, "then": true, "else": out }),
    }
}
