//! What happened to records: written with every change, read record by record.

mod list;
mod note;

pub(super) use list::list_logs;
pub(super) use note::{note, note_action, resource_of};

/// The collection of all entries.
const LOGS: &str = "activity_logs";

/// In the entry of a deletion, what the record was: permissions are asked of it. It is told to nobody.
const WAS: &str = "was";

/// What the entries of one record are found by.
fn entity(resource: &str, key: &serde_json::Value) -> String {
    format!("{resource}/{}", super::eyes::shown(key))
}
