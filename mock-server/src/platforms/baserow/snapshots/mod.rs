//! Snapshots: copies of an application that nobody sees until they are restored.

mod create;
mod forget;
mod list;
mod restore;

pub(super) use create::create_snapshot;
pub(super) use forget::{delete_snapshot, forget, forget_of};
pub(super) use list::list_snapshots;
pub(super) use restore::restore_snapshot;
