//! Bob, who received a password of Alice's and has one of his own.

use serde_json::json;

use super::super::kind::Kind;
use super::super::{passwords, php, revisions};
use super::CLIENT;
use super::alice::{SHARE, WIKI};
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// Bob's copy of the shared password.
const COPY: &str = "b0b00000-0000-4000-8000-0000000a0001";

/// The share as the share job leaves it, with the copy that it made.
pub(super) fn bob(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    let now = php::now(context);
    let share = json!({
        "id": SHARE, "owner": "alice", "receiver": "bob", "source": WIKI, "target": COPY,
        "created": now, "updated": now, "source_updated": false, "client": CLIENT,
    });
    context.insert("shares", share)?;
    let source = revisions::object(context, Kind::Password, "alice", WIKI)?;
    let mut copy = json!({ "id": COPY, "share": SHARE, "editable": false });
    for field in ["label", "username", "password", "url", "notes", "customFields", "edited"] {
        copy[field] = source.get(field).cloned().unwrap_or_default();
    }
    passwords::insert(context, "bob", copy, "CLIENT::CRON")?;
    let own = json!({
        "id": "b0b00000-0000-4000-8000-0000000a0002",
        "label": "Streaming", "username": "bob@example.com", "password": "Pewter-canyon-73-Lark",
        "url": "https://video.example.com",
    });
    passwords::insert(context, "bob", own, CLIENT).map(drop)
}
