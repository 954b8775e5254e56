//! Names of operations and schemas: words run together, and no two alike.

use std::collections::HashSet;

/// The names that were given.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// Names that are taken already.
    pub(super) fn taken<'n>(names: impl Iterator<Item = &'n String>) -> Self {
        Self(names.map(|name| name.to_lowercase()).collect())
    }

    /// That name, with a number where another has it.
    pub(super) fn give(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = 2;
        while !self.0.insert(name.to_lowercase()) {
            name = format!("{wanted}{number}");
            number += 1;
        }
        name
    }
}

/// `open_registrations` as `OpenRegistrations`.
pub(super) fn pascal(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let all: String = words
        .map(|word| {
            let (first, rest) = word.split_at(1);
            format!("{}{rest}", first.to_ascii_uppercase())
        })
        .collect();
    if all.starts_with(|c: char| c.is_ascii_digit()) || all.is_empty() { format!("R{all}") } else { all }
}

/// `open_registrations` as `openRegistrations`.
pub(super) fn camel(text: &str) -> String {
    let pascal = pascal(text);
    let (first, rest) = pascal.split_at(1);
    format!("{}{rest}", first.to_ascii_lowercase())
}
