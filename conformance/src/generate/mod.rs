//! Values from schemas: ones that keep them, ones that break exactly one rule, and ones at their edges.

mod breach;
mod chance;
mod edges;
mod format;
mod invalid;
mod number;
mod pattern;
mod text;
mod valid;

pub use breach::{Breach, Part};
pub use chance::Chance;
pub use edges::{Edge, edges};
pub use invalid::{Invalid, invalids};
pub use valid::{Fill, Generator};
