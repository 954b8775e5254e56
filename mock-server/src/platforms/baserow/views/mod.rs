//! Views: ways of looking at a table.

mod change;
mod copy;
mod create;
mod field_options;
mod form;
mod grid;
mod kinds;
mod parts;
mod password;
mod public;
mod represent;
mod shown;

pub(super) use change::{order_views, rotate_slug, update_view};
pub(super) use copy::{copy, duplicate_view};
pub(super) use create::{create_view, first_grid};
pub(super) use field_options::{get_field_options, hidden_fields, options_of, update_field_options};
pub(super) use form::{public_form, submit_form, upload_form_file};
pub(super) use grid::{list_grid_rows, list_public_grid_rows, some_grid_rows};
pub(super) use parts::{
    create_view_decoration, create_view_filter, create_view_filter_group, create_view_group_by,
    create_view_sort, field_changed_type, update_view_decoration, update_view_filter, update_view_group_by,
    update_view_sort,
};
pub(super) use password::public_view_auth;
pub(super) use public::public_view_info;
pub(super) use shown::{get_view, list_views};
