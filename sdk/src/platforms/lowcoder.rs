//! Lowcoder: users, organisations, and the applications in them.

#[doc(inline)]
pub use crate::generated::lowcoder::{Client, calls, errors, types};
