//! What is generated, and what is said about documents.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod fresh;
mod naming;
mod once;
mod outline;
mod program;
mod projection;
mod support;
