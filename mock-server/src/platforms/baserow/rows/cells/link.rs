//! `link_row`: rows of another table, kept as a relation that both sides see.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::{CellType, Kind};
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;
use crate::platforms::baserow::rows::store::{Column, Row, RowRef, SortKey};
use crate::platforms::baserow::rows::words::split_commas;

/// Where a link field leads.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) table: u64,
    /// The link field of that table which sees the same relation.
    pub(crate) related: Option<u64>,
    multiple: bool,
}

impl Link {
    pub(super) fn read(options: &Map<String, Value>) -> Option<Self> {
        Some(Self {
            table: options.get("link_row_table_id").or_else(|| options.get("link_row_table"))?.as_u64()?,
            related: options.get("link_row_related_field_id").and_then(Value::as_u64),
            multiple: options.get("link_row_multiple_relationships") != Some(&Value::Bool(false)),
        })
    }

    /// Ids of rows by their primary texts; of several with one text the first.
    fn by_text(&self, scene: &dyn Scene, texts: &[String]) -> Result<Vec<u64>, Fault> {
        let schema = scene.schema(self.table);
        let Some(primary) = schema.as_ref().and_then(|schema| schema.primary()) else {
            return Err(Fault::Meaning("the table that is linked to has no primary field".to_owned()));
        };
        if matches!(primary.kind, Kind::File | Kind::Link(_) | Kind::Password) {
            let sentence = format!("rows cannot be named by a primary field of type {}", primary.type_name);
            return Err(Fault::Meaning(sentence));
        }
        let mut found: HashMap<&str, u64> = HashMap::new();
        let rows = scene.store().table(self.table);
        for row in rows.iter() {
            let text = primary.text(scene, row);
            if let Some(wanted) = texts.iter().find(|one| **one == text) {
                found.entry(wanted).or_insert(row.id);
            }
            if found.len() == texts.len() {
                break;
            }
        }
        let id_of = |text: &String| {
            found.get(text.as_str()).copied().ok_or_else(|| {
                Fault::Meaning(format!("no row of the table that is linked to is called `{text}`"))
            })
        };
        texts.iter().map(id_of).collect()
    }
}

/// The rows that a row is linked to, in their table's order; none in the trash.
pub(crate) fn linked_rows<'s>(scene: &'s dyn Scene, field: &Field, link: &Link, row: u64) -> Vec<&'s RowRef> {
    // A table in the trash has no fields: nothing is linked to it.
    if scene.schema(link.table).is_none() {
        return Vec::new();
    }
    let table = scene.store().table(link.table);
    let mut rows: Vec<_> =
        scene.store().relations.linked(field.id, row).filter_map(|id| table.get(id)).collect();
    rows.sort_by_key(|row| row.place());
    rows
}

impl CellType for Link {
    fn accept(&self, scene: &dyn Scene, _: &Field, value: &Value) -> Result<Cell, Fault> {
        let mixed = || Fault::rule("All values of the list must have one type.", "not_same_type");
        let neither = || Fault::rule("A list of row ids or of texts is needed.", "invalid");
        let values = match value {
            Value::Null => return Err(Fault::null()),
            Value::Bool(false) => return Ok(Cell::Empty),
            Value::String(text) if text.is_empty() => return Ok(Cell::Empty),
            Value::Object(members) if members.is_empty() => return Ok(Cell::Empty),
            Value::String(text) => split_commas(text).into_iter().map(Value::String).collect(),
            Value::Number(number) if number.as_f64() == Some(0.0) => return Ok(Cell::Empty),
            Value::Number(number) if number.is_u64() || number.is_i64() => vec![value.clone()],
            Value::Array(values) => values.clone(),
            _ => return Err(neither()),
        };
        let texts = values.iter().all(Value::is_string);
        let numbers = values.iter().all(|one| one.is_u64() || one.is_i64());
        if !texts && !numbers {
            let kind = |value: &Value| std::mem::discriminant(value);
            let one_kind = values.windows(2).all(|pair| kind(&pair[0]) == kind(&pair[1]));
            return Err(if one_kind { neither() } else { mixed() });
        }
        if !self.multiple && values.len() > 1 {
            return Err(Fault::rule("No more than 1 elements are allowed.", "max_length"));
        }
        let mut ids = if texts && !values.is_empty() {
            let texts: Vec<_> =
                values.iter().filter_map(Value::as_str).map(|one| one.trim().to_owned()).collect();
            self.by_text(scene, &texts)?
        } else {
            let known = |id: &u64| scene.store().table(self.table).get(*id).is_some();
            values.iter().filter_map(Value::as_u64).filter(known).collect()
        };
        let mut seen = std::collections::HashSet::new();
        ids.retain(|id| seen.insert(*id));
        Ok(Cell::ids(ids))
    }

    fn value<'r>(&self, scene: &dyn Scene, field: &Field, row: &'r Row) -> Cow<'r, Cell> {
        let rows = linked_rows(scene, field, self, row.id);
        Cow::Owned(Cell::ids(rows.into_iter().map(|row| row.id).collect()))
    }

    fn show(&self, scene: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        let schema = scene.schema(self.table);
        let primary = schema.as_ref().and_then(|schema| schema.primary());
        let table = scene.store().table(self.table);
        let rows = cell.id_list().iter().filter_map(|id| table.get(*id));
        rows.map(|row| {
            let text = primary.map(|primary| primary.text(scene, row)).unwrap_or_default();
            json!({ "id": row.id, "value": text, "order": row.order.to_string() })
        })
        .collect()
    }

    fn text(&self, scene: &dyn Scene, _: &Field, cell: &Cell) -> String {
        let schema = scene.schema(self.table);
        let Some(primary) = schema.as_ref().and_then(|schema| schema.primary()) else { return String::new() };
        let table = scene.store().table(self.table);
        let texts: Vec<_> = cell
            .id_list()
            .iter()
            .filter_map(|id| table.get(*id))
            .map(|row| quote_comma(primary.text(scene, row)))
            .collect();
        texts.join(",")
    }

    fn key(&self, scene: &dyn Scene, _: &Field, cell: &Cell) -> SortKey {
        let schema = scene.schema(self.table);
        let Some(primary) = schema.as_ref().and_then(|schema| schema.primary()) else {
            return SortKey::Nothing;
        };
        if cell.id_list().is_empty() {
            return SortKey::Nothing;
        }
        let table = scene.store().table(self.table);
        let rows = cell.id_list().iter().filter_map(|id| table.get(*id));
        SortKey::List(rows.map(|row| primary.sort_key(scene, row)).collect())
    }

    fn column(&self, _: &Field) -> Option<Column> {
        None
    }

    fn sortable(&self, scene: &dyn Scene, _: &Field) -> bool {
        let schema = scene.schema(self.table);
        let primary = schema.as_ref().and_then(|schema| schema.primary());
        primary.is_some_and(|primary| !matches!(primary.kind, Kind::Link(_) | Kind::File | Kind::Password))
    }

    fn convert(&self, scene: &dyn Scene, _: &Field, _: &Field, cell: &Cell, text: &str) -> Cell {
        if matches!(cell, Cell::Empty) || text.trim().is_empty() {
            return Cell::Empty;
        }
        let mut ids = Vec::new();
        for name in split_commas(text) {
            if let Ok(found) = self.by_text(scene, &[name]) {
                ids.extend(found);
            }
        }
        ids.dedup();
        Cell::ids(ids)
    }
}

fn quote_comma(text: String) -> String {
    if text.contains(',') { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
