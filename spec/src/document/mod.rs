//! A document: its text, its value, and where in the text each part of the value stands.

mod byte_index;
mod fault;
mod json;
mod scalar;
mod source;
mod spans;
mod yaml;

pub use source::{Document, Position};
pub(crate) use spans::{Spanned, Spans};
