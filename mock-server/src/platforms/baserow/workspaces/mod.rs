//! Workspaces: making them, their members, and what callers may do in them.

mod create;
mod members;
mod order;
mod permissions;

pub(super) use create::{create_initial, create_workspace};
pub(super) use members::{
    is_member, join, leave_workspace, list_workspace_users, membership, update_workspace_user,
};
pub(super) use order::order_workspaces;
pub(super) use permissions::permission_objects;
