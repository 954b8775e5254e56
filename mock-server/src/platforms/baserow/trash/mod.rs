//! The trash: what was deleted keeps its record and is marked, until it is restored, emptied or too old.

mod contents;
mod empty;
mod entry;
mod item;
mod restore;
mod structure;

pub(super) use contents::list_trash;
pub(super) use empty::{empty_trash, forget_item};
pub(super) use entry::put_rows;
pub(super) use item::trash_item;
pub(super) use restore::restore_item;
pub(super) use structure::trash_structure;
