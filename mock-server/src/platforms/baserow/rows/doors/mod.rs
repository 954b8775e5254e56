//! What other areas ask of rows.

mod copy;
mod export;
mod fields;
mod fill;
mod form;
mod grid;
mod import;
mod texts;
mod trash;
mod undo;

pub(in crate::platforms::baserow) use copy::{copy_field, copy_table};
pub(in crate::platforms::baserow) use export::exported_rows;
pub(in crate::platforms::baserow) use fields::{
    check_unique, field_added, field_changed, field_indexed, filter_goes_with, forget_field,
};
pub(in crate::platforms::baserow) use fill::fill;
pub(in crate::platforms::baserow) use form::{Asked, submit};
pub(in crate::platforms::baserow) use grid::{grid_page, some_rows};
pub(in crate::platforms::baserow) use import::{Upsert, import};
pub(in crate::platforms::baserow) use texts::{TableRows, describe, texts};
pub(in crate::platforms::baserow) use trash::{forget, forget_table, set_trashed};
pub(in crate::platforms::baserow) use undo::{RowChanges, revert};
