//! The world of cells, read from the collections.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::cell::Cell;
use super::cells::Kind;
use super::formulas;
use super::scene::Scene;
use super::schema::{Choice, Field, Schema};
use super::store::{Row, RowStore};
use crate::action::ActionContext;
use crate::outcome::Outcome;
pub(super) use crate::platforms::baserow::fields::formula::Program;
use crate::platforms::baserow::files;
use crate::platforms::baserow::records::{flag, key as id, number, text};
use crate::state::Record;

/// The state as an action sees it. Fields are read once.
pub(crate) struct Reader<'c, 'a> {
    context: &'c ActionContext<'a>,
    store: &'c RowStore,
    schemas: RefCell<HashMap<u64, Option<Arc<Schema>>>>,
    programs: RefCell<HashMap<u64, Option<Arc<Program>>>>,
}

impl<'c, 'a> Reader<'c, 'a> {
    /// Reads the state that the context has now.
    ///
    /// # Errors
    /// `internal` when rows are not what is kept beside the collections.
    pub(crate) fn new(context: &'c ActionContext<'a>) -> Result<Self, Outcome> {
        Ok(Self {
            context,
            store: context.extension()?,
            schemas: RefCell::default(),
            programs: RefCell::default(),
        })
    }

    pub(crate) fn context(&self) -> &'c ActionContext<'a> {
        self.context
    }

    /// A table's fields.
    ///
    /// # Errors
    /// `internal` for a table that is not there.
    pub(crate) fn fields(&self, table: u64) -> Result<Arc<Schema>, Outcome> {
        self.schema(table).ok_or_else(|| Outcome::new("internal", format!("there is no table {table}")))
    }

    /// What a formula computes, read once.
    pub(super) fn program(&self, field: &Field) -> Option<Arc<Program>> {
        if let Some(known) = self.programs.borrow().get(&field.id) {
            return known.clone();
        }
        let program = formulas::read_program(self, field);
        self.programs.borrow_mut().insert(field.id, program.clone());
        program
    }

    fn read_schema(&self, table: u64) -> Option<Schema> {
        let record = self.context.get("tables", &table.into()).ok()??;
        if flag(&record, "trashed") {
            return None;
        }
        let mut records = self.context.all("fields", &[("table", &table.into())]).ok()?;
        records.retain(|field| !flag(field, "trashed"));
        records.sort_by_key(|field| (!flag(field, "primary"), number(field, "order"), id(field)));
        let fields = records.iter().filter_map(|record| read_field(self.context, record)).map(Arc::new);
        Some(Schema { table, fields: fields.collect() })
    }
}

/// A field as rows know it; `None` for one of a type that rows know nothing of.
pub(super) fn read_field(context: &ActionContext<'_>, record: &Record) -> Option<Field> {
    let options = record.get("options").and_then(Value::as_object).cloned().unwrap_or_default();
    let type_name = text(record, "type").to_owned();
    let kind = Kind::read(&type_name, &options)?;
    let choices = if matches!(kind, Kind::Select(_)) { choices(context, id(record)) } else { Vec::new() };
    Some(Field {
        id: id(record),
        table: number(record, "table"),
        name: text(record, "name").to_owned(),
        primary: flag(record, "primary"),
        db_index: flag(record, "db_index"),
        unique: is_unique(record),
        type_name,
        kind,
        options,
        choices,
    })
}

fn is_unique(record: &Record) -> bool {
    let constraints = record.get("field_constraints").and_then(Value::as_array);
    constraints.is_some_and(|all| all.iter().any(|one| one["type_name"] == "unique_with_empty"))
}

fn choices(context: &ActionContext<'_>, field: u64) -> Vec<Choice> {
    let mut records = context.all("select_options", &[("field", &field.into())]).unwrap_or_default();
    records.sort_by_key(|option| (number(option, "order"), id(option)));
    let choice = |option: &Record| Choice {
        id: id(option),
        value: text(option, "value").to_owned(),
        color: text(option, "color").to_owned(),
    };
    records.iter().map(choice).collect()
}

impl Scene for Reader<'_, '_> {
    fn store(&self) -> &RowStore {
        self.store
    }

    fn schema(&self, table: u64) -> Option<Arc<Schema>> {
        if let Some(known) = self.schemas.borrow().get(&table) {
            return known.clone();
        }
        let schema = self.read_schema(table).map(Arc::new);
        self.schemas.borrow_mut().insert(table, schema.clone());
        schema
    }

    fn user(&self, id: u64) -> Option<(String, String)> {
        let user = self.context.get("users", &id.into()).ok()??;
        Some((text(&user, "name").to_owned(), text(&user, "email").to_owned()))
    }

    fn is_member(&self, table: u64, user: u64) -> bool {
        let found = || {
            let table = self.context.get("tables", &table.into()).ok()??;
            let database = self.context.referred(&table, "database")?;
            let place = [("workspace", database.get("workspace")?), ("user", &user.into())];
            self.context.find("workspace_users", &place).ok()?
        };
        found().is_some()
    }

    fn file(&self, name: &str) -> Option<(Value, String)> {
        let record = self.context.find("user_files", &[("name", &name.into())]).ok()??;
        let own = files::represent(self.context, &record);
        let original = text(&record, "original_name").to_owned();
        let mut shown = Map::new();
        let keys =
            ["url", "thumbnails", "name", "size", "mime_type", "is_image", "image_width", "image_height"];
        for key in keys {
            shown.insert(key.to_owned(), own.get(key).cloned().unwrap_or_default());
            if key == "thumbnails" {
                shown.insert("visible_name".to_owned(), json!(original));
            }
        }
        // facts: baserow 1: within a cell the time ends in `+00:00`
        let uploaded = text(&record, "uploaded_at").trim_end_matches('Z');
        shown.insert("uploaded_at".to_owned(), json!(format!("{uploaded}+00:00")));
        Some((Value::Object(shown), original))
    }

    fn evaluate(&self, field: &Field, row: &Row) -> Cell {
        formulas::evaluate(self, field, row)
    }

    fn now(&self) -> i64 {
        self.context.now().0.saturating_mul(1000)
    }
}
