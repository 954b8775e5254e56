//! Cells as JSON, for state files: `{"number": "1.50"}`, one member that says the kind.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::platforms::baserow::rows::cell::{Cell, FileCell};

/// The cell as JSON.
pub(super) fn to_json(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => json!({ "text": &**text }),
        Cell::Number(number) => json!({ "number": number.to_plain_string() }),
        Cell::Whole(number) => json!({ "whole": number }),
        Cell::Flag(flag) => json!({ "flag": flag }),
        Cell::Day(day) => json!({ "day": day.to_string() }),
        Cell::Moment(moment) => json!({ "moment": moment }),
        Cell::Duration(duration) => json!({ "duration": duration }),
        Cell::Choice(id) => json!({ "choice": id }),
        Cell::Ids(ids) => json!({ "ids": &**ids }),
        Cell::User(id) => json!({ "user": id }),
        Cell::Files(files) => {
            let all: Vec<_> = files.iter().map(|one| json!([&*one.name, &*one.visible_name])).collect();
            json!({ "files": all })
        }
        Cell::Gathered(all) => {
            let all: Vec<_> = all.iter().map(|(row, cell)| json!([row, to_json(cell)])).collect();
            json!({ "gathered": all })
        }
        Cell::Json(value) => json!({ "json": &**value }),
    }
}

/// The cell that [`to_json`] wrote; `None` for what it does not write.
pub(super) fn from_json(json: &Value) -> Option<Cell> {
    if json.is_null() {
        return Some(Cell::Empty);
    }
    let (kind, value) = json.as_object()?.iter().next()?;
    Some(match kind.as_str() {
        "text" => Cell::text(value.as_str()?),
        "number" => Cell::number(value.as_str()?.parse().ok()?),
        "whole" => Cell::Whole(value.as_i64()?),
        "flag" => Cell::Flag(value.as_bool()?),
        "day" => Cell::Day(value.as_str()?.parse().ok()?),
        "moment" => Cell::Moment(value.as_i64()?),
        "duration" => Cell::Duration(value.as_i64()?),
        "choice" => Cell::Choice(value.as_u64()?),
        "ids" => Cell::ids(value.as_array()?.iter().map(Value::as_u64).collect::<Option<_>>()?),
        "user" => Cell::User(value.as_u64()?),
        "files" => Cell::Files(value.as_array()?.iter().map(file).collect::<Option<Arc<_>>>()?),
        "gathered" => Cell::Gathered(value.as_array()?.iter().map(gathered).collect::<Option<Arc<_>>>()?),
        "json" => Cell::Json(Arc::new(value.clone())),
        _ => return None,
    })
}

fn file(pair: &Value) -> Option<FileCell> {
    let (name, visible) = (pair.get(0)?.as_str()?, pair.get(1)?.as_str()?);
    Some(FileCell { name: name.into(), visible_name: visible.into() })
}

fn gathered(pair: &Value) -> Option<(u64, Cell)> {
    Some((pair.get(0)?.as_u64()?, from_json(pair.get(1)?)?))
}
