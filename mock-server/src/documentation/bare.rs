//! The document as clients may see it: OpenAPI only, without what it does to records, its seeds and its settings.

use std::collections::HashSet;

use serde_json::{Map, Value, json};
use tercet_spec::Contract;
use tercet_spec::contract::SchemeKind;

/// The keywords that a client need not know.
const VOCABULARY: [&str; 12] = [
    "x-collections",
    "x-settings",
    "x-conduct",
    "x-steps",
    "x-envelope",
    "x-ref",
    "x-assign",
    "x-value",
    "x-when",
    "x-effect",
    "x-outcome",
    "x-credential",
];

/// Where values of the author's stand, in which nothing is a keyword.
const VALUES: [&str; 4] = ["default", "enum", "example", "const"];

/// The document with its editions' overlays applied, addressed as this server is.
pub(super) fn document(contract: &Contract) -> Value {
    let mut document = contract.document.root().clone();
    let templates = drop_templates(&mut document);
    strip(&mut document);
    drop_references(&mut document, &templates);
    drop_records(contract, &mut document);
    let base = if contract.base_path.is_empty() { "/" } else { contract.base_path.as_str() };
    document["servers"] = json!([{ "url": base }]);
    for scheme in &contract.schemes {
        // What the server looks at, which the settings may have changed.
        if let SchemeKind::ApiKey(_, name) = &scheme.kind
            && let Some(own) = document.pointer_mut(&format!("{}/name", scheme.pointer))
        {
            *own = name.as_str().into();
        }
    }
    document
}

/// Takes the vocabulary out.
fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| !VOCABULARY.contains(&key.as_str()));
            for (key, member) in map.iter_mut().filter(|(key, _)| !VALUES.contains(&key.as_str())) {
                // A property may have any name, and what stands there is a schema whatever it is called.
                if key == "properties" {
                    member.as_object_mut().into_iter().flat_map(Map::values_mut).for_each(strip);
                } else {
                    strip(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Takes out examples that are templates of an answer: with expressions in them they are examples of nothing. Gives the
/// references to those among the components.
fn drop_templates(document: &mut Value) -> HashSet<String> {
    let mut gone = HashSet::new();
    if let Some(Value::Object(shared)) = document.pointer_mut("/components/examples") {
        let names: Vec<String> =
            shared.iter().filter(|(_, one)| is_template(one)).map(|(name, _)| name.clone()).collect();
        for name in names {
            shared.remove(&name);
            gone.insert(format!("#/components/examples/{name}"));
        }
    }
    examples(document, &mut |all| all.retain(|_, one| !is_template(one)));
    gone
}

fn drop_references(document: &mut Value, gone: &HashSet<String>) {
    let refers = |one: &Value| one.get("$ref").and_then(Value::as_str).is_some_and(|to| gone.contains(to));
    examples(document, &mut |all| all.retain(|_, one| !refers(one)));
}

/// Visits every mapping of examples; one that is left empty goes.
fn examples(value: &mut Value, visit: &mut dyn FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            if let Some(Value::Object(all)) = map.get_mut("examples").filter(|all| **all != json!({})) {
                visit(all);
                if all.is_empty() {
                    map.remove("examples");
                }
            }
            map.values_mut().for_each(|member| examples(member, visit));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| examples(item, visit)),
        _ => {}
    }
}

fn is_template(example: &Value) -> bool {
    example.get("x-outcome").is_some() && example.get("value").is_some_and(has_expression)
}

fn has_expression(value: &Value) -> bool {
    match value {
        Value::String(text) => text.starts_with('$') || text.contains("{$"),
        Value::Array(items) => items.iter().any(has_expression),
        Value::Object(map) => map.values().any(has_expression),
        _ => false,
    }
}

/// Takes out the schemas of records that no answer and no request shows.
fn drop_records(contract: &Contract, document: &mut Value) {
    let records: Vec<&str> = contract
        .collections
        .values()
        .filter_map(|collection| contract.schema(collection.schema).name.as_deref())
        .collect();
    loop {
        let mut used = HashSet::new();
        references(document, &mut used);
        let unused = |name: &&&str| !used.contains(&format!("#/components/schemas/{name}"));
        let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") else { return };
        let gone: Vec<&&str> =
            records.iter().filter(unused).filter(|name| schemas.contains_key(**name)).collect();
        if gone.is_empty() {
            return;
        }
        gone.iter().for_each(|name| drop(schemas.shift_remove(**name)));
    }
}

fn references(value: &Value, used: &mut HashSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, member) in map {
                match member {
                    Value::String(text) if key == "$ref" => drop(used.insert(text.clone())),
                    Value::Object(names) if key == "mapping" => {
                        used.extend(names.values().filter_map(Value::as_str).map(|text| {
                            if text.contains('/') {
                                text.to_owned()
                            } else {
                                format!("#/components/schemas/{text}")
                            }
                        }));
                    }
                    _ => references(member, used),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, used)),
        _ => {}
    }
}
