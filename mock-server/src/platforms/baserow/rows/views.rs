//! What a view makes of its table's rows: its filters and its order.

use std::collections::BTreeMap;

use serde_json::Value;

use super::filters::{Filter, compile};
use super::query::{Query, SortBy};
use super::reader::Reader;
use super::schema::Schema;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{flag, key as id, number, text};
use crate::state::Record;

/// A view's filters and order. A filter on a field that is in the trash, or of another type by now, is passed over.
///
/// # Errors
/// None but `internal`.
pub(super) fn view_query(reader: &Reader<'_, '_>, schema: &Schema, view: &Record) -> Result<Query, Outcome> {
    let own = Value::from(id(view));
    let mut filters: BTreeMap<u64, Vec<Filter>> = BTreeMap::new();
    if !flag(view, "filters_disabled") {
        for record in reader.context().all("view_filters", &[("view", &own)])? {
            let Some(field) = schema.by_id(number(&record, "field")) else { continue };
            let compiled = compile(reader, field, text(&record, "type"), text(&record, "value"));
            if let Ok(Some(filter)) = compiled {
                filters.entry(number(&record, "group")).or_default().push(filter);
            }
        }
    }
    let any = text(view, "filter_type") == "OR";
    // Filters of no group have the number 0, which no group has.
    let mut all = filters.remove(&0).unwrap_or_default();
    all.extend(filters.into_values().filter_map(|group| Filter::join(false, group)));
    let mut order = Vec::new();
    for record in reader.context().all("view_sortings", &[("view", &own)])? {
        let Some(field) = schema.by_id(number(&record, "field")) else { continue };
        order.push(SortBy {
            field: field.clone(),
            descending: text(&record, "order") == "DESC",
            by_option: text(&record, "type") == "order",
        });
    }
    Ok(Query { filter: Filter::join(any, all), order })
}

/// A view of this table by its id.
///
/// # Errors
/// `ERROR_VIEW_DOES_NOT_EXIST`.
pub(super) fn view_of(reader: &Reader<'_, '_>, table: u64, view: u64) -> Result<Record, Outcome> {
    let found = reader.context().get("views", &view.into())?;
    let found = found.filter(|view| !flag(view, "trashed") && number(view, "table") == table);
    found.ok_or_else(|| Outcome::new("ERROR_VIEW_DOES_NOT_EXIST", "there is no such view"))
}
