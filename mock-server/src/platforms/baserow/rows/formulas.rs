//! What formulas make of rows.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::cell::Cell;
use super::cells::{Kind, linked_rows};
use super::reader::Reader;
use super::scene::Scene;
use super::schema::{Field, Schema};
use super::store::Row;
use crate::platforms::baserow::fields::formula::Cells;
use crate::platforms::baserow::fields::{Known, program};

/// A formula's value, or a rollup's, in a row; nothing where the formula is not valid.
pub(super) fn evaluate(reader: &Reader<'_, '_>, field: &Field, row: &Row) -> Cell {
    let (Some(program), Some(schema)) = (reader.program(field), reader.schema(field.table)) else {
        return Cell::Empty;
    };
    let cells = RowCells { reader, schema, row };
    match program.cell(&cells) {
        Value::Null => Cell::Empty,
        value => Cell::Json(value.into()),
    }
}

/// The program of a formula; `None` for one that is not valid.
pub(super) fn read_program(reader: &Reader<'_, '_>, field: &Field) -> Option<Arc<super::reader::Program>> {
    let known = Known {
        id: field.id,
        table: field.table,
        name: field.name.clone(),
        kind: field.type_name.clone(),
        primary: field.primary,
        options: field.options.clone(),
    };
    program(reader.context(), &known).ok().flatten().map(Arc::new)
}

/// A row, as formulas read it.
struct RowCells<'r, 'c, 'a> {
    reader: &'r Reader<'c, 'a>,
    schema: Arc<Schema>,
    row: &'r Row,
}

impl Cells for RowCells<'_, '_, '_> {
    fn row(&self) -> u64 {
        self.row.id
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.reader.context().now().0).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn cell(&self, field: u64) -> Value {
        self.schema.by_id(field).map(|field| field.show(self.reader, self.row)).unwrap_or_default()
    }

    fn linked(&self, through: u64, target: u64) -> Vec<(u64, Value)> {
        let Some(field) = self.schema.by_id(through) else { return Vec::new() };
        let Kind::Link(link) = &field.kind else { return Vec::new() };
        let schema = self.reader.schema(link.table);
        let Some(target) = schema.as_ref().and_then(|schema| schema.by_id(target)) else { return Vec::new() };
        let rows = linked_rows(self.reader, field, link, self.row.id);
        rows.into_iter().map(|row| (row.id, target.show(self.reader, row))).collect()
    }
}
