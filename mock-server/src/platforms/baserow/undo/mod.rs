//! Undo and redo: what a client session did is noted, taken back, and done again.
//!
//! facts: baserow 2.8. What is noted of an action is what became of records and rows, so that any of them can be inverted;
//! what was made or deleted goes to the trash and comes back, with everything that was put into it meanwhile.

mod action;
mod catalog;
mod history;
mod note;
mod scope;
mod turn;

pub(super) use history::History;
pub(super) use note::note;
pub(super) use turn::{redo, undo};
