//! The operations on rows.

mod access;
mod adjacent;
mod batch;
mod history;
mod list;
mod names;
mod single;

pub(in crate::platforms::baserow) use access::allow_rows;
pub(in crate::platforms::baserow) use adjacent::{adjacent_row, check_adjacent_query};
pub(in crate::platforms::baserow) use batch::{batch_create_rows, batch_delete_rows, batch_update_rows};
pub(in crate::platforms::baserow) use history::row_history;
pub(in crate::platforms::baserow) use list::list_rows;
pub(in crate::platforms::baserow) use names::row_names;
pub(in crate::platforms::baserow::rows) use single::add;
pub(in crate::platforms::baserow) use single::{create_row, delete_row, get_row, move_row, update_row};
