//! `import_app`: a new application of an exported document, with ids of its own for everything in it.

mod environments;
mod fill;
mod ids;
mod import;
mod name;
mod release;
mod shape;
mod versions;

pub(super) use import::import_app;
