//! Rows: cells of a table's fields, kept in order and indexed.

mod cell;
mod cells;
mod fault;
mod order;
mod scene;
mod schema;
mod store;
mod words;
