//! Who may touch the rows of the table that an operation names, and the row that it names.

use serde_json::Value;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::rows::store::{RowRef, RowStore};
use crate::platforms::baserow::{records, tokens};
use crate::scope::Bound;
use crate::state::Record;

/// Passes whoever may do this with the rows of the table that was found.
///
/// # Errors
/// Those of [`tokens::require_row_access`].
pub(in crate::platforms::baserow) fn allow_rows(
    context: &ActionContext<'_>,
    operation: &str,
) -> Result<(), Outcome> {
    tokens::require_row_access(context, &table(context)?, operation)
}

/// The table that a step before has found.
pub(super) fn table(context: &ActionContext<'_>) -> Result<Record, Outcome> {
    match context.bound("table") {
        Some(Bound::Record(record)) => Ok(record.clone()),
        _ => Err(Outcome::new("internal", "no step before has bound `table`")),
    }
}

/// The id of the table, which its path names.
pub(super) fn table_id(context: &ActionContext<'_>) -> Result<u64, Outcome> {
    Ok(records::key(&table(context)?))
}

/// A row that is not in the trash.
pub(super) fn row(context: &ActionContext<'_>, table: u64, id: u64) -> Result<RowRef, Outcome> {
    let store: &RowStore = context.extension()?;
    store.table(table).get(id).cloned().ok_or_else(|| missing(&[id]))
}

pub(super) fn missing(ids: &[u64]) -> Outcome {
    let ids: Vec<_> = ids.iter().map(u64::to_string).collect();
    Outcome::new("ERROR_ROW_DOES_NOT_EXIST", format!("the rows [{}] do not exist", ids.join(", ")))
}

/// The row that the path names.
pub(super) fn named_row(context: &ActionContext<'_>) -> Result<(u64, RowRef), Outcome> {
    let table = table_id(context)?;
    let id = context.inputs().path.get("row_id").and_then(Value::as_u64).unwrap_or(0);
    Ok((table, row(context, table, id)?))
}

/// The row that a query parameter names, where it does; it has to be there.
pub(super) fn row_in_query(
    context: &ActionContext<'_>,
    table: u64,
    parameter: &str,
) -> Result<Option<u64>, Outcome> {
    let id = context.inputs().query.get(parameter).and_then(Value::as_i64).filter(|id| *id != 0);
    id.map(|id| row(context, table, u64::try_from(id).unwrap_or(0)).map(|row| row.id)).transpose()
}
