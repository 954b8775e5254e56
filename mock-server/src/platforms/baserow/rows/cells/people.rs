//! `multiple_collaborators`, `created_by` and `last_modified_by`.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::rating::read_whole;
use super::{CellType, read_only_fault};
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;
use crate::platforms::baserow::rows::store::{Column, Row, SortKey};

pub(super) struct Collaborators;

/// Whoever made a row, or changed it last.
pub(super) struct Author {
    pub(super) last: bool,
}

fn show(scene: &dyn Scene, id: u64) -> Option<Value> {
    scene.user(id).map(|(name, _)| json!({ "id": id, "name": name }))
}

fn name(scene: &dyn Scene, id: u64) -> String {
    scene.user(id).map(|(name, _)| name).unwrap_or_default()
}

fn read_id(value: &Value) -> Result<u64, Value> {
    let whole = "A valid integer is required.";
    let Some(members) = value.as_object() else {
        let fault = Fault::rule("An object is expected here.", "invalid");
        return Err(json!({ "non_field_errors": fault.details() }));
    };
    let id = match members.get("id") {
        None => Err(Fault::rule("This field is required.", "required")),
        Some(Value::Null) => Err(Fault::null()),
        Some(id) => read_whole(id).ok_or_else(|| Fault::rule(whole, "invalid")),
    };
    id.map(|id| u64::try_from(id).unwrap_or(0)).map_err(|fault| json!({ "id": fault.details() }))
}

impl CellType for Collaborators {
    fn accept(&self, scene: &dyn Scene, field: &Field, value: &Value) -> Result<Cell, Fault> {
        if value.is_null() {
            return Err(Fault::null());
        }
        let Value::Array(values) = value else {
            let fault = Fault::rule("A list of items is expected here.", "not_a_list");
            return Err(Fault::Within(json!({ "non_field_errors": fault.details() })));
        };
        let read: Vec<_> = values.iter().map(read_id).collect();
        if read.iter().any(Result::is_err) {
            let details = read.into_iter().map(|one| one.err().unwrap_or_else(|| json!({}))).collect();
            return Err(Fault::Within(details));
        }
        let mut ids: Vec<u64> = Vec::new();
        for id in read.into_iter().flatten() {
            if !scene.is_member(field.table, id) {
                return Err(Fault::Meaning(format!("the user {id} is no member of the workspace")));
            }
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(Cell::ids(ids))
    }

    fn show(&self, scene: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        cell.id_list().iter().filter_map(|id| show(scene, *id)).collect()
    }

    fn text(&self, scene: &dyn Scene, _: &Field, cell: &Cell) -> String {
        let people = cell.id_list().iter().filter_map(|id| scene.user(*id));
        people.map(|(name, email)| format!("{name} <{email}>")).collect::<Vec<_>>().join(", ")
    }

    fn key(&self, scene: &dyn Scene, _: &Field, cell: &Cell) -> SortKey {
        match cell.id_list() {
            [] => SortKey::Nothing,
            ids => SortKey::text(&ids.iter().map(|id| name(scene, *id)).collect::<Vec<_>>().join("")),
        }
    }

    /// The order is that of names, which change without their rows.
    fn column(&self, _: &Field) -> Option<Column> {
        None
    }

    fn convert(&self, _: &dyn Scene, _: &Field, _: &Field, cell: &Cell, _: &str) -> Cell {
        match cell {
            Cell::User(id) => Cell::ids(vec![*id]),
            _ => Cell::Empty,
        }
    }
}

impl CellType for Author {
    fn accept(&self, _: &dyn Scene, field: &Field, _: &Value) -> Result<Cell, Fault> {
        Err(read_only_fault(field))
    }

    fn value<'r>(&self, _: &dyn Scene, _: &Field, row: &'r Row) -> Cow<'r, Cell> {
        let user = if self.last { row.updated_by } else { row.created_by };
        Cow::Owned(user.map_or(Cell::Empty, Cell::User))
    }

    fn show(&self, scene: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        if let Cell::User(id) = cell { show(scene, *id).unwrap_or_default() } else { Value::Null }
    }

    fn text(&self, scene: &dyn Scene, _: &Field, cell: &Cell) -> String {
        if let Cell::User(id) = cell { name(scene, *id) } else { String::new() }
    }

    fn key(&self, scene: &dyn Scene, _: &Field, cell: &Cell) -> SortKey {
        if let Cell::User(id) = cell { SortKey::text(&name(scene, *id)) } else { SortKey::Nothing }
    }

    fn column(&self, _: &Field) -> Option<Column> {
        None
    }

    fn convert(&self, _: &dyn Scene, _: &Field, _: &Field, _: &Cell, _: &str) -> Cell {
        Cell::Empty
    }
}
