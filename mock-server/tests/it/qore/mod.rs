//! Qore: an application of resources that somebody has declared in a file.

mod application;
