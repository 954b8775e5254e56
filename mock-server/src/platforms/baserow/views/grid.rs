//! The rows of grids: for members, and for everyone where the grid is public.

use serde_json::{Value, json};

use super::field_options::{hidden_fields, options_of};
use super::public::public_view;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{key, numbers, referred};
use crate::platforms::baserow::{fields, rows, sight};
use crate::state::Record;

/// `list_grid_rows`: of the grid that an earlier step found.
///
/// # Errors
/// Those of the listing of rows.
pub(in crate::platforms::baserow) fn list_grid_rows(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    let view = sight::bound(context, "view")?;
    let table = referred(context, &view, "table")?;
    let mut page = rows::grid_page(context, &table, &view, None)?;
    if page.get("results").is_none() {
        return Ok(page);
    }
    if includes(context, "field_options") {
        page["field_options"] = Value::Object(options_of(context, &view)?);
    }
    if includes(context, "row_metadata") {
        page["row_metadata"] = json!({});
    }
    Ok(page)
}

/// `list_public_grid_rows`: without the fields that the grid hides.
///
/// # Errors
/// `ERROR_GRID_DOES_NOT_EXIST` where the grid is not public, and those of the listing of rows.
pub(in crate::platforms::baserow) fn list_public_grid_rows(
    context: &ActionContext<'_>,
) -> Result<Value, Outcome> {
    let view = public_view(context, "ERROR_GRID_DOES_NOT_EXIST")?;
    let table = referred(context, &view, "table")?;
    let visible = visible(context, &view)?;
    let mut page = rows::grid_page(context, &table, &view, Some(&visible))?;
    if page.get("results").is_some() && includes(context, "field_options") {
        let mut options = options_of(context, &view)?;
        options.retain(|field, _| field.parse().is_ok_and(|field: u64| visible.contains(&field)));
        page["field_options"] = Value::Object(options);
    }
    Ok(page)
}

/// `some_grid_rows`: rows by their ids, of the grid that an earlier step found.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn some_grid_rows(
    context: &ActionContext<'_>,
    ids: &Value,
    field_ids: &Value,
) -> Result<Value, Outcome> {
    let view = sight::bound(context, "view")?;
    let table = referred(context, &view, "table")?;
    let fields = field_ids.is_array().then(|| numbers(Some(field_ids)));
    let found = rows::some_rows(context, &table, &numbers(Some(ids)), fields.as_deref())?;
    Ok(Value::Array(found))
}

fn visible(context: &ActionContext<'_>, view: &Record) -> Result<Vec<u64>, Outcome> {
    let hidden = hidden_fields(context, view)?;
    let table = referred(context, view, "table")?;
    let fields = fields::of_table(context, key(&table))?;
    Ok(fields.iter().map(key).filter(|field| !hidden.contains(field)).collect())
}

fn includes(context: &ActionContext<'_>, name: &str) -> bool {
    let include = context.inputs().query.get("include").and_then(Value::as_str);
    include.is_some_and(|include| include.split(',').any(|one| one.trim() == name))
}
