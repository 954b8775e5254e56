//! Where things are: the parts of the product that a record lies in.

use serde_json::Value;

use super::catalog::Scope;
use crate::platforms::baserow::records::number;
use crate::state::{Record, State};

/// What lies in what, by the field that says so.
const WITHIN: [(&str, &str, &str); 9] = [
    ("view_filters", "view", "views"),
    ("view_filter_groups", "view", "views"),
    ("view_sortings", "view", "views"),
    ("view_group_bys", "view", "views"),
    ("view_decorations", "view", "views"),
    ("views", "table", "tables"),
    ("fields", "table", "tables"),
    ("tables", "database", "applications"),
    ("applications", "workspace", "workspaces"),
];

impl Scope {
    /// The name of the kind, and the collection of those that are one.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Root => ("root", ""),
            Self::Workspace => ("workspace", "workspaces"),
            Self::Application => ("application", "applications"),
            Self::Table => ("table", "tables"),
            Self::View => ("view", "views"),
        }
    }

    /// The scope that a record lies in, as the product writes it: `table12`.
    pub(super) fn of(self, state: &State, collection: &str, key: u64) -> Option<String> {
        let (name, wanted) = self.names();
        if self == Self::Root {
            return Some(name.to_owned());
        }
        climb(state, collection, key, wanted).map(|key| format!("{name}{key}"))
    }
}

/// The record of the collection `wanted` that a record lies in, or is.
pub(super) fn climb(state: &State, collection: &str, key: u64, wanted: &str) -> Option<u64> {
    let (mut collection, mut key) = (collection, key);
    while collection != wanted {
        let (_, field, outer) = WITHIN.iter().find(|(inner, ..)| *inner == collection)?;
        let record: Record = state.get(collection, &key.into())?;
        (collection, key) = (outer, number(&record, field));
    }
    Some(key)
}

/// The scopes that a request names.
pub(super) fn asked(scopes: &Value) -> Vec<String> {
    let named = |(kind, value): (&String, &Value)| match (kind.as_str(), value) {
        ("root", Value::Bool(true)) => Some("root".to_owned()),
        ("workspace" | "application" | "table" | "view", Value::Number(key)) => Some(format!("{kind}{key}")),
        _ => None,
    };
    scopes.as_object().into_iter().flatten().filter_map(named).collect()
}
