//! Rows, while the areas that stand on them are being joined.

pub(super) use super::rows;
