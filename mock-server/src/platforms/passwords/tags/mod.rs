//! Tags of passwords.

mod change;
mod represent;

pub(super) use change::{create, insert, set, update};
pub(super) use represent::represent;
