//! Rows: cells of a table's fields, kept in order and indexed.

mod cell;
mod order;
mod store;
