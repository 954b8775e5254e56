//! `single_select` and `multiple_select`.

use serde_json::{Map, Value, json};

use super::CellType;
use super::text::trimmed;
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::{Choice, Field};
use crate::platforms::baserow::rows::store::{Column, SortKey};
use crate::platforms::baserow::rows::words::split_commas;

/// How many options a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Selects {
    Single,
    Multiple,
}

impl Selects {
    pub(super) fn read(type_name: &str) -> Self {
        if type_name == "single_select" { Self::Single } else { Self::Multiple }
    }
}

/// An option as it was named: by id, or by its text.
enum Named {
    Id(u64),
    Text(String),
}

fn read_name(value: &Value) -> Result<Named, Fault> {
    match value {
        // A number that is no id names no option, as an id nobody has does.
        Value::Number(number) if number.is_i64() || number.is_u64() => {
            Ok(Named::Id(number.as_u64().unwrap_or(0)))
        }
        Value::String(_) => Ok(Named::Text(trimmed(value)?.unwrap_or_default())),
        _ => Err(Fault::rule("An option's id or text is needed.", "invalid")),
    }
}

fn find<'f>(field: &'f Field, name: &Named) -> Option<&'f Choice> {
    match name {
        Named::Id(id) => field.choice(*id),
        Named::Text(text) => field.choices.iter().find(|choice| choice.value == *text),
    }
}

fn unknown(field: &Field, names: &[&Named]) -> Fault {
    let names: Vec<_> = names
        .iter()
        .map(|name| match name {
            Named::Id(id) => id.to_string(),
            Named::Text(text) => format!("`{text}`"),
        })
        .collect();
    Fault::Meaning(format!("the field {} has no select option {}", field.id, names.join(", ")))
}

fn choices<'f>(field: &'f Field, cell: &Cell) -> Vec<&'f Choice> {
    match cell {
        Cell::Choice(id) => field.choice(*id).into_iter().collect(),
        Cell::Ids(ids) => ids.iter().filter_map(|id| field.choice(*id)).collect(),
        _ => Vec::new(),
    }
}

fn shown(choice: &Choice) -> Value {
    json!({ "id": choice.id, "value": choice.value, "color": choice.color })
}

impl CellType for Selects {
    fn accept(&self, _: &dyn Scene, field: &Field, value: &Value) -> Result<Cell, Fault> {
        match (self, value) {
            (Self::Single, Value::Null) => Ok(Cell::Empty),
            (Self::Single, value) => {
                let name = read_name(value)?;
                let choice = find(field, &name).ok_or_else(|| unknown(field, &[&name]))?;
                Ok(Cell::Choice(choice.id))
            }
            (Self::Multiple, Value::Null) => Err(Fault::null()),
            (Self::Multiple, Value::String(text)) => {
                let names = split_commas(text).into_iter().map(Named::Text).collect::<Vec<_>>();
                many(field, &names)
            }
            (Self::Multiple, Value::Array(values)) => {
                let mut wrong = Map::new();
                let mut names = Vec::new();
                for (place, value) in values.iter().enumerate() {
                    match read_name(value) {
                        Ok(name) => names.push(name),
                        Err(fault) => drop(wrong.insert(place.to_string(), fault.details())),
                    }
                }
                if wrong.is_empty() { many(field, &names) } else { Err(Fault::Within(wrong.into())) }
            }
            (Self::Multiple, _) => Err(Fault::rule("A list of items is expected here.", "not_a_list")),
        }
    }

    fn default(&self, field: &Field) -> Cell {
        match self {
            Self::Single => {
                let id = field.id_option("single_select_default").filter(|id| field.choice(*id).is_some());
                id.map_or(Cell::Empty, Cell::Choice)
            }
            Self::Multiple => {
                let ids = field.options.get("multiple_select_default").and_then(Value::as_array);
                let wanted = |choice: &&Choice| {
                    ids.is_some_and(|ids| ids.iter().any(|id| id.as_u64() == Some(choice.id)))
                };
                Cell::ids(field.choices.iter().filter(wanted).map(|choice| choice.id).collect())
            }
        }
    }

    fn show(&self, _: &dyn Scene, field: &Field, cell: &Cell) -> Value {
        let choices = choices(field, cell);
        match self {
            Self::Single => choices.first().map_or(Value::Null, |choice| shown(choice)),
            Self::Multiple => choices.into_iter().map(shown).collect(),
        }
    }

    fn text(&self, _: &dyn Scene, field: &Field, cell: &Cell) -> String {
        let texts: Vec<_> = choices(field, cell).into_iter().map(|choice| choice.value.as_str()).collect();
        texts.join(", ")
    }

    fn key(&self, _: &dyn Scene, field: &Field, cell: &Cell) -> SortKey {
        match choices(field, cell).as_slice() {
            [] => SortKey::Nothing,
            all => SortKey::text(&all.iter().map(|one| one.value.as_str()).collect::<Vec<_>>().join(", ")),
        }
    }

    /// The order is that of the options' texts, which change without their rows.
    fn column(&self, _: &Field) -> Option<Column> {
        None
    }

    fn convert(&self, _: &dyn Scene, field: &Field, _: &Field, cell: &Cell, text: &str) -> Cell {
        let by_id = |id: &u64| field.choice(*id).map(|choice| choice.id);
        let mut found: Vec<u64> = match cell {
            Cell::Choice(id) => by_id(id).into_iter().collect(),
            Cell::Ids(ids) => ids.iter().filter_map(by_id).collect(),
            _ => Vec::new(),
        };
        if found.is_empty() {
            let wanted = text.trim().to_lowercase();
            let whole = field.choices.iter().find(|choice| choice.value.to_lowercase() == wanted);
            // One option is the whole text or none; several stand between commas.
            let parts = if matches!(self, Self::Single) { Vec::new() } else { split_commas(text) };
            let named = |part: &String| field.choices.iter().find(|choice| choice.value == *part);
            found = match whole {
                Some(choice) => vec![choice.id],
                None => parts.iter().filter_map(named).map(|choice| choice.id).collect(),
            };
        }
        match self {
            Self::Single => found.first().map_or(Cell::Empty, |id| Cell::Choice(*id)),
            Self::Multiple => Cell::ids(found),
        }
    }
}

fn many(field: &Field, names: &[Named]) -> Result<Cell, Fault> {
    let missing: Vec<_> = names.iter().filter(|name| find(field, name).is_none()).collect();
    if !missing.is_empty() {
        return Err(unknown(field, &missing));
    }
    let mut ids: Vec<u64> = Vec::new();
    for id in names.iter().filter_map(|name| find(field, name)).map(|choice| choice.id) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(Cell::ids(ids))
}
