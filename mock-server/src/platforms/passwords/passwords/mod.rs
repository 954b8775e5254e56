//! Passwords.

mod change;
mod represent;
mod store;
mod tagging;

pub(super) use change::{create, update};
pub(super) use represent::represent;
pub(super) use store::{insert, may_be_restored, remove, revise, set, sha1};
pub(super) use tagging::tags;
