//! The fields of a table, in their order.

use serde_json::Value;

use super::represent::represent;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{flag, key, number};
use crate::platforms::baserow::{sight, tokens};
use crate::state::Record;

/// The fields of a table that are not in the trash: the primary one first, then by order.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn of_table(
    context: &ActionContext<'_>,
    table: u64,
) -> Result<Vec<Record>, Outcome> {
    let mut fields = context.all("fields", &[("table", &table.into())])?;
    fields.retain(|field| !flag(field, "trashed"));
    fields.sort_by_key(|field| (!flag(field, "primary"), number(field, "order"), key(field)));
    Ok(fields)
}

/// `list_fields`: for members, and for database tokens with any permission on the table.
///
/// # Errors
/// `PERMISSION_DENIED`, `ERROR_USER_NOT_IN_GROUP`, `ERROR_NO_PERMISSION_TO_TABLE`.
pub(in crate::platforms::baserow) fn list_fields(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    let table = sight::bound(context, "table")?;
    may_see(context, &table)?;
    let fields = of_table(context, key(&table))?;
    Ok(fields.iter().map(|field| represent(context, field)).collect())
}

fn may_see(context: &ActionContext<'_>, table: &Record) -> Result<(), Outcome> {
    if context.recognised("Token").is_none() {
        return tokens::require_row_access(context, table, "read");
    }
    let mut refusal = Ok(());
    for operation in ["create", "update", "delete", "read"] {
        refusal = tokens::require_row_access(context, table, operation);
        if refusal.is_ok() {
            break;
        }
    }
    refusal
}
