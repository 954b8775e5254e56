//! The documents, and what they mean: text in, a contract or diagnostics out.

mod diagnostic;
mod document;
mod pointer;

pub use diagnostic::{Diagnostic, Place, Severity};
pub use document::{Document, Position};
pub use pointer::Pointer;
