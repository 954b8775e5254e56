//! Tests of the mock server: the engine over small documents, and the server over HTTP.

#![allow(clippy::unwrap_used, reason = "a test that unwraps nothing has failed")]

mod baserow;
mod engine;
mod lowcoder;
mod passwords;
mod qore;
mod shell;
mod tooljet;
mod transcript;
