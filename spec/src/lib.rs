//! The documents, and what they mean: text in, a contract or diagnostics out.

pub mod contract;
mod diagnostic;
mod document;
pub mod language;
mod lower;
mod overlay;
mod platforms;
mod pointer;
mod vocabulary;

pub use contract::Contract;
pub use diagnostic::{Diagnostic, Place, Severity};
pub use document::{Document, Position};
pub use lower::{lower, lower_proven};
pub use overlay::{apply_overlay, apply_overlays};
pub use platforms::{PLATFORMS, Platform, PlatformError, Text, shipped};
pub use pointer::Pointer;
pub use vocabulary::vocabulary_schema;
