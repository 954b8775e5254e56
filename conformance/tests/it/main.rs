//! The suite against servers: right ones, wrong ones, and ones that speak no HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test says what is wrong by failing"
)]

mod applications;
mod checks;
mod cli;
mod generators;
mod green;
mod manners;
mod masking;
mod mutants;
mod oracle;
mod said;
mod sign_in;
mod stories;
mod support;
mod transport;
