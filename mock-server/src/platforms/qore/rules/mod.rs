//! What fields have to keep, as Laravel writes it: the rules, their sentences, and whether a value keeps them.

mod asked;
mod checks;
mod known;
mod size;
mod table;

pub(super) use asked::{Asked, Look};
pub(super) use known::{fields, known, resource};
pub(super) use size::{Measure, number};
pub(super) use table::{IMPLICIT, attribute, kept, said, sentence};
