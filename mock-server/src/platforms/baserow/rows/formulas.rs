//! What formulas make of rows.

use serde_json::Value;

use super::cell::Cell;
use super::cells::Kind;
use super::cells::linked_rows;
use super::reader::Reader;
use super::scene::Scene;
use super::schema::Field;
use super::store::Row;
use crate::platforms::baserow::fields::formula::Cells;
use crate::platforms::baserow::fields::{Directory, Known, program};
use crate::platforms::baserow::reading::number;

/// A formula's value, or a rollup's, in a row. One that is not valid has none.
pub(super) fn evaluate(reader: &Reader<'_, '_>, field: &Field, row: &Row) -> Cell {
    match program(reader, &known(field)) {
        Ok(Some(program)) => Cell::Json(program.cell(&OneRow { reader, field, row }).into()),
        Ok(None) | Err(_) => Cell::Empty,
    }
}

/// A row, as formulas see it.
struct OneRow<'r, 'c, 'a> {
    reader: &'r Reader<'c, 'a>,
    field: &'r Field,
    row: &'r Row,
}

impl Cells for OneRow<'_, '_, '_> {
    fn row(&self) -> u64 {
        self.row.id
    }

    fn cell(&self, field: u64) -> Value {
        let schema = self.reader.schema(self.field.table);
        let field = schema.as_ref().and_then(|schema| schema.by_id(field));
        field.map_or(Value::Null, |field| field.show(self.reader, self.row))
    }

    fn linked(&self, through: u64, target: u64) -> Vec<(u64, Value)> {
        let Some(schema) = self.reader.schema(self.field.table) else { return Vec::new() };
        let Some(link) = schema.by_id(through) else { return Vec::new() };
        let Kind::Link(to) = &link.kind else { return Vec::new() };
        let Some(other) = self.reader.schema(to.table) else { return Vec::new() };
        let Some(target) = other.by_id(target) else { return Vec::new() };
        let rows = linked_rows(self.reader, link, to, self.row.id);
        rows.into_iter().map(|row| (row.id, target.show(self.reader, row))).collect()
    }
}

impl Directory for Reader<'_, '_> {
    fn by_id(&self, field: u64) -> Option<Known> {
        let record = self.context().get("fields", &field.into()).ok()??;
        let schema = self.schema(number(&record, "table"))?;
        schema.by_id(field).map(|field| known(field))
    }

    fn by_name(&self, table: u64, name: &str) -> Option<Known> {
        self.schema(table)?.by_name(name).map(|field| known(field))
    }

    fn primary(&self, table: u64) -> Option<Known> {
        self.schema(table)?.primary().map(|field| known(field))
    }
}

fn known(field: &Field) -> Known {
    Known {
        id: field.id,
        table: field.table,
        name: field.name.clone(),
        kind: field.type_name.clone(),
        primary: field.primary,
        options: field.options.clone(),
    }
}
