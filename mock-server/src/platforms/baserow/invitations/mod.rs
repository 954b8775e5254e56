//! Invitations into workspaces.

mod answer;
mod by_token;
mod create;
mod list;
mod notify;

pub(super) use answer::{accept, accept_workspace_invitation, mismatch, reject_workspace_invitation};
pub(super) use by_token::{get_workspace_invitation_by_token, of_token};
pub(super) use create::{create_workspace_invitation, update_workspace_invitation};
pub(super) use list::list_workspace_invitations;
