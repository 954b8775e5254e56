//! The suite against servers: right ones, wrong ones, and ones that speak no HTTP.

mod mutants;
