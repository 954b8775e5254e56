//! Searching all fields of a table.

use std::sync::Arc;

use super::cells::{Kind, read_decimal};
use super::filters::{Condition, Filter, Test, words_of};
use super::schema::Field;

/// How a search looks for its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SearchMode {
    /// The text is part of a field's text.
    Compat,
    /// The words are in a field one after the other.
    FullText,
}

impl SearchMode {
    /// The mode of that name.
    pub(crate) fn read(name: Option<&str>) -> Self {
        if name == Some("full-text-with-count") { Self::FullText } else { Self::Compat }
    }
}

/// The condition that a search is; `None` for one that looks for nothing.
pub(crate) fn search(fields: &[Arc<Field>], text: &str, mode: SearchMode) -> Option<Filter> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let condition =
        |field: &Arc<Field>, test| Filter::Field(Condition { field: field.clone(), test, negated: false });
    match mode {
        SearchMode::Compat => {
            let mut any: Vec<_> = exact_id(text).map(|id| Filter::Ids(vec![id])).into_iter().collect();
            let wanted = text.to_lowercase();
            let fields = fields.iter().filter(|field| looked_through(field, text));
            any.extend(fields.map(|field| condition(field, Test::Contains(wanted.clone()))));
            Filter::join(true, any)
        }
        SearchMode::FullText => {
            let words = words_of(text);
            let fields = fields.iter().filter(|field| !matches!(field.kind, Kind::Password | Kind::Boolean));
            let any = fields.map(|field| condition(field, Test::Phrase(words.clone()))).collect();
            // A search through no field finds nothing.
            Some(Filter::join(true, any).unwrap_or(Filter::Any(Vec::new())))
        }
    }
}

/// A row's id; `0006` is none.
fn exact_id(text: &str) -> Option<u64> {
    if text.starts_with('0') { None } else { text.parse().ok() }
}

/// facts: baserow 3.7: neither links nor booleans are searched; upstream: nor durations and passwords. A number is
/// searched for numbers.
fn looked_through(field: &Field, text: &str) -> bool {
    match &field.kind {
        Kind::Link(_) | Kind::Boolean | Kind::Duration(_) | Kind::Password => false,
        Kind::Number(_) => read_decimal(text).is_some(),
        Kind::Rating { .. } | Kind::Autonumber => text.parse::<i64>().is_ok(),
        _ => true,
    }
}
