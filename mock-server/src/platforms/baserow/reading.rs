//! Readings by the names that rows have for them.

pub(super) use super::records::{flag, key as id, number, text};
