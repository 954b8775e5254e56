//! Database tokens: their permissions, and who may touch the rows of a table.

mod access;
mod change;
mod permissions;

pub(super) use access::{may, require_row_access};
pub(super) use change::{create_database_token, update_database_token};
pub(super) use permissions::check_token_permissions;
