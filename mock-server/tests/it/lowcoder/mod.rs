//! The mock of Lowcoder.

mod signing;
mod support;
