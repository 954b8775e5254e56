//! What is exported: the names of the fields, and the rows as text.

use serde_json::Value;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{key, numbers};
use crate::platforms::baserow::{fields, rows, views};
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
    context: &ActionContext<'_>,
    table: &Record,
    view: Option<&Record>,
    request: &Value,
) -> Result<Sheet, Outcome> {
    let shown = view.map(|view| shown_by(context, table, view)).transpose()?;
    let wanted = request.get("fields").filter(|fields| fields.is_array());
    let chosen: Option<Vec<u64>> = match (shown, wanted) {
        // Fields are chosen among those that a view shows; without a view all are exported.
        (Some(shown), Some(_)) => {
            Some(numbers(wanted).into_iter().filter(|field| shown.contains(field)).collect())
        }
        (shown, _) => shown,
    };
    let mut asked = Vec::new();
    if let Some(filters) = request.get("filters").filter(|filters| !filters.is_null()) {
        asked.push(("filters".to_owned(), filters.to_string()));
    }
    if let Some(order) = request.get("order_by").and_then(Value::as_str).filter(|order| !order.is_empty()) {
        asked.push(("order_by".to_owned(), order.to_owned()));
    }
    let found = rows::exported_rows(context, table, view, chosen.as_deref(), asked)?;
    Ok(Sheet { names: found.fields.into_iter().map(|(_, name)| name).collect(), rows: found.rows })
}

/// The fields that a view shows, in its order.
fn shown_by(context: &ActionContext<'_>, table: &Record, view: &Record) -> Result<Vec<u64>, Outcome> {
    let (hidden, options) = (views::hidden_fields(context, view)?, views::options_of(context, view)?);
    let order = |field: &u64| options.get(&field.to_string()).and_then(|one| one["order"].as_u64());
    let all = fields::of_table(context, key(table))?;
    let mut shown: Vec<u64> = all.iter().map(key).filter(|field| !hidden.contains(field)).collect();
    shown.sort_by_key(order);
    Ok(shown)
}
