//! Keywords that the client's types do not carry: counted, and said once each with the first place.

use std::collections::BTreeMap;

use serde_json::Value;
use tercet_spec::Pointer;

use super::notes::Notes;

/// How often, and where first, each keyword was left out.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    found: BTreeMap<&'static str, (Pointer, usize)>,
    seen: std::collections::HashSet<Pointer>,
}

const CHECKED_BY_THE_SERVER: [&str; 12] = [
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
];

impl Tally {
    /// Counts what the schema at `at` says and a Rust type does not.
    pub(crate) fn look(&mut self, notes: &mut Notes<'_>, schema: &Value, at: &Pointer) {
        let Some(members) = schema.as_object() else { return };
        if !self.seen.insert(at.clone()) {
            return;
        }
        for keyword in CHECKED_BY_THE_SERVER {
            if members.contains_key(keyword) {
                self.count(keyword, &at.child(keyword));
            }
        }
        if members.contains_key("default") {
            self.count("default", &at.child("default"));
        }
        let text_format =
            members.get("format").filter(|_| members.get("type") == Some(&Value::from("string")));
        if text_format.is_some() {
            self.count("format", &at.child("format"));
        }
        if members.contains_key("not") {
            notes.note(
                "not-in-types",
                &at.child("not"),
                "`not` has no Rust type, the client does not check it",
                "nothing has to be done: the server checks it",
            );
        }
        let numbers = members.get("enum").and_then(Value::as_array);
        if numbers.is_some_and(|values| values.iter().any(|value| !value.is_string() && !value.is_null())) {
            self.count("enum", &at.child("enum"));
        }
        if members.get("additionalProperties") == Some(&Value::Bool(false)) {
            self.count("additionalProperties", &at.child("additionalProperties"));
        }
    }

    fn count(&mut self, keyword: &'static str, at: &Pointer) {
        self.found.entry(keyword).or_insert_with(|| (at.clone(), 0)).1 += 1;
    }

    /// Says what was counted.
    pub(crate) fn say(&self, notes: &mut Notes<'_>) {
        for (keyword, (at, count)) in &self.found {
            let places =
                if *count == 1 { String::new() } else { format!(" (here and in {} more places)", count - 1) };
            let (code, says) = match *keyword {
                "default" => ("default-not-sent", "the client sends no `default` of its own accord"),
                "format" => (
                    "format-kept-as-text",
                    "`format` of a string is kept as text, so that what a server writes survives unchanged",
                ),
                "enum" => {
                    ("enum-not-in-types", "the client does not check an `enum` of anything but strings")
                }
                "additionalProperties" => (
                    "closed-object-relaxed",
                    "the client reads members beyond `additionalProperties: false` and keeps them",
                ),
                _ => {
                    let says = format!("the client does not check `{keyword}`{places}");
                    notes.note("constraint-not-checked", at, says, "nothing has to be done: the server checks it, and an answer that breaks it stays readable");
                    continue;
                }
            };
            notes.note(code, at, format!("{says}{places}"), "nothing has to be done");
        }
    }
}
