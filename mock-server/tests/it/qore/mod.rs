//! Qore: an application of resources that somebody has declared in a file.

mod application;
mod application_schema;
mod forms;
mod reading;
mod reading_permissions;
mod search;
mod secrecy;
mod support;
mod tokens;
mod writes;
