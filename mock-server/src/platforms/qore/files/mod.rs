//! Uploaded files: what they are, and where they are kept.

mod kind;

pub(super) use kind::media_type;
