//! Qore: an application of resources that somebody has declared in a file.

mod application;
mod files;
mod logs;
mod rules;
mod support;
mod writing;
