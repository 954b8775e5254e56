//! Qore: resources that the application defines.

#[doc(inline)]
pub use crate::generated::qore::{Client, calls, errors, types};
