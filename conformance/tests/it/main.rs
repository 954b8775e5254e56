//! The suite against servers: right ones, wrong ones, and ones that speak no HTTP.

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
