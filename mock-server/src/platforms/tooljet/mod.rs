//! ToolJet's named actions: places in workspaces, roles, groups, and the transport of applications.

mod actions;
mod archive_memberships;
mod assign_workspaces;
mod change_role;
mod export_app;
mod groups;
mod import_app;
mod replace_custom_groups;

use super::reading;

pub(crate) use actions::Tooljet;
