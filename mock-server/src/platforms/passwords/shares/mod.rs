//! Shares between users: what the owner gives, and the copy that the share job makes of it (facts: passwords 5).

mod change;
mod create;
mod job;
mod partners;
mod represent;
mod search;
mod standing;

pub(super) use change::{delete, update};
pub(super) use create::{Wish, create};
pub(super) use job::{run, run_when_always};
pub(super) use partners::partners;
pub(super) use represent::represent;
pub(super) use search::{find, list, show};
pub(super) use standing::{content_changed, is_shared, of_source, received, removed};
