//! Copies of tables: fields, options, links among them, views and rows.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::fields::{self, Known, first_unused, select_options};
use crate::platforms::baserow::records::{key, number, text};
use crate::platforms::baserow::{ordering, rows, views};
use crate::state::Record;

/// What the ids of the originals are in the copies.
#[derive(Debug, Default)]
pub(in crate::platforms::baserow) struct Ids {
    pub(in crate::platforms::baserow) tables: BTreeMap<u64, u64>,
    pub(in crate::platforms::baserow) fields: BTreeMap<u64, u64>,
    pub(in crate::platforms::baserow) options: BTreeMap<u64, u64>,
    pub(in crate::platforms::baserow) views: BTreeMap<u64, u64>,
}

/// Copies tables into a database, each under the name that stands at its place. Links among them lead to the copies,
/// other links to where they led.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn copy(
    context: &mut ActionContext<'_>,
    tables: &[Record],
    database: &Record,
    names: &[String],
) -> Result<Vec<Record>, Outcome> {
    let mut ids = Ids::default();
    let mut copies = Vec::new();
    for (table, name) in tables.iter().zip(names) {
        let order = ordering::next(context, "tables", ("database", key(database)))?;
        let copy =
            context.insert("tables", json!({ "database": key(database), "name": name, "order": order }))?;
        ids.tables.insert(key(table), key(&copy));
        copies.push(copy);
    }
    let mut made = Vec::new();
    for (table, copy) in tables.iter().zip(&copies) {
        for field in fields::of_table(context, key(table))? {
            made.push((field.clone(), copy_field(context, &field, copy, &mut ids)?));
        }
    }
    for table in tables {
        let copy = ids.tables.get(&key(table)).copied().unwrap_or_default();
        for view in ordering::in_order(context, "views", ("table", key(table)))? {
            views::copy(context, &view, copy, text(&view, "name"), &mut ids)?;
        }
    }
    for (field, copy) in &made {
        let options = translated(context, &Known::of(field), copy, &ids)?;
        context.update(copy, json!({ "options": null }))?;
        context.update(copy, json!({ "options": options }))?;
    }
    for (_, copy) in &made {
        let copy = context.current(copy)?;
        rows::field_added(context, &copy)?;
    }
    for (table, copy) in tables.iter().zip(&copies) {
        rows::copy_table(context, table, copy, &ids.fields)?;
    }
    Ok(copies)
}

fn copy_field(
    context: &mut ActionContext<'_>,
    field: &Record,
    table: &Record,
    ids: &mut Ids,
) -> Result<Record, Outcome> {
    let mut fields = Map::new();
    for name in
        ["name", "type", "order", "primary", "description", "db_index", "field_constraints", "options"]
    {
        if let Some(value) = field.get(name) {
            fields.insert(name.to_owned(), value.clone());
        }
    }
    fields.insert("table".to_owned(), key(table).into());
    let copy = context.insert("fields", Value::Object(fields))?;
    ids.fields.insert(key(field), key(&copy));
    ids.options.extend(select_options::copy(context, key(field), key(&copy))?);
    Ok(copy)
}

/// A field's options with the ids of the copies.
fn translated(
    context: &mut ActionContext<'_>,
    field: &Known,
    copy: &Record,
    ids: &Ids,
) -> Result<Map<String, Value>, Outcome> {
    let mut options = field.options.clone();
    let among = |map: &BTreeMap<u64, u64>, value: &Value| value.as_u64().and_then(|id| map.get(&id).copied());
    for name in ["through_field_id", "target_field_id"] {
        if let Some(now) = options.get(name).and_then(|value| among(&ids.fields, value)) {
            options.insert(name.to_owned(), now.into());
        }
    }
    for name in ["single_select_default", "multiple_select_default"] {
        let now = match options.get(name) {
            Some(Value::Array(all)) => all.iter().filter_map(|one| among(&ids.options, one)).collect(),
            Some(one) => among(&ids.options, one).map_or(Value::Null, Value::from),
            None => continue,
        };
        options.insert(name.to_owned(), now);
    }
    if field.kind != "link_row" {
        return Ok(options);
    }
    if let Some(now) =
        options.get("link_row_limit_selection_view_id").and_then(|view| among(&ids.views, view))
    {
        options.insert("link_row_limit_selection_view_id".to_owned(), now.into());
    }
    let linked = field.link("link_row_table_id").unwrap_or_default();
    let related = field.link("link_row_related_field_id");
    if let Some(now) = ids.tables.get(&linked) {
        options.insert("link_row_table_id".to_owned(), (*now).into());
        let related = related.and_then(|related| ids.fields.get(&related).copied());
        options.insert("link_row_related_field_id".to_owned(), related.map_or(Value::Null, Value::from));
    } else if related.is_some() {
        let related = relate_outside(context, linked, copy)?;
        options.insert("link_row_related_field_id".to_owned(), key(&related).into());
    }
    Ok(options)
}

/// The other side of a copied link, in a table that was not copied.
fn relate_outside(context: &mut ActionContext<'_>, table: u64, copy: &Record) -> Result<Record, Outcome> {
    let own = context.referred(copy, "table");
    let name = own.as_ref().map_or("", |table| text(table, "name")).to_owned();
    let names = [name.clone(), format!("{name} - {}", text(copy, "name"))];
    let beside = fields::of_table(context, table)?;
    let name = first_unused(&names, |name| beside.iter().any(|field| text(field, "name") == name));
    let order = beside.iter().map(|field| number(field, "order") + 1).max().unwrap_or_default();
    let options = json!({
        "link_row_table_id": number(copy, "table"), "link_row_related_field_id": key(copy),
        "link_row_limit_selection_view_id": null, "link_row_multiple_relationships": true,
    });
    let related =
        json!({ "table": table, "name": name, "type": "link_row", "order": order, "options": options });
    let related = context.insert("fields", related)?;
    rows::field_added(context, &related)?;
    Ok(related)
}
