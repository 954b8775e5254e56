//! Tags of passwords.

mod change;
mod represent;

pub(super) use change::set;
pub(super) use represent::represent;
