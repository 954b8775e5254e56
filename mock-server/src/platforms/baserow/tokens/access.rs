//! Who may touch the rows of a table: members of its workspace, and database tokens as their permissions say.

use serde_json::Value;

use super::super::records::{flag, id, value};
use super::super::workspaces;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The security scheme of database tokens.
const TOKEN: &str = "Token";

/// Whether a token's permissions allow an operation (`create`, `read`, `update`, `delete`) on a table.
pub(in super::super) fn may(
    context: &ActionContext<'_>,
    token: &Record,
    operation: &str,
    table: &Record,
) -> bool {
    let Some(database) = context.referred(table, "database") else { return false };
    if value(&database, "workspace") != value(token, "workspace") {
        return false;
    }
    match token.get("permissions").and_then(|permissions| permissions.get(operation)) {
        Some(Value::Bool(all)) => *all,
        Some(Value::Array(places)) => places.iter().any(|place| match place[0].as_str() {
            Some("database") => place[1] == id(&database),
            Some("table") => place[1] == id(table),
            _ => false,
        }),
        _ => false,
    }
}

/// Passes who may do `operation` on the rows of a table: a database token with that permission whose owner is a member still,
/// or a member of the workspace.
///
/// # Errors
/// `ERROR_TOKEN_GROUP_MISMATCH`, `ERROR_USER_NOT_ACTIVE`, `ERROR_NO_PERMISSION_TO_TABLE`, `ERROR_USER_NOT_IN_GROUP`, and
/// `PERMISSION_DENIED` for nobody at all.
pub(in super::super) fn require_row_access(
    context: &ActionContext<'_>,
    table: &Record,
    operation: &str,
) -> Result<(), Outcome> {
    let database = context.referred(table, "database");
    let workspace = database.and_then(|database| context.referred(&database, "workspace"));
    let workspace = workspace.ok_or_else(|| Outcome::new("internal", "the table is in no workspace"))?;
    if let Some(token) = context.recognised(TOKEN) {
        require_living(context, token)?;
        return if may(context, token, operation, table) {
            Ok(())
        } else {
            let sentence =
                format!("the token does not have the permission to {operation} rows of this table");
            Err(Outcome::new("ERROR_NO_PERMISSION_TO_TABLE", sentence))
        };
    }
    let Some(user) = context.caller() else {
        return Err(Outcome::new("PERMISSION_DENIED", "signing in is needed"));
    };
    if workspaces::is_member(context, &workspace, user)? {
        Ok(())
    } else {
        Err(Outcome::new("ERROR_USER_NOT_IN_GROUP", ""))
    }
}

/// A token works while its owner is a member of its workspace and not switched off.
fn require_living(context: &ActionContext<'_>, token: &Record) -> Result<(), Outcome> {
    let (workspace, user) = (context.referred(token, "workspace"), context.referred(token, "user"));
    let (Some(workspace), Some(user)) = (workspace, user) else {
        return Err(Outcome::new("internal", "a token without workspace or owner"));
    };
    if !workspaces::is_member(context, &workspace, &user)? {
        let sentence = "the token's owner is no member of its workspace any more";
        return Err(Outcome::new("ERROR_TOKEN_GROUP_MISMATCH", sentence));
    }
    if !flag(&user, "is_active") {
        return Err(Outcome::new("ERROR_USER_NOT_ACTIVE", "the token's owner is switched off"));
    }
    Ok(())
}
