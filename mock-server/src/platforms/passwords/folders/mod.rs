//! Folders, and the base folder that all are in.

mod change;
mod represent;

pub(super) use super::cascade::remove;
pub(super) use change::set;
pub(super) use represent::{base, represent, told};
