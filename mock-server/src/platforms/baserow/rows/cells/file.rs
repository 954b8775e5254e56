//! `file`: uploaded files, each under a name of its own in this cell.

use serde_json::{Value, json};

use super::CellType;
use crate::platforms::baserow::rows::cell::{Cell, FileCell};
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;
use crate::platforms::baserow::rows::store::Column;
use crate::platforms::baserow::rows::words::split_commas;

pub(super) struct Files;

/// A file as it was named.
struct Named<'v> {
    name: String,
    visible: Option<&'v str>,
}

fn read_names(value: &Value) -> Result<Vec<Named<'_>>, Fault> {
    let by_name = |name: String| Named { name, visible: None };
    let names = match value {
        Value::String(text) => split_commas(text).into_iter().map(by_name).collect(),
        Value::Array(values) if values.iter().all(Value::is_string) => {
            values.iter().filter_map(Value::as_str).map(|name| by_name(name.to_owned())).collect()
        }
        Value::Array(values) if values.iter().all(Value::is_object) => {
            let read = |value: &'_ Value| match value.get("name").and_then(Value::as_str) {
                Some(name) => Ok(name.to_owned()),
                None => Err(Fault::rule("Every file of the list needs a name.", "required")),
            };
            let mut named = Vec::new();
            for value in values {
                let visible = value.get("visible_name").and_then(Value::as_str);
                named.push(Named { name: read(value)?, visible: visible.filter(|one| !one.is_empty()) });
            }
            named
        }
        Value::Array(values) => {
            let kind = |value: &Value| std::mem::discriminant(value);
            let one_kind = values.windows(2).all(|pair| kind(&pair[0]) == kind(&pair[1]));
            return Err(if one_kind {
                Fault::rule("A list of names, or of objects with a name, is needed.", "invalid")
            } else {
                Fault::rule("All values of the list must have one type.", "not_same_type")
            });
        }
        _ => return Err(Fault::rule("A list or a text is needed.", "not_a_list")),
    };
    if let Some(wrong) = names.iter().find(|one| !is_file_name(&one.name)) {
        return Err(Fault::rule(format!("`{}` is no name of an uploaded file.", wrong.name), "invalid"));
    }
    Ok(names)
}

/// 32 characters, `_`, 64 hexadecimal digits, and an extension.
fn is_file_name(name: &str) -> bool {
    let (stem, _) = name.split_once('.').unwrap_or((name, ""));
    let parts = stem.split_once('_');
    parts.is_some_and(|(unique, hash)| {
        unique.len() == 32
            && unique.bytes().all(|one| one.is_ascii_alphanumeric())
            && hash.len() == 64
            && hash.bytes().all(|one| one.is_ascii_hexdigit())
    })
}

impl CellType for Files {
    fn accept(&self, scene: &dyn Scene, _: &Field, value: &Value) -> Result<Cell, Fault> {
        if value.is_null() {
            return Ok(Cell::Empty);
        }
        let mut files = Vec::new();
        for named in read_names(value)? {
            let Some((_, original)) = scene.file(&named.name) else {
                return Err(Fault::Meaning(format!("the user file {} does not exist", named.name)));
            };
            let visible = named.visible.unwrap_or(&original);
            files.push(FileCell { visible_name: visible.into(), name: named.name.as_str().into() });
        }
        Ok(if files.is_empty() { Cell::Empty } else { Cell::Files(files.into()) })
    }

    fn show(&self, scene: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        let Cell::Files(files) = cell else { return json!([]) };
        let shown = files.iter().filter_map(|one| {
            let (mut file, _) = scene.file(&one.name)?;
            if let Value::Object(members) = &mut file {
                members.insert("visible_name".to_owned(), (*one.visible_name).into());
            }
            Some(file)
        });
        shown.collect()
    }

    fn text(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> String {
        let Cell::Files(files) = cell else { return String::new() };
        files.iter().map(|one| &*one.visible_name).collect::<Vec<_>>().join(", ")
    }

    fn column(&self, _: &Field) -> Option<Column> {
        None
    }

    fn sortable(&self, _: &dyn Scene, _: &Field) -> bool {
        false
    }

    fn convert(&self, _: &dyn Scene, _: &Field, _: &Field, cell: &Cell, _: &str) -> Cell {
        if matches!(cell, Cell::Files(_)) { cell.clone() } else { Cell::Empty }
    }
}
