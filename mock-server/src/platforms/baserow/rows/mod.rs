//! Rows: cells of a table's fields, kept in order and indexed.

mod body;
mod cell;
mod cells;
mod changes;
mod doors;
mod fault;
mod filters;
mod formulas;
mod listing;
mod operations;
mod order;
mod parameters;
mod query;
mod reader;
mod scene;
mod schema;
mod search;
mod show;
mod store;
#[cfg(test)]
mod testing;
mod unique;
mod views;
mod words;
mod write;

pub(super) use doors::*;
pub(super) use operations::*;
pub(super) use store::{RowStore, SortKey};
