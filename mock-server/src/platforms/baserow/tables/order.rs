//! `order_tables`.

use serde_json::Value;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::key;
use crate::platforms::baserow::{ordering, sight};

/// Orders the tables of the database that an earlier step found.
///
/// # Errors
/// `ERROR_TABLE_NOT_IN_DATABASE`.
pub(in crate::platforms::baserow) fn order_tables(
    context: &mut ActionContext<'_>,
    ids: &Value,
) -> Result<(), Outcome> {
    let database = sight::bound(context, "application")?;
    let tables = ordering::in_order(context, "tables", ("database", key(&database)))?;
    ordering::renumber(context, &tables, ids, "ERROR_TABLE_NOT_IN_DATABASE")
}
