//! What formulas make of rows.

use super::cell::Cell;
use super::reader::Reader;
use super::schema::Field;
use super::store::Row;

/// A formula's value, or a rollup's, in a row.
pub(super) fn evaluate(_: &Reader<'_, '_>, _: &Field, _: &Row) -> Cell {
    Cell::Empty
}
