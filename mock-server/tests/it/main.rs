//! The mock server from outside.

mod shell;
