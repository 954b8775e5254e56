//! Rules of a schema that concern several of its keywords.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::reference::follow;
use super::shapes::TYPES;
use super::structure::{Walk, closest, describe};
use crate::{Diagnostic, Document, Pointer};

impl Walk<'_> {
    fn schema_type(&mut self, map: &Map<String, Value>, at: &Pointer) {
        let here = at.child("type");
        match map.get("type") {
            None => {}
            Some(Value::String(_)) => self.one_of(if self.is_31 { &TYPES } else { &TYPES[1..] }, &here),
            Some(Value::Array(items)) if self.is_31 => {
                (0..items.len()).for_each(|i| self.one_of(&TYPES, &here.index(i)));
            }
            Some(_) => self.wrong_type(&here, "the name of a type"),
        }
        if map.get("type").and_then(Value::as_str) == Some("array")
            && !map.contains_key("items")
            && !self.is_31
        {
            self.error(
                "missing-key",
                at,
                "an array needs `items`",
                "add `items:` with the schema of its elements",
            );
        }
    }

    /// What the keywords of a schema must be to each other.
    pub(super) fn schema_rules(&mut self, map: &Map<String, Value>, at: &Pointer) {
        self.schema_type(map, at);
        self.schema_enum(map, at);
        self.schema_required(at);
        self.schema_bounds(map, at);
        if let Some(pattern) = map.get("pattern").and_then(Value::as_str)
            && let Err(message) = super::pattern::check(pattern)
        {
            let diagnostic = Diagnostic::error("bad-pattern", message)
                .at_value(self.document, &at.child("pattern"))
                .help("patterns are regular expressions of ECMA-262, without slashes around them");
            self.report(diagnostic);
        }
    }

    fn schema_bounds(&mut self, map: &Map<String, Value>, at: &Pointer) {
        for (low, high) in [
            ("minLength", "maxLength"),
            ("minItems", "maxItems"),
            ("minProperties", "maxProperties"),
            ("minimum", "maximum"),
        ] {
            let bound = |key| map.get(key).and_then(Value::as_f64);
            if let (Some(least), Some(most)) = (bound(low), bound(high))
                && least > most
            {
                let message = format!("`{low}` is {least}, above `{high}`, which is {most}: no value fits");
                self.error("empty-range", &at.child(low), message, "exchange or correct the two");
            }
        }
    }

    fn schema_enum(&mut self, map: &Map<String, Value>, at: &Pointer) {
        let Some(Value::Array(values)) = map.get("enum") else { return };
        let here = at.child("enum");
        if values.is_empty() {
            return self.error(
                "enum-mismatch",
                &here,
                "an `enum` without values: nothing fits",
                "add a value",
            );
        }
        for (index, value) in values.iter().enumerate() {
            let place = here.index(index);
            if values[..index].contains(value) {
                let diagnostic = Diagnostic::warning(
                    "duplicate-enum-value",
                    format!("{} stands here twice", describe(value)),
                );
                self.report(diagnostic.at_value(self.document, &place).help("remove one of them"));
            }
            if !has_type(value, map) {
                let wanted = map.get("type").map(Value::to_string).unwrap_or_default().replace('"', "`");
                let message = format!("{} is in the `enum`, but the `type` is {wanted}", describe(value));
                let help = if value.is_null() && !self.is_31 {
                    "add `nullable: true`"
                } else {
                    "correct the value or the type"
                };
                self.report(
                    Diagnostic::error("enum-mismatch", message).at_value(self.document, &place).help(help),
                );
            }
        }
    }

    /// A required name that no property has is most often misspelt. It is no error: such an object can exist.
    fn schema_required(&mut self, at: &Pointer) {
        for (index, name) in unknown_required(self.document, at) {
            let known = property_names(self.document, at);
            let help = closest(&name, known.iter().map(String::as_str)).map_or_else(
                || format!("add `{name}` to `properties`, or take it off the list"),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("`{name}` is required, but no property has this name");
            let diagnostic = Diagnostic::warning("unknown-required", message);
            self.report(diagnostic.at_value(self.document, &at.child("required").index(index)).help(help));
        }
    }
}

/// The required names of the schema at `at` that no property has, with their places in the list.
pub(super) fn unknown_required(document: &Document, at: &Pointer) -> Vec<(usize, String)> {
    let Some(Value::Object(map)) = document.get(at) else { return Vec::new() };
    let Some(Value::Array(names)) = map.get("required") else { return Vec::new() };
    // The properties may stand beside this branch, or come with another one.
    let list = at.parent().and_then(|list| list.last()).unwrap_or_default();
    let is_branch = ["allOf", "anyOf", "oneOf"].contains(&list.as_str());
    let is_open = map.get("additionalProperties").is_some_and(|value| *value != Value::Bool(false));
    let has_branches = ["anyOf", "oneOf"].iter().any(|key| map.contains_key(*key));
    if is_branch || is_open || has_branches || !map.contains_key("properties") {
        return Vec::new();
    }
    let known = property_names(document, at);
    let named = names.iter().enumerate().filter_map(|(index, name)| Some((index, name.as_str()?.to_owned())));
    named.filter(|(_, name)| !known.contains(name)).collect()
}

/// The names of a schema's properties, those of its `allOf` branches included.
fn property_names(document: &Document, at: &Pointer) -> Vec<String> {
    let (mut known, mut seen, mut waiting) = (Vec::new(), HashSet::new(), vec![at.clone()]);
    while let Some(at) = waiting.pop() {
        let Some(place) = follow(document, &at) else { continue };
        let Some(value) = document.get(&place).filter(|_| seen.insert(place.clone())) else { continue };
        known.extend(value["properties"].as_object().into_iter().flat_map(|map| map.keys().cloned()));
        let branches = value["allOf"].as_array().map_or(0, Vec::len);
        waiting.extend((0..branches).map(|index| place.child("allOf").index(index)));
    }
    known
}

/// Whether `value` is of the type that the schema names.
fn has_type(value: &Value, schema: &Map<String, Value>) -> bool {
    let nullable = schema.get("nullable") == Some(&Value::Bool(true));
    let is = |name: &str| match (name, value) {
        ("null", Value::Null)
        | ("boolean", Value::Bool(_))
        | ("number", Value::Number(_))
        | ("string", Value::String(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_)) => true,
        ("integer", Value::Number(number)) => number.as_f64().is_some_and(|float| float.fract() == 0.0),
        (other, _) => !TYPES.contains(&other),
    };
    match schema.get("type") {
        _ if nullable && value.is_null() => true,
        Some(Value::String(name)) => is(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}
