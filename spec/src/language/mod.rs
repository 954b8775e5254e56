//! The three small languages of the vocabulary: values, predicates and selections.

mod expression;
mod predicate;
mod selection;
mod value;

pub use expression::{Expression, Source};
pub use predicate::{Clause, Predicate, Subject, Test, Word};
pub use selection::{CollectionName, Page, Selection, Sort};
pub use value::{TextPart, ValueExpr};
