//! Schemas of OpenAPI 3.0 and 3.1 as JSON Schema 2020-12.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::validator::Flavour;
use crate::lower::{TYPES, check_pattern, follow, is_31};
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
        let map = match schema {
            Value::Object(map) => map,
            Value::Bool(_) => return schema.clone(),
            _ => return Value::Bool(true),
        };
        let mut out = Map::new();
        if map.contains_key("$ref") {
            if let Some(target) = follow(self.document, at) {
                out.insert("$ref".to_owned(), json!(format!("#/$defs/{}", self.define(&target))));
            }
            // OpenAPI 3.0 ignores what stands beside a reference, 3.1 does not.
            if !is_31(self.document) {
                return Value::Object(out);
            }
        }
        for (key, value) in map {
            self.keyword(key, value, &at.child(key), &mut out);
        }
        exclusive(map, &mut out);
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
                _ => return,
            },
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => match value {
                Value::Array(items) if !items.is_empty() => Value::Array(
                    items.iter().enumerate().map(|(i, inner)| self.schema(inner, &at.index(i))).collect(),
                ),
                _ => return,
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
            _ if is_usable(key, value) => value.clone(),
            // Exclusive bounds and `required` depend on other keywords; annotations and extensions are left behind.
            _ => return,
        };
        out.insert(key.to_owned(), converted);
    }

    /// `readOnly` properties are required of responses only, `writeOnly` ones of requests only (OpenAPI 3.0.3, "Schema Object").
    fn required(&mut self, map: &Map<String, Value>, at: &Pointer, out: &mut Map<String, Value>) {
        let Some(Value::Array(names)) = map.get("required") else { return };
        let excusing = match self.flavour {
            Flavour::Request => "readOnly",
            Flavour::Response => "writeOnly",
        };
        let kept: Vec<Value> = names
            .iter()
            .filter(|name| {
                let property = name.as_str().and_then(|name| property(self.document, at, name));
                property.and_then(|property| property.get(excusing)) != Some(&Value::Bool(true))
            })
            .filter(|name| name.is_string())
            .cloned()
            .collect();
        out.insert("required".to_owned(), Value::Array(kept));
    }
}

/// The property of that name, which may come with an `allOf` branch.
fn property<'d>(document: &'d Document, at: &Pointer, name: &str) -> Option<&'d Value> {
    let (mut waiting, mut seen) = (vec![at.clone()], Vec::new());
    while let Some(at) = waiting.pop() {
        let Some(place) = follow(document, &at).filter(|place| !seen.contains(place)) else { continue };
        if let Some(own) = follow(document, &place.child("properties").child(name)) {
            return document.get(&own);
        }
        let branches = document.get(&place)?["allOf"].as_array().map_or(0, Vec::len);
        waiting.extend((0..branches).rev().map(|index| place.child("allOf").index(index)));
        seen.push(place);
    }
    None
}

/// Whether a keyword is one that validates, and holds what it may hold. The structure check has reported what is not;
/// here it must not keep the rest of the schema from being used.
fn is_usable(key: &str, value: &Value) -> bool {
    match key {
        "type" => match value {
            Value::String(name) => TYPES.contains(&name.as_str()),
            Value::Array(names) => {
                !names.is_empty()
                    && names.iter().all(|name| name.as_str().is_some_and(|name| TYPES.contains(&name)))
            }
            _ => false,
        },
        "enum" => value.as_array().is_some_and(|values| !values.is_empty()),
        "const" | "dependentRequired" => true,
        "pattern" => value.as_str().is_some_and(|pattern| check_pattern(pattern).is_ok()),
        "format" => value.is_string(),
        "multipleOf" => value.as_f64().is_some_and(|number| number > 0.0),
        "minimum" | "maximum" => value.is_number(),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties"
        | "minContains" | "maxContains" => value.is_u64(),
        "uniqueItems" => value.is_boolean(),
        _ => false,
    }
}

/// 3.0 says `minimum: 5, exclusiveMinimum: true` where 2020-12 says `exclusiveMinimum: 5`.
fn exclusive(map: &Map<String, Value>, out: &mut Map<String, Value>) {
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
