//! Rows as exported files have them.

use std::sync::Arc;

use serde_json::Value;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::key;
use crate::platforms::baserow::rows::doors::TableRows;
use crate::platforms::baserow::rows::filters::Filter;
use crate::platforms::baserow::rows::listing;
use crate::platforms::baserow::rows::parameters::Parameters;
use crate::platforms::baserow::rows::query::{Query, all};
use crate::platforms::baserow::rows::reader::Reader;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::{Field, Schema};
use crate::platforms::baserow::rows::store::Row;
use crate::platforms::baserow::rows::views::view_query;
use crate::state::Record;

/// A table's rows with the cells of the fields that are `chosen`, in that order, or of all. `asked` has `filters` and `order_by` as the
/// listing of rows takes them; those of a view hold besides, and its order where none is asked for.
///
/// # Errors
/// Those of the listing of rows.
pub(in crate::platforms::baserow) fn exported_rows(
    context: &ActionContext<'_>,
    table: &Record,
    view: Option<&Record>,
    chosen: Option<&[u64]>,
    asked: Vec<(String, String)>,
) -> Result<TableRows, Outcome> {
    let reader = Reader::new(context)?;
    let whole = reader.fields(key(table))?;
    let fields: Vec<Arc<Field>> = match chosen {
        Some(ids) => ids.iter().filter_map(|id| whole.by_id(*id).cloned()).collect(),
        None => whole.fields.clone(),
    };
    let usable = Schema { table: key(table), fields: fields.clone() };
    let mut query = listing::query(&reader, &usable, &Parameters::made(asked))?;
    if let Some(view) = view {
        let own: Query = view_query(&reader, &whole, view)?;
        query.filter = Filter::join(false, own.filter.into_iter().chain(query.filter).collect());
        if query.order.is_empty() {
            query.order = own.order;
        }
    }
    let cells = |row: &Row| fields.iter().map(|field| text(&reader, field, row)).collect();
    Ok(TableRows {
        fields: fields.iter().map(|field| (field.id, field.name.clone())).collect(),
        rows: all(&reader, key(table), &query).iter().map(|row| (row.id, cells(row))).collect(),
    })
}

/// A cell's text; unlike elsewhere people have their addresses, files their URLs, and lists no blanks after their commas.
fn text(scene: &dyn Scene, field: &Field, row: &Row) -> String {
    let word = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let address = |value: &Value| scene.user(value["id"].as_u64()?);
    match field.type_name.as_str() {
        "file" => list(&field.show(scene, row), |one| {
            format!("{} ({})", word(one, "visible_name"), word(one, "url"))
        }),
        "multiple_select" => list(&field.show(scene, row), |one| word(one, "value")),
        "multiple_collaborators" => list(&field.show(scene, row), |one| {
            address(one).map(|(name, address)| format!("{name} <{address}>")).unwrap_or_default()
        }),
        "created_by" | "last_modified_by" => {
            address(&field.show(scene, row)).map(|(_, address)| address).unwrap_or_default()
        }
        _ => field.text(scene, row),
    }
}

/// Elements with commas between them; one that has a comma or a quotation mark itself is quoted.
fn list(elements: &Value, text: impl Fn(&Value) -> String) -> String {
    let quoted = |text: String| {
        if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    let texts = elements.as_array().into_iter().flatten().map(|one| quoted(text(one)));
    texts.collect::<Vec<_>>().join(",")
}
