//! Following `$ref` (OpenAPI 3.0.3, "Reference Object").

use serde_json::Value;

use crate::{Document, Pointer};

/// Where a reference leads.
pub(super) enum Target {
    Found(Pointer),
    Missing,
    Remote,
    /// In a circle; the first `$ref` of it in the order of pointers stands for all.
    Cycle(Pointer),
    /// Through more than [`HOPS`] further references.
    Far,
}

/// References in a row that are followed. Nobody needs three.
const HOPS: usize = 64;

/// Follows the text of a `$ref`, and further references from there.
pub(super) fn target(document: &Document, text: &str) -> Target {
    let mut text = text;
    let mut met: Vec<Pointer> = Vec::new();
    while met.len() < HOPS {
        let Some(fragment) = text.strip_prefix('#') else { return Target::Remote };
        let Some(pointer) = place(fragment) else { return Target::Missing };
        if let Some(first) = met.iter().position(|one| *one == pointer) {
            let circle = met[first..].iter().min().map(|one| one.child("$ref"));
            return Target::Cycle(circle.unwrap_or_default());
        }
        match document.get(&pointer) {
            None => return Target::Missing,
            Some(value) => match value.get("$ref").and_then(Value::as_str) {
                Some(next) => text = next,
                None => return Target::Found(pointer),
            },
        }
        met.push(pointer);
    }
    Target::Far
}

/// The place that the fragment of a reference names.
pub(super) fn place(fragment: &str) -> Option<Pointer> {
    if fragment.contains('%') { Pointer::parse(&percent_decode(fragment)) } else { Pointer::parse(fragment) }
}

/// The place that really holds what stands at `at`: itself, or where its references lead. `None` when they lead nowhere.
pub(crate) fn follow(document: &Document, at: &Pointer) -> Option<Pointer> {
    match document.get(at)?.get("$ref").and_then(Value::as_str) {
        None => Some(at.clone()),
        Some(text) => match target(document, text) {
            Target::Found(pointer) => Some(pointer),
            Target::Missing | Target::Remote | Target::Cycle(_) | Target::Far => None,
        },
    }
}

/// A URI fragment without its percent-encoding (RFC 3986, 2.1).
fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten();
        match hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
        {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
