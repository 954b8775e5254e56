//! What is exported: the names of the fields, and the rows as text.

use serde_json::Value;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// A table as text.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The fields' names.
    pub(super) names: Vec<String>,
    /// Each row's id and cells.
    pub(super) rows: Vec<(u64, Vec<String>)>,
}

/// The rows of a table, or those that a view shows, as `request` filters, orders and narrows them.
///
/// # Errors
/// Those of the listing of rows, for `filters` and `order_by`.
pub(super) fn sheet(
    _: &ActionContext<'_>,
    _: &Record,
    _: Option<&Record>,
    _: &Value,
) -> Result<Sheet, Outcome> {
    Err(Outcome::new("internal", "rows cannot be read yet"))
}
