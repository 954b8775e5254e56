//! Uploaded files: what they are, and where they are kept.

mod keep;
mod kind;

pub(super) use keep::{is_too_large, keep, sweep};
pub(super) use kind::media_type;
