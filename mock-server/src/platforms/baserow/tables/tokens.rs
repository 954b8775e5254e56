//! `list_token_tables`: the tables that a database token can do anything with.

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{flag, key, number};
use crate::platforms::baserow::{ordering, tokens};

/// Lets those tables be what the operation gives.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn list_token_tables(
    context: &mut ActionContext<'_>,
) -> Result<(), Outcome> {
    let token =
        context.recognised("Token").ok_or_else(|| Outcome::unauthenticated("there is no database token"))?;
    let mut tables = Vec::new();
    for database in context.all("applications", &[("workspace", &number(token, "workspace").into())])? {
        if !flag(&database, "trashed") {
            tables.extend(ordering::in_order(context, "tables", ("database", key(&database)))?);
        }
    }
    let operations = ["create", "read", "update", "delete"];
    tables.retain(|table| operations.iter().any(|operation| tokens::may(context, token, operation, table)));
    context.produce_all(tables);
    Ok(())
}
