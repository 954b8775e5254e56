//! The three small languages at work: values, predicates and selections, evaluated against a request and a state.

mod bound;
mod compare;
mod page;
mod predicate;
mod scope;
mod select;
mod sort;
mod value;
mod walk;

pub use bound::Bound;
pub(crate) use bound::public_fields;
pub(crate) use compare::equal;
pub(crate) use page::PageInfo;
pub(crate) use scope::{Bindings, Scope, Trace};
#[cfg(test)]
pub(crate) use select::visited;
pub(crate) use value::Want;
