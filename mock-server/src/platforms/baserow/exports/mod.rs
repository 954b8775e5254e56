//! Exports: a table, or what a grid view shows of it, as a file.

mod charset;
mod job;
mod sheet;
mod table;

pub(super) use job::{download, read_export};
pub(super) use table::export_table;
