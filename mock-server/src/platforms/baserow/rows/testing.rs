//! A world for the tests of cells, filters and listings.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::cell::Cell;
use super::cells::Kind;
use super::fault::Fault;
use super::scene::Scene;
use super::schema::{Choice, Field, Schema};
use super::store::{Row, RowStore};

/// Tables with fields, and rows.
pub(super) struct World {
    pub(super) store: RowStore,
    schemas: BTreeMap<u64, Arc<Schema>>,
    pub(super) now: i64,
}

/// A field of table 1.
pub(super) fn field(id: u64, name: &str, type_name: &str, options: Value) -> Field {
    let options = options.as_object().cloned().unwrap();
    let choices = options.get("select_options").and_then(Value::as_array).into_iter().flatten();
    let choices = choices
        .map(|one| Choice {
            id: one["id"].as_u64().unwrap(),
            value: one["value"].as_str().unwrap().to_owned(),
            color: "blue".to_owned(),
        })
        .collect();
    Field {
        id,
        table: 1,
        name: name.to_owned(),
        type_name: type_name.to_owned(),
        primary: id % 100 == 1,
        db_index: false,
        unique: false,
        kind: Kind::read(type_name, &options).unwrap(),
        options,
        choices,
    }
}

impl World {
    pub(super) fn new(fields: Vec<Field>) -> Self {
        let mut world =
            Self { store: RowStore::default(), schemas: BTreeMap::new(), now: 1_717_286_400_000_000 };
        world.add_table(1, fields);
        world
    }

    pub(super) fn add_table(&mut self, table: u64, fields: Vec<Field>) {
        let own = fields.into_iter().map(|field| Arc::new(Field { table, ..field })).collect();
        self.schemas.insert(table, Arc::new(Schema { table, fields: own }));
    }

    pub(super) fn table(&self, table: u64) -> Arc<Schema> {
        self.schemas[&table].clone()
    }

    /// Adds a row with cells as a client would send them, by name.
    pub(super) fn add(&mut self, table: u64, cells: Value) -> u64 {
        let id = self.store.table_mut(table).take_id();
        let order = self.store.table(table).order_at_end();
        let mut row = Row::new(id, order, self.now, Some(1));
        let schema = self.table(table);
        for field in &schema.fields {
            let cell = match cells.get(&field.name) {
                Some(value) => self.accept(table, &field.name, value).unwrap(),
                None => field.kind.cells().default(field),
            };
            if matches!(field.kind, Kind::Link(_)) {
                for other in cell.id_list() {
                    self.store.relations.link(field.id, id, *other);
                }
            } else {
                row.set(field.id, cell);
            }
        }
        self.store.table_mut(table).put(row);
        id
    }

    pub(super) fn accept(&self, table: u64, name: &str, value: &Value) -> Result<Cell, Fault> {
        let field = self.table(table).by_name(name).unwrap().clone();
        field.kind.cells().accept(self, &field, value)
    }
}

impl Scene for World {
    fn store(&self) -> &RowStore {
        &self.store
    }

    fn schema(&self, table: u64) -> Option<Arc<Schema>> {
        self.schemas.get(&table).cloned()
    }

    fn user(&self, id: u64) -> Option<(String, String)> {
        (id < 3).then(|| (format!("User {id}"), format!("user{id}@example.com")))
    }

    fn is_member(&self, _: u64, user: u64) -> bool {
        user < 3
    }

    fn file(&self, name: &str) -> Option<(Value, String)> {
        let known = format!("{}_{}.txt", "a".repeat(32), "b".repeat(64));
        (name == known).then(|| (json!({ "name": known, "is_image": false }), "note.txt".to_owned()))
    }

    fn evaluate(&self, _: &Field, row: &Row) -> Cell {
        Cell::Json(json!(format!("{}.0", row.id)).into())
    }

    fn now(&self) -> i64 {
        self.now
    }
}
