//! Fields: the typed columns of tables.

mod create;
mod directory;
mod duplicate;
pub(super) mod formula;
mod kinds;
mod link_row;
mod list;
mod name;
mod options;
mod program;
mod represent;
mod retype;
pub(super) mod select_options;
mod store;
mod type_formula;
mod unique_values;
mod update;

pub(super) use create::{MOST_FIELDS, create, create_field};
pub(super) use directory::Known;
pub(super) use duplicate::{duplicate_field, start_duplicate};
pub(super) use kinds::kind;
pub(super) use list::{list_fields, of_table};
pub(super) use name::{LONGEST, RESERVED, first_unused};
pub(super) use program::program;
pub(super) use represent::{can_be_written, represent};
pub(super) use retype::retype;
pub(super) use type_formula::type_formula;
pub(super) use unique_values::unique_row_values;
pub(super) use update::{change_primary_field, fields_after_delete, get_field, update_field};
