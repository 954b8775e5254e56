//! `boolean`.

use serde_json::Value;

use super::CellType;
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;

pub(super) struct Booleans;

const YES: [&str; 14] =
    ["t", "T", "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON", "1"];
const NO: [&str; 14] =
    ["f", "F", "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF", "0"];

/// What a word means.
pub(crate) fn read_word(word: &str) -> Option<bool> {
    if YES.contains(&word) || word == "checked" {
        Some(true)
    } else if NO.contains(&word) || word == "unchecked" {
        Some(false)
    } else {
        None
    }
}

impl CellType for Booleans {
    fn accept(&self, _: &dyn Scene, _: &Field, value: &Value) -> Result<Cell, Fault> {
        let flag = match value {
            Value::Null => return Err(Fault::null()),
            Value::Bool(flag) => Some(*flag),
            Value::String(word) => read_word(word),
            Value::Number(number) if number.as_f64() == Some(1.0) => Some(true),
            Value::Number(number) if number.as_f64() == Some(0.0) => Some(false),
            _ => None,
        };
        flag.map(Cell::Flag).ok_or_else(|| Fault::rule("Must be a valid boolean.", "invalid"))
    }

    fn default(&self, field: &Field) -> Cell {
        Cell::Flag(field.options.get("boolean_default") == Some(&Value::Bool(true)))
    }

    fn show(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        Value::Bool(*cell == Cell::Flag(true))
    }

    fn text(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> String {
        if *cell == Cell::Flag(true) { "True" } else { "False" }.to_owned()
    }

    fn convert(&self, _: &dyn Scene, _: &Field, _: &Field, cell: &Cell, text: &str) -> Cell {
        let word = text.to_lowercase();
        let counts = matches!(cell, Cell::Whole(number) if *number > 0);
        Cell::Flag(counts || YES.contains(&word.as_str()) || word == "checked")
    }
}
