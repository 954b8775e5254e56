//! `order_workspaces`: the places that were named, from 1.

use serde_json::{Value, json};

use super::super::records::{caller, id};
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// Gives each workspace its place in the caller's order; what the caller is no member of is passed over, but has its number.
pub(in super::super) fn order_workspaces(
    context: &mut ActionContext<'_>,
    workspaces: &[Value],
) -> Result<(), Outcome> {
    let user = id(caller(context)?);
    for (place, workspace) in (1_u64..).zip(workspaces) {
        if let Some(own) = context.find("workspace_users", &[("workspace", workspace), ("user", &user)])? {
            context.update(&own, json!({ "order": place }))?;
        }
    }
    Ok(())
}
