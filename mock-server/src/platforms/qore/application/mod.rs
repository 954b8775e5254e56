//! The application: what a file declares, read and resolved.

mod app;
mod condition;
mod raw;
mod template;

pub(crate) use app::*;
pub(crate) use condition::{Condition, Given, Test};
pub(crate) use template::{Part, Template};

use std::sync::Arc;

/// The application that ships.
pub(super) fn shipped() -> Arc<App> {
    todo!("read.rs")
}
