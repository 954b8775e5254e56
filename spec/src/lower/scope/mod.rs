//! Whether every expression and every field points at something that exists.

mod document;
mod rendering;
mod roots;
mod shape;
mod walk;

pub(super) use shape::{Missing, Shape, walk as follow_path};
pub(super) use walk::{check, meant, unknown_members};
