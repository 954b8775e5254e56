//! Whether every expression and every field points at something that exists.

mod document;
mod shape;
mod walk;

pub(super) use walk::check;
