//! What the operations mean, worked out once from their effects: who creates, finds, lists, changes and deletes what,
//! which part of a request names a record, and where an answer shows one.

mod compare;
mod index;
mod matches;
mod naming;
mod outcome;
mod predict;
mod slot;
mod view;

pub use compare::Difference;
pub use index::{Does, Reading, Use};
pub use matches::{Known, equal};
pub use naming::Naming;
pub use outcome::{endings, ends_in, response_for, responses_for, spoken, statuses_of};
pub use predict::{Predicted, Prediction};
pub use slot::Slot;
pub use view::View;

pub(crate) use predict::evaluate;
pub(crate) use slot::walk;
pub(crate) use view::is_json;
