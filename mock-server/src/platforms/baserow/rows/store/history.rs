//! What was done to rows.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::table::Table;

/// One change of one row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    /// `create_row`, `update_rows`, `delete_row` …
    pub(crate) action_type: String,
    /// Id and name of who did it.
    pub(crate) user: Option<(u64, String)>,
    /// Microseconds since 1970.
    pub(crate) at: i64,
    pub(crate) before: Map<String, Value>,
    pub(crate) after: Map<String, Value>,
    pub(crate) fields: Map<String, Value>,
}

impl Table {
    /// Notes a change.
    pub(crate) fn note(&mut self, row: u64, id: u64, change: Change) {
        self.history.insert((row, id), Arc::new(change));
    }

    /// A row's changes, the latest first.
    pub(crate) fn changes_of(&self, row: u64) -> impl Iterator<Item = (u64, &Arc<Change>)> {
        self.history.range((row, 0)..=(row, u64::MAX)).rev().map(|((_, id), change)| (*id, change))
    }
}

impl Change {
    pub(super) fn to_json(&self) -> Value {
        json!({
            "action_type": self.action_type, "user": self.user, "at": self.at,
            "before": self.before, "after": self.after, "fields": self.fields,
        })
    }

    pub(super) fn from_json(json: &Value) -> Option<Self> {
        let members = |name: &str| json.get(name)?.as_object().cloned();
        let user = match json.get("user") {
            Some(Value::Array(pair)) => Some((pair.first()?.as_u64()?, pair.get(1)?.as_str()?.to_owned())),
            _ => None,
        };
        Some(Self {
            action_type: json.get("action_type")?.as_str()?.to_owned(),
            user,
            at: json.get("at")?.as_i64()?,
            before: members("before")?,
            after: members("after")?,
            fields: members("fields")?,
        })
    }
}
