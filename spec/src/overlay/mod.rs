//! OpenAPI Overlay 1.0: a document that changes another document.

mod apply;

pub use apply::{apply_overlay, apply_overlays};
