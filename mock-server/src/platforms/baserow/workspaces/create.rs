//! Making workspaces, empty ones and examples.

use serde_json::json;

use super::super::applications;
use super::super::records::{caller, text};
use super::members::{ADMIN, join};
use super::permissions::may_create;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// A workspace that the user administers; it comes last in their order.
pub(in super::super) fn create(
    context: &mut ActionContext<'_>,
    user: &Record,
    name: &str,
) -> Result<Record, Outcome> {
    let workspace = context.insert("workspaces", json!({ "name": name }))?;
    join(context, &workspace, user, ADMIN)?;
    Ok(workspace)
}

/// A workspace named after the user, with the example database.
pub(in super::super) fn create_initial(
    context: &mut ActionContext<'_>,
    user: &Record,
) -> Result<Record, Outcome> {
    let workspace = create(context, user, &initial_name(text(user, "language"), text(user, "name")))?;
    applications::create_example(context, &workspace, user)?;
    Ok(workspace)
}

/// facts: baserow 1.35 names it in the user's language.
fn initial_name(language: &str, name: &str) -> String {
    match language {
        "fr" => format!("Projet de « {name} »"),
        "nl" => format!("Werkruimte van {name}"),
        "de" => format!("{name}'s Arbeitsbereich"),
        "es" => format!("Proyecto de {name}"),
        "it" => format!("Progetto di {name}"),
        "pl" => format!("{name} obszar roboczy"),
        "ko" => format!("{name}의 작업공간"),
        _ => format!("{name}'s workspace"),
    }
}

/// `create_workspace` with a name, `create_initial_workspace` without one: produces the caller's place in it.
pub(in super::super) fn create_workspace(
    context: &mut ActionContext<'_>,
    name: Option<&str>,
) -> Result<(), Outcome> {
    let user = caller(context)?.clone();
    if !may_create(context, &user)? {
        let sentence = "only administrators of the instance create workspaces here";
        return Err(Outcome::new("PERMISSION_DENIED", sentence));
    }
    let workspace = match name {
        Some(name) => create(context, &user, name)?,
        None => create_initial(context, &user)?,
    };
    let place = super::membership(context, &workspace, &user)?;
    let place = place.ok_or_else(|| Outcome::new("internal", "a new workspace has no member"))?;
    context.produce(place);
    Ok(())
}
