//! Rows: cells of a table's fields, kept in order and indexed.

mod cell;
mod cells;
mod fault;
mod filters;
mod order;
mod query;
mod scene;
mod schema;
mod search;
mod store;
#[cfg(test)]
mod testing;
mod words;
