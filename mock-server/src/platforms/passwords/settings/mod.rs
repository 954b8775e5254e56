//! Settings by scope: the server's, the user's, and whatever clients keep (facts: passwords 6).

mod catalog;
mod read;
mod write;

pub(super) use read::{boolean, get, integer, list};
pub(super) use write::{reset, set};
