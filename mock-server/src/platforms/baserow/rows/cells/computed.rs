//! `count`, `lookup`, `rollup` and `formula`: computed when they are read.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::link::linked_rows;
use super::number::read_decimal;
use super::{CellType, Kind, read_only_fault};
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;
use crate::platforms::baserow::rows::store::{Column, Row, SortKey};

/// What is computed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Computed {
    /// How many rows a link field names.
    Count { through: u64 },
    /// A field of the rows that a link field names.
    Lookup { through: u64, target: u64 },
    /// A formula, or a rollup, which is one.
    Formula,
}

impl Computed {
    pub(super) fn read(type_name: &str, options: &Map<String, Value>) -> Option<Self> {
        let id = |name: &str| options.get(name).and_then(Value::as_u64).unwrap_or(0);
        Some(match type_name {
            "count" => Self::Count { through: id("through_field_id") },
            "lookup" => Self::Lookup { through: id("through_field_id"), target: id("target_field_id") },
            "formula" | "rollup" => Self::Formula,
            _ => return None,
        })
    }
}

/// A lookup of a lookup of a formula … ends somewhere; where a state file made a circle of them it ends here.
const DEEPEST: usize = 32;

thread_local!(static DEPTH: std::cell::Cell<usize> = const { std::cell::Cell::new(0) });

fn deeper<T>(compute: impl FnOnce() -> T) -> Option<T> {
    let depth = DEPTH.get();
    if depth >= DEEPEST {
        return None;
    }
    DEPTH.set(depth + 1);
    let value = compute();
    DEPTH.set(depth);
    Some(value)
}

impl CellType for Computed {
    fn accept(&self, _: &dyn Scene, field: &Field, _: &Value) -> Result<Cell, Fault> {
        Err(read_only_fault(field))
    }

    fn value<'r>(&self, scene: &dyn Scene, field: &Field, row: &'r Row) -> Cow<'r, Cell> {
        let through = |id: u64| {
            let schema = scene.schema(field.table)?;
            let link = schema.by_id(id)?.clone();
            if let Kind::Link(to) = &link.kind { Some((link.clone(), to.clone())) } else { None }
        };
        let cell = match self {
            Self::Count { through: id } => through(*id).map(|(link, to)| {
                let count = linked_rows(scene, &link, &to, row.id).len();
                Cell::Json(json!(count.to_string()).into())
            }),
            Self::Lookup { through: id, target } => through(*id).and_then(|(link, to)| {
                let schema = scene.schema(to.table)?;
                let target = schema.by_id(*target)?.clone();
                let rows = linked_rows(scene, &link, &to, row.id);
                let value = |row: &Row| deeper(|| target.show(scene, row));
                let gathered: Option<Vec<_>> =
                    rows.into_iter().map(|row| Some(json!({ "id": row.id, "value": value(row)? }))).collect();
                gathered.map(|all| Cell::Json(Value::Array(all).into()))
            }),
            Self::Formula => deeper(|| scene.evaluate(field, row)),
        };
        Cow::Owned(cell.unwrap_or(Cell::Empty))
    }

    fn show(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        match (self, cell) {
            (_, Cell::Json(value)) => (**value).clone(),
            (Self::Lookup { .. }, _) => json!([]),
            _ => Value::Null,
        }
    }

    fn text(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> String {
        if let Cell::Json(value) = cell { text_of(value) } else { String::new() }
    }

    fn key(&self, _: &dyn Scene, field: &Field, cell: &Cell) -> SortKey {
        let numeric = matches!(self, Self::Count { .. }) || field.text_option("formula_type") == "number";
        match cell {
            // Numbers are shown as texts.
            Cell::Json(value) if numeric => {
                let number = value.as_str().and_then(read_decimal);
                number.map_or(SortKey::Nothing, |number| SortKey::Number(number.into()))
            }
            _ => SortKey::of(cell),
        }
    }

    fn column(&self, _: &Field) -> Option<Column> {
        None
    }

    fn sortable(&self, _: &dyn Scene, field: &Field) -> bool {
        let invalid = field.text_option("formula_type") == "invalid";
        !invalid && !matches!(self, Self::Lookup { .. })
    }

    fn convert(&self, _: &dyn Scene, _: &Field, _: &Field, _: &Cell, _: &str) -> Cell {
        Cell::Empty
    }
}

/// A computed value as people read it.
fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(flag) => if *flag { "True" } else { "False" }.to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(all) => all.iter().map(text_of).collect::<Vec<_>>().join(", "),
        Value::Object(members) => {
            members.get("value").or_else(|| members.get("name")).map(text_of).unwrap_or_default()
        }
    }
}
