//! Creating and updating records, and running actions on them.

mod actions;
mod cast;
mod create;
mod delete;
mod form;
mod method;
mod password;
mod save;
mod sent;
mod sequence;
mod update;

pub(super) use actions::run_action;
pub(super) use create::create_record;
pub(super) use update::{update_field, update_field_by_form, update_record, update_record_by_form};

pub(super) use form::{implied, is_settled, measure};
pub(super) use password::hashed;
pub(super) use sequence::next as next_in_sequence;
