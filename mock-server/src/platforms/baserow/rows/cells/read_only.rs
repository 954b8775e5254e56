//! `uuid` and `autonumber`: given once, when a row is made.

use serde_json::Value;

use super::{CellType, read_only_fault, text};
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;

pub(super) struct Uuids;

pub(super) struct Autonumbers;

impl CellType for Uuids {
    fn accept(&self, _: &dyn Scene, field: &Field, _: &Value) -> Result<Cell, Fault> {
        Err(read_only_fault(field))
    }

    fn show(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        text::show(cell)
    }

    fn text(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> String {
        text::plain(cell)
    }

    fn convert(&self, _: &dyn Scene, _: &Field, _: &Field, cell: &Cell, _: &str) -> Cell {
        match cell {
            Cell::Text(text) if uuid::Uuid::try_parse(text).is_ok() => cell.clone(),
            _ => Cell::Empty,
        }
    }
}

impl CellType for Autonumbers {
    fn accept(&self, _: &dyn Scene, field: &Field, _: &Value) -> Result<Cell, Fault> {
        Err(read_only_fault(field))
    }

    fn show(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        if let Cell::Whole(number) = cell { (*number).into() } else { Value::Null }
    }

    fn text(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> String {
        if let Cell::Whole(number) = cell { number.to_string() } else { String::new() }
    }

    fn convert(&self, _: &dyn Scene, _: &Field, _: &Field, _: &Cell, _: &str) -> Cell {
        Cell::Empty
    }
}
