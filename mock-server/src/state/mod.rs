//! The mock's memory: a persistent value that is cheap to clone.

mod difference;
mod json;
mod key;
mod postings;
mod proof;
mod recent;
mod record;
mod table;
mod transaction;
mod value;

pub use difference::Difference;
pub(crate) use key::of_value;
#[cfg(test)]
pub(crate) use postings::Postings;
pub(crate) use recent::Held;
pub use record::Record;
pub(crate) use record::Rendering;
pub(crate) use table::Table;
pub use transaction::{Change, ChangeKind, Transaction};
pub use value::State;
