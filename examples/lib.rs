//! What the examples share: a headless browser. Each example is a file beside this one, for one of Tercet's users.

pub mod browser;

/// The Rust of the README compiles and runs as it stands.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
