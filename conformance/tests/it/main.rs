//! The suite against servers: right ones, wrong ones, and ones that speak no HTTP.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends")]

mod checks;
mod cli;
mod generators;
mod green;
mod manners;
mod masking;
mod mutants;
mod stories;
mod support;
mod transport;
