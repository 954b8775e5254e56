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
    let filter = if flag(view, "filters_disabled") { None } else { view_filter(reader, schema, view)? };
    let mut order = Vec::new();
    for record in reader.context().all("view_sortings", &[("view", &own)])? {
        let Some(field) = schema.by_id(number(&record, "field")) else { continue };
        order.push(SortBy {
            field: field.clone(),
            descending: text(&record, "order") == "DESC",
            by_option: text(&record, "type") == "order",
        });
    }
    Ok(Query { filter, order })
}

/// A view's filters: those of a group are joined as the group says, groups within groups, all as the view says.
fn view_filter(reader: &Reader<'_, '_>, schema: &Schema, view: &Record) -> Result<Option<Filter>, Outcome> {
    let own = Value::from(id(view));
    // Filters and groups that are in no group have the number 0, which no group has.
    let mut within: BTreeMap<u64, Vec<Filter>> = BTreeMap::new();
    for record in reader.context().all("view_filters", &[("view", &own)])? {
        let Some(field) = schema.by_id(number(&record, "field")) else { continue };
        let compiled = compile(reader, field, text(&record, "type"), text(&record, "value"));
        if let Ok(Some(filter)) = compiled {
            within.entry(number(&record, "group")).or_default().push(filter);
        }
    }
    let any = |record: &Record| text(record, "filter_type") == "OR";
    let mut groups = reader.context().all("view_filter_groups", &[("view", &own)])?;
    // A group is made after the one that it is in: from the inside out.
    groups.sort_by_key(|group| std::cmp::Reverse(id(group)));
    for group in groups {
        let filters = within.remove(&id(&group)).unwrap_or_default();
        if let Some(filter) = Filter::join(any(&group), filters) {
            within.entry(number(&group, "parent_group")).or_default().push(filter);
        }
    }
    Ok(Filter::join(any(view), within.remove(&0).unwrap_or_default()))
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
