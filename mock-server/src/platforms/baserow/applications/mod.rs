//! Applications: what a workspace holds.

mod create;
mod duplicate;
mod example;
mod list;

pub(super) use create::create_application;
pub(super) use duplicate::{duplicate, duplicate_application, start_duplicate};
pub(super) use example::create_example;
pub(super) use list::{list_applications, order_applications};
