//! A document: its text, its value, and where in the text each part of the value stands.

mod json;
mod source;
mod spans;
mod yaml;

pub use source::{Document, Position};
pub(crate) use spans::{Spanned, Spans};
