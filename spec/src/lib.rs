//! The documents, and what they mean: text in, a contract or diagnostics out.

pub mod contract;
mod diagnostic;
mod document;
pub mod language;
mod pointer;

pub use contract::Contract;
pub use diagnostic::{Diagnostic, Place, Severity};
pub use document::{Document, Position};
pub use pointer::Pointer;
