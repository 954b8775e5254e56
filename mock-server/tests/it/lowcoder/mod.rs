//! The mock of Lowcoder.

mod applications;
mod signing;
mod support;
