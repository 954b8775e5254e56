//! `list_workspace_invitations`.

use serde_json::Value;

use super::super::records::{text, value};
use super::super::sorts;
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// Produces the invitations of a workspace whose address or message contains `search`.
pub(in super::super) fn list_workspace_invitations(
    context: &mut ActionContext<'_>,
    workspace: u64,
    search: Option<&str>,
    sorts: Option<&str>,
) -> Result<(), Outcome> {
    const COLUMNS: &[(&str, &str)] = &[("email", "email"), ("message", "message")];
    let sorts = sorts.map(|sorts| sorts::read(sorts, COLUMNS)).transpose()?;
    let wanted = search.unwrap_or_default().to_lowercase();
    let mut found = context.all("invitations", &[("workspace", &Value::from(workspace))])?;
    found.retain(|one| {
        ["email", "message"].iter().any(|field| text(one, field).to_lowercase().contains(&wanted))
    });
    sorts::sort(&mut found, &sorts.unwrap_or_default(), value);
    context.produce_all(found);
    Ok(())
}
