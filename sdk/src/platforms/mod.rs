//! What a document cannot say about a platform's client, one module for each.

#[cfg(feature = "tooljet")]
pub mod tooljet;
