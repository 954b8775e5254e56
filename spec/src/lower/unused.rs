//! Components that nothing refers to.

use std::collections::HashSet;

use serde_json::Value;

use super::keys;
use super::reference::place;
use crate::{Diagnostic, Document, Pointer};

/// Sections whose components are used through `$ref` only.
const SECTIONS: [&str; 8] =
    ["schemas", "responses", "parameters", "examples", "requestBodies", "headers", "links", "callbacks"];

/// Remarks on components that nothing refers to: most often left over, or referred to by a wrong name.
pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut used = HashSet::new();
    if references(document.root(), &mut used) {
        // What other files use of this one is not known.
        return Vec::new();
    }
    let collections = Pointer::root().child("x-collections");
    for name in keys(document, &collections) {
        let schema = document.get(&collections.child(&name).child("schema")).and_then(Value::as_str);
        used.extend(schema.map(|name| Pointer::root().child("components").child("schemas").child(name)));
    }
    let mut diagnostics = Vec::new();
    let components = SECTIONS.iter().map(|section| Pointer::root().child("components").child(section));
    for at in components.chain([Pointer::root().child("x-steps")]) {
        for component in keys(document, &at).iter().map(|name| at.child(name)) {
            if !used.contains(&component) {
                let name = component.last().unwrap_or_default();
                let diagnostic = Diagnostic::note("unused-component", format!("nothing refers to `{name}`"));
                diagnostics.push(diagnostic.at(document, &component).help("remove it, or refer to it"));
            }
        }
    }
    diagnostics
}

/// The component that a reference leads to, or into.
fn component(fragment: &str) -> Option<Pointer> {
    let place = place(fragment)?;
    let depth = if place.tokens().next().as_deref() == Some("x-steps") { 2 } else { 3 };
    let tokens: Vec<String> = place.tokens().take(depth).collect();
    Some(tokens.iter().fold(Pointer::root(), |at, token| at.child(token)))
}

/// Every place that a `$ref` or a discriminator's mapping names. Whether one of them is in another file.
fn references(value: &Value, used: &mut HashSet<Pointer>) -> bool {
    let mut leads_out = false;
    match value {
        Value::Array(items) => items.iter().for_each(|item| leads_out |= references(item, used)),
        Value::Object(map) => {
            for (key, member) in map {
                match member {
                    Value::String(text) if key == "$ref" => match text.strip_prefix('#') {
                        Some(fragment) => used.extend(component(fragment)),
                        None => leads_out = true,
                    },
                    Value::Object(mapping) if key == "mapping" => {
                        for text in mapping.values().filter_map(Value::as_str) {
                            let schemas = Pointer::root().child("components").child("schemas");
                            used.extend(text.strip_prefix('#').map_or(Some(schemas.child(text)), component));
                        }
                    }
                    _ => leads_out |= references(member, used),
                }
            }
        }
        _ => {}
    }
    leads_out
}
