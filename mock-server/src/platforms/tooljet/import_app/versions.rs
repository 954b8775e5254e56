//! Versions of an imported app: all of the document's, or a first one.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::shape::unreadable;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::tooljet::reading::{elements, member};

/// Two versions of one app cannot have the same name.
pub(super) fn refuse_duplicates(app: &Map<String, Value>) -> Result<(), Outcome> {
    let mut names = HashSet::new();
    for (index, version) in app.get("appVersions").map_or(&[][..], elements).iter().enumerate() {
        if let Some(name) = member(version, "name").filter(|name| !names.insert(*name)) {
            return Err(unreadable(format!(
                "`appV2.appVersions[{index}].name` is {name}, as that of a version before it"
            )));
        }
    }
    Ok(())
}

/// Takes `appVersions` out, else `editingVersion`, else makes a version of nothing.
pub(super) fn take(app: &mut Map<String, Value>) -> Vec<Value> {
    let all = match app.shift_remove("appVersions") {
        Some(Value::Array(versions)) => versions,
        _ => Vec::new(),
    };
    let editing = app.shift_remove("editingVersion");
    match editing.filter(Value::is_object) {
        _ if !all.is_empty() => all,
        Some(editing) => vec![editing],
        None => vec![json!({})],
    }
}

/// Gives versions what the record needs and the document left out. Everything else is kept, `createdAt` too.
pub(super) fn complete(context: &mut ActionContext<'_>, versions: &mut [Value]) {
    let mut taken: HashSet<String> =
        versions.iter().filter_map(|version| member(version, "name")).map(str::to_owned).collect();
    let mut number = 0_u64;
    for version in versions {
        if member(version, "id").is_none_or(str::is_empty) {
            version["id"] = context.entropy().uuid().into();
        }
        if member(version, "name").is_none() {
            version["name"] = loop {
                number += 1;
                let name = format!("v{number}");
                if taken.insert(name.clone()) {
                    break name.into();
                }
            };
        }
        if let Value::Object(members) = version {
            // Null where a date or a switch belongs is as if it were not there.
            let missing = |name: &str| ["createdAt", "updatedAt", "showViewerNavigation"].contains(&name);
            members.retain(|name, value| !(value.is_null() && missing(name)));
        }
    }
}
