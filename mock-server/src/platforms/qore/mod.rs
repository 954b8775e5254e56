//! Qore: an application of resources that somebody has declared in a file.

mod actions;
mod application;
mod dates;
mod details;
mod eyes;
mod files;
mod forms;
mod logs;
mod me;
mod options;
mod place;
mod platform;
mod refusal;
mod represent;
mod rules;
mod search;
mod tables;
mod writing;

pub(crate) use actions::Qore;
pub(crate) use platform::Platform;
