//! The engine over small documents.

mod authenticate;
mod effects;
mod language;
mod references;
mod rendering;
mod restore;
mod start;
mod world;
