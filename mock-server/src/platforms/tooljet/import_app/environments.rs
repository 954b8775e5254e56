//! Environments of an imported document are those of the workspace it comes to: of the same name, else of the same priority.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::ids::Ids;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::tooljet::reading::{elements, id, text};
use crate::state::Record;

/// From the document's environments to the workspace's.
pub(super) struct Environments {
    by_old: HashMap<String, Value>,
    /// The one of the lowest priority, where development begins; null when the workspace has none.
    first: Value,
}

impl Environments {
    pub(super) fn of(
        context: &ActionContext<'_>,
        workspace: &Value,
        app: &Map<String, Value>,
    ) -> Result<Self, Outcome> {
        let mut own = context.all("environments", &[("organizationId", workspace)])?;
        own.sort_by_key(|one| one.get("priority").and_then(Value::as_i64));
        let mut by_old = HashMap::new();
        for old in app.get("appEnvironments").map_or(&[][..], elements) {
            let Some(key) = old.get("id").and_then(Value::as_str) else { continue };
            if let Some(same) = counterpart(&own, old) {
                by_old.entry(key.to_owned()).or_insert_with(|| id(same));
            }
        }
        Ok(Self { by_old, first: own.first().map(id).unwrap_or_default() })
    }

    /// For each version, the environment of the workspace that it is in from now on.
    pub(super) fn current(&self, versions: &[Value]) -> Vec<Value> {
        let current = |version: &Value| {
            let old = version.get("currentEnvironmentId").and_then(Value::as_str);
            old.and_then(|old| self.by_old.get(old)).unwrap_or(&self.first).clone()
        };
        versions.iter().map(current).collect()
    }

    pub(super) fn alias_into(&self, ids: &mut Ids) {
        for (old, new) in &self.by_old {
            ids.alias(Some(&Value::from(old.as_str())), new);
        }
    }
}

fn counterpart<'r>(own: &'r [Record], old: &Value) -> Option<&'r Record> {
    let name = old.get("name").and_then(Value::as_str);
    let same_name = own.iter().find(|one| name == Some(text(one, "name")));
    let priority = old.get("priority").filter(|priority| priority.is_i64());
    same_name.or_else(|| own.iter().find(|one| priority.is_some() && one.get("priority") == priority))
}
