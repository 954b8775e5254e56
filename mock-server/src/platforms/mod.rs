//! The named actions of the platforms that ship: a folder for each that has some.

pub(crate) mod baserow;
pub(crate) mod tooljet;
