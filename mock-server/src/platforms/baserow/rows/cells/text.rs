//! `text` and `long_text`.

use serde_json::Value;

use super::CellType;
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;

pub(super) struct Texts {
    pub(super) long: bool,
}

impl CellType for Texts {
    fn accept(&self, _: &dyn Scene, _: &Field, value: &Value) -> Result<Cell, Fault> {
        Ok(trimmed(value)?.map_or(Cell::Empty, |text| Cell::text(&text)))
    }

    fn default(&self, field: &Field) -> Cell {
        match field.text_option("text_default") {
            text if !self.long && !text.is_empty() => Cell::text(text),
            _ => Cell::Empty,
        }
    }

    fn show(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        show(cell)
    }

    fn text(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> String {
        plain(cell)
    }

    fn convert(&self, _: &dyn Scene, _: &Field, from: &Field, cell: &Cell, text: &str) -> Cell {
        match cell {
            // A null stays one; what is shown as an empty list becomes one, too.
            Cell::Empty => Cell::Empty,
            // facts: baserow 3.6: a password is never shown
            _ if from.type_name == "password" => Cell::Empty,
            // upstream: cast by the database, which does not write it as exports do
            Cell::Flag(flag) => Cell::text(if *flag { "true" } else { "false" }),
            _ => Cell::text(text),
        }
    }
}

/// A text, trimmed; numbers count as texts, null as none.
pub(super) fn trimmed(value: &Value) -> Result<Option<String>, Fault> {
    let text = match value {
        Value::Null => return Ok(None),
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return Err(Fault::rule("Not a valid string.", "invalid")),
    };
    if text.contains('\0') {
        return Err(Fault::rule("Null characters are not allowed.", "null_characters_not_allowed"));
    }
    Ok(Some(text))
}

pub(super) fn show(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => Value::String(text.to_string()),
        _ => Value::Null,
    }
}

pub(super) fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.to_string(),
        _ => String::new(),
    }
}
