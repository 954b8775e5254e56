//! The three small languages at work: values, predicates and selections, evaluated against a request and a state.

mod bound;
mod candidates;
mod compare;
mod details;
mod page;
mod predicate;
mod scan;
mod select;
mod sort;
mod value;
mod view;
mod walk;

pub use bound::Bound;
pub(crate) use bound::public_fields;
pub(crate) use compare::equal;
pub(crate) use page::PageInfo;
pub(crate) use value::Want;
pub(crate) use view::{Asset, Bindings, Scope, Served, Trace};
