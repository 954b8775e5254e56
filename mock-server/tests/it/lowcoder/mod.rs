//! The mock of Lowcoder.

mod matrix;
mod signing;
mod support;
mod transcripts;
