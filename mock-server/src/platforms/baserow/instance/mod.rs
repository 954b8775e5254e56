//! The instance: its accounts as administrators see them, and notifications.

mod admin;
mod notifications;
mod people;

pub(super) use admin::{admin_create_user, admin_edit_user};
pub(super) use notifications::{
    list_workspace_notifications, mark_all_notifications_as_read, mark_notification_as_read,
};
pub(super) use people::admin_list_users;
