//! `password`: set, and never shown.

use serde_json::Value;

use super::CellType;
use super::text::trimmed;
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;
use crate::platforms::baserow::rows::store::Column;

pub(super) struct Passwords;

impl CellType for Passwords {
    fn accept(&self, _: &dyn Scene, _: &Field, value: &Value) -> Result<Cell, Fault> {
        Ok(match trimmed(value)? {
            Some(text) if !text.is_empty() => Cell::text(&text),
            _ => Cell::Empty,
        })
    }

    fn show(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        if *cell == Cell::Empty { Value::Null } else { Value::Bool(true) }
    }

    fn text(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> String {
        if *cell == Cell::Empty { "False" } else { "True" }.to_owned()
    }

    fn column(&self, _: &Field) -> Option<Column> {
        None
    }

    fn sortable(&self, _: &dyn Scene, _: &Field) -> bool {
        false
    }

    fn convert(&self, _: &dyn Scene, _: &Field, from: &Field, cell: &Cell, _: &str) -> Cell {
        match cell {
            Cell::Text(text) if matches!(from.type_name.as_str(), "text" | "long_text") => {
                Cell::Text(text.clone())
            }
            _ => Cell::Empty,
        }
    }
}
