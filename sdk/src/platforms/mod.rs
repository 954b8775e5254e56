//! What a document cannot say about a platform's client, one module for each.

#[cfg(feature = "baserow")]
pub mod baserow;
#[cfg(feature = "lowcoder")]
pub mod lowcoder;
#[cfg(feature = "passwords")]
pub mod passwords;
#[cfg(feature = "qore")]
pub mod qore;
#[cfg(feature = "tooljet")]
pub mod tooljet;
