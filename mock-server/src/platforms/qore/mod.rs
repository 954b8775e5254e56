//! Qore: an application of resources that somebody has declared in a file.

mod actions;
mod application;
mod dates;
mod details;
mod discovery;
mod document;
mod endpoints;
mod eyes;
mod files;
mod forms;
mod front_end;
mod logs;
mod me;
mod metadata;
mod options;
mod place;
mod platform;
mod prefer;
mod refusal;
mod represent;
mod rules;
mod search;
mod start;
mod tables;
#[cfg(test)]
mod unreadable;
mod writing;

pub(crate) use actions::Qore;
pub(crate) use platform::Platform;
