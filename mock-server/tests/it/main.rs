//! Tests of the mock server: the engine over small documents, and the server over HTTP.

mod engine;
mod shell;
mod tooljet;
