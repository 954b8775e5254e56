//! The shape of the file: what its JSON Schema says against it, in words.

use serde_json::{Map, Value};
use tercet_spec::contract::type_violations;
use tercet_spec::{Diagnostic, Document, Pointer};

use super::super::raw::RawApplication;
use super::{closest, listed};

/// What the file's JSON Schema says against it.
pub(super) fn shape(document: &Document, problems: &mut Vec<Diagnostic>) {
    let schema = schemars::schema_for!(RawApplication).to_value();
    for violation in type_violations::<RawApplication>(document.root()) {
        let keys: Vec<String> = violation.instance.tokens().collect();
        // An element is spoken of by its list.
        let subject = keys.iter().rev().find(|key| key.parse::<usize>().is_err());
        let subject = subject.map_or(String::new(), |name| format!("`{name}` "));
        let described = described(&schema, &violation.instance);
        if violation.rule == "additionalProperties" {
            let subject = if subject.is_empty() { "the file " } else { subject.as_str() };
            let known = keys_of(&described);
            for name in violation.limit.as_array().into_iter().flatten().filter_map(Value::as_str) {
                let help = match closest(name, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there is: {}", listed(known.iter().copied())),
                };
                let message = format!("{subject}has the unknown property `{name}`");
                let problem = Diagnostic::error("application", message).help(help);
                problems.push(problem.at(document, &violation.instance.child(name)));
            }
            continue;
        }
        let given = document.get(&violation.instance).unwrap_or(&Value::Null);
        let words = words_of(&described);
        let (message, help) = if words.is_empty() || given.is_array() || given.is_object() {
            let help = "`spec/platforms/qore/application.schema.json` has all that can be said";
            (violation.message, help.to_owned())
        } else {
            let near = closest(given.as_str().unwrap_or_default(), words.iter().copied());
            let help = near.map_or_else(
                || format!("it is one of {}", listed(words.iter().copied())),
                |near| format!("did you mean `{near}`?"),
            );
            (format!("cannot be {given}"), help)
        };
        let problem = Diagnostic::error("application", format!("{subject}{message}")).help(help);
        problems.push(problem.at_value(document, &violation.instance));
    }
}

/// What the schema says of a place, references followed: several where there are alternatives.
fn described<'s>(schema: &'s Value, at: &Pointer) -> Vec<&'s Value> {
    let mut here = alternatives(schema, schema);
    for token in at.tokens() {
        let child = |node: &&'s Value| {
            let named = node.get("properties").and_then(|all| all.get(&token));
            named.or_else(|| node.get("additionalProperties")).or_else(|| node.get("items"))
        };
        here = here.iter().filter_map(child).flat_map(|node| alternatives(schema, node)).collect();
    }
    here
}

fn alternatives<'s>(schema: &'s Value, node: &'s Value) -> Vec<&'s Value> {
    let reference = node.get("$ref").and_then(Value::as_str).and_then(|way| way.strip_prefix('#'));
    if let Some(found) = reference.and_then(|way| schema.pointer(way)) {
        return alternatives(schema, found);
    }
    match node.get("anyOf").and_then(Value::as_array) {
        Some(any) => any.iter().flat_map(|one| alternatives(schema, one)).collect(),
        None => vec![node],
    }
}

/// The keys that mappings there can have.
fn keys_of<'s>(described: &[&'s Value]) -> Vec<&'s str> {
    let properties = described.iter().filter_map(|node| node.get("properties").and_then(Value::as_object));
    properties.flat_map(Map::keys).map(String::as_str).collect()
}

/// The words that can stand there, where there are only some.
fn words_of<'s>(described: &[&'s Value]) -> Vec<&'s str> {
    let listed = described.iter().filter_map(|node| node.get("oneOf").and_then(Value::as_array)).flatten();
    listed.filter_map(|one| one.get("const")?.as_str()).collect()
}
