//! Links between tables: each side is a field, and knows the other.

use serde_json::{Map, Value, json};

use super::directory::Known;
use super::kinds::FieldKind;
use super::{list, name};
use crate::action::ActionContext;
use crate::outcome::Outcome;
<<<<<<< HEAD
use crate::platforms::baserow::records::{get, key, number, text};
use crate::platforms::baserow::rows;
=======
use crate::platforms::baserow::pending::rows;
use crate::platforms::baserow::records::{get, key, number, text};
>>>>>>> b-trash
use crate::state::Record;

/// Whether a field is to have another one in the table that it links to. `current` says whether it has one now.
///
/// # Errors
/// `ERROR_SELF_REFERENCING_LINK_ROW_CANNOT_HAVE_RELATED_FIELD`: a table that is linked to itself needs no second field.
pub(super) fn wanted(
    kind: &FieldKind,
    table: u64,
    options: &Map<String, Value>,
    body: &Value,
    current: Option<bool>,
) -> Result<bool, Outcome> {
    if kind.name != "link_row" {
        return Ok(false);
    }
    let itself = options.get("link_row_table_id").and_then(Value::as_u64) == Some(table);
    match body["has_related_field"].as_bool() {
        Some(true) if itself => {
            let sentence = "a field that links a table to itself cannot have a related field";
            Err(Outcome::new("ERROR_SELF_REFERENCING_LINK_ROW_CANNOT_HAVE_RELATED_FIELD", sentence))
        }
        Some(asked) => Ok(asked),
        None => Ok(current.unwrap_or(true) && !itself),
    }
}

/// Makes the field that shows the links of this one in the other table, named after this table.
///
/// # Errors
/// None but `internal`.
pub(super) fn relate(context: &mut ActionContext<'_>, field: &Record) -> Result<(), Outcome> {
    let known = Known::of(field);
    let own = get(context, "tables", known.table)?;
    let other = known.link("link_row_table_id").unwrap_or_default();
    let names = [text(&own, "name").to_owned(), format!("{} - {}", text(&own, "name"), known.name)];
    let name = name::unused(context, other, &names)?;
    let order = list::of_table(context, other)?.iter().map(|field| number(field, "order") + 1).max();
    let options = json!({
        "link_row_table_id": known.table, "link_row_related_field_id": known.id,
        "link_row_limit_selection_view_id": null, "link_row_multiple_relationships": true,
    });
    let order = order.unwrap_or_default();
    let related =
        json!({ "table": other, "name": name, "type": "link_row", "order": order, "options": options });
    let related = context.insert("fields", related)?;
    context.update(field, json!({ "options": { "link_row_related_field_id": key(&related) } }))?;
    rows::field_added(context, &related)
}

/// Removes the field of the other table for good.
///
/// # Errors
/// None but `internal`.
pub(super) fn unrelate(context: &mut ActionContext<'_>, field: &Known) -> Result<(), Outcome> {
    let Some(related) = field.link("link_row_related_field_id") else { return Ok(()) };
    let Some(related) = context.get("fields", &related.into())? else { return Ok(()) };
    rows::forget_field(context, &related)?;
    context.delete(&[related])?;
    if let Some(field) = context.get("fields", &field.id.into())? {
        context.update(&field, json!({ "options": { "link_row_related_field_id": null } }))?;
    }
    Ok(())
}
