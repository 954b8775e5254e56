//! Tables of a database.

mod copy;
mod create;
mod duplicate;
mod import;
mod initial;
mod order;
mod python;
mod tokens;

pub(super) use copy::{Ids, copy};
pub(super) use create::{Column, create, create_table, create_table_async, with_fields};
pub(super) use duplicate::{duplicate_table, start_duplicate};
pub(super) use import::import_table;
pub(super) use order::order_tables;
pub(super) use tokens::list_token_tables;
