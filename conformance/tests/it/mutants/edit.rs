//! Edits of a document's value.

use serde_json::Value;
use tercet_spec::{Contract, Document, Severity, lower, shipped};

pub(super) const BOARDS: &str = include_str!("../documents/boards.yaml");
pub(super) const PANTRY: &str = include_str!("../documents/pantry.yaml");
pub(super) const LIBRARY: &str = include_str!("../documents/library.yaml");

pub(super) const TURNSTILE: &str = include_str!("../documents/turnstile.yaml");
pub(super) const ALBUM: &str = include_str!("../documents/album.yaml");

/// The names of the fixture documents, and of those that are only for mutants that somebody alone notices.
pub(super) const ALL: [&str; 5] = ["boards", "pantry", "library", "turnstile", "album"];

/// The names of the fixture documents.
pub(super) const FIXTURES: [&str; 3] = ["boards", "pantry", "library"];

/// The fixture document of that name, or that of a platform that ships.
pub(super) fn fixture(name: &str) -> Document {
    let text = match name {
        "boards" => BOARDS,
        "pantry" => PANTRY,
        "library" => LIBRARY,
        "turnstile" => TURNSTILE,
        "album" => ALBUM,
        other => return shipped(other).unwrap().1,
    };
    Document::parse(format!("{name}.yaml"), text).unwrap_or_else(|faults| panic!("{}", faults[0].render()))
}

/// The contract of a document that can be served; the first reason otherwise.
pub(super) fn contract(document: &Document) -> Result<Contract, String> {
    let (contract, diagnostics) = lower(document);
    match diagnostics.iter().find(|one| one.severity == Severity::Error) {
        Some(error) => Err(error.render()),
        None => Ok(contract),
    }
}

/// Puts `value` at a JSON Pointer, or takes out what is there. The last token `-` appends to a list.
pub(super) fn put(root: &mut Value, pointer: &str, value: Option<Value>) {
    let (parent, last) =
        pointer.rsplit_once('/').unwrap_or_else(|| panic!("`{pointer}` is no place to edit"));
    let key = last.replace("~1", "/").replace("~0", "~");
    match (root.pointer_mut(parent), value) {
        (Some(Value::Object(members)), Some(value)) => drop(members.insert(key, value)),
        (Some(Value::Object(members)), None) => {
            assert!(members.shift_remove(&key).is_some(), "nothing to take out at `{pointer}`");
        }
        (Some(Value::Array(items)), Some(value)) if key == "-" => items.push(value),
        (Some(Value::Array(items)), Some(value)) => items[key.parse::<usize>().unwrap()] = value,
        (Some(Value::Array(items)), None) => drop(items.remove(key.parse::<usize>().unwrap())),
        _ => panic!("nothing at `{parent}`"),
    }
}

/// A document with edits. References to `x` that are part of the path are followed by the document itself, not here.
pub(super) fn edited(name: &str, document: &Document, edits: &[(&str, Option<Value>)]) -> Document {
    let mut root = document.root().clone();
    for (pointer, value) in edits {
        put(&mut root, pointer, value.clone());
    }
    Document::from_value(name, &root)
}
