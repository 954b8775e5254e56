//! The mock server's tests, in one program.

mod engine;
