//! `rating`.

use serde_json::Value;

use super::{CellType, Kind};
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;

pub(super) struct Ratings;

fn max(field: &Field) -> i64 {
    if let Kind::Rating { max } = field.kind { max } else { 5 }
}

/// A whole number as frameworks of the product's kind read one: `3`, `3.0`, `"3"`, `"3.0"`.
pub(super) fn read_whole(value: &Value) -> Option<i64> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let digits = match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|one| one == b'0') => whole,
        Some(_) => return None,
        None => text.as_str(),
    };
    digits.parse().ok()
}

impl CellType for Ratings {
    fn accept(&self, _: &dyn Scene, field: &Field, value: &Value) -> Result<Cell, Fault> {
        if value.is_null() {
            return Err(Fault::null());
        }
        let number =
            read_whole(value).ok_or_else(|| Fault::rule("A valid integer is required.", "invalid"))?;
        match number {
            ..0 => Err(Fault::rule("The least value is 0.", "min_value")),
            _ if number > max(field) => {
                Err(Fault::rule(format!("The greatest value is {}.", max(field)), "max_value"))
            }
            _ => Ok(Cell::Whole(number)),
        }
    }

    fn default(&self, _: &Field) -> Cell {
        Cell::Whole(0)
    }

    fn show(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        if let Cell::Whole(number) = cell { (*number).into() } else { 0.into() }
    }

    fn text(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> String {
        if let Cell::Whole(number) = cell { number.to_string() } else { "0".to_owned() }
    }

    fn convert(&self, _: &dyn Scene, field: &Field, _: &Field, cell: &Cell, text: &str) -> Cell {
        let number = match cell {
            Cell::Flag(flag) => i64::from(*flag),
            Cell::Whole(number) => *number,
            _ => {
                #[allow(clippy::cast_possible_truncation, reason = "clamped to a small range")]
                let rounded =
                    text.trim().parse::<f64>().ok().filter(|one| one.is_finite()).unwrap_or(0.0).round()
                        as i64;
                rounded
            }
        };
        Cell::Whole(number.clamp(0, max(field)))
    }
}
