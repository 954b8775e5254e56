//! The engine over small documents.

// Helpers outside `#[test]` functions are tests too; `json!` literals read better without a `&` in front of each.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value)]

mod actions;
mod authenticate;
mod effects;
mod examples;
mod language;
mod references;
mod rendering;
mod restore;
mod shapes;
mod start;
mod tooljet;
mod world;
