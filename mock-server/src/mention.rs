//! What a document speaks of, wherever it does: read off what is written, overlays included, rather than off what it
//! became, so that no word of the vocabulary can be forgotten.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

/// How often a part of a document says `word`.
pub(crate) fn count(part: &Value, word: &str) -> usize {
    let mut found = 0;
    texts(part, &mut |text| found += text.matches(word).count());
    found
}

/// The names that follow `before` anywhere in a part of a document.
pub(crate) fn names(part: &Value, before: &str) -> BTreeSet<Arc<str>> {
    let mut names = BTreeSet::new();
    texts(part, &mut |text| {
        for rest in text.split(before).skip(1) {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
            let name = &rest[..end.unwrap_or(rest.len())];
            if !name.is_empty() {
                names.insert(name.into());
            }
        }
    });
    names
}

fn texts(part: &Value, visit: &mut dyn FnMut(&str)) {
    match part {
        Value::String(text) => visit(text),
        Value::Array(members) => members.iter().for_each(|one| texts(one, visit)),
        Value::Object(members) => members.iter().for_each(|(name, one)| {
            visit(name);
            texts(one, visit);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
