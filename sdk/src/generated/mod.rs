//! What `cargo codegen` wrote, one module for each platform.

#[cfg(feature = "tooljet")]
#[rustfmt::skip]
pub(crate) mod tooljet;
