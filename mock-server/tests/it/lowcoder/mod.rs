//! The mock of Lowcoder.

mod resources;
mod signing;
mod support;
