//! Tests of the mock server: the engine over small documents, and the server over HTTP.

#![allow(clippy::unwrap_used, reason = "in a test an unwrap is an assertion")]

mod engine;
mod shell;
