//! The mock of Lowcoder.

mod accounts;
mod keys;
mod materials;
mod pictures;
mod signing;
mod support;
mod system;
mod ways;
