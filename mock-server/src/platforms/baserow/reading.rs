<<<<<<< HEAD
//! Readings by the names that rows have for them.

pub(super) use super::records::{flag, key as id, number, text};
=======
//! The readings of records under the names that rows use.

#[allow(unused_imports, reason = "each name is used by some of the areas that are being joined")]
pub(super) use super::records::{caller, flag, get, key as id, number, numbers, referred, text};
>>>>>>> b-trash
