//! `archive_memberships`: who is archived has no active place anywhere.

use serde_json::{Value, json};

use crate::action::ActionContext;
use crate::generated::tooljet::ArchiveMembershipsInput;
use crate::outcome::Outcome;

pub(super) fn archive_memberships(
    context: &mut ActionContext<'_>,
    input: ArchiveMembershipsInput,
) -> Result<(), Outcome> {
    let user = Value::from(input.user);
    for membership in context.all("memberships", &[("user", &user)])? {
        context.update(&membership, json!({ "status": "archived" }))?;
    }
    Ok(())
}
