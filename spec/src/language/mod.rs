//! The three small languages of the vocabulary: values, predicates and selections.

mod expression;
mod parse;
mod predicate;
mod selection;
mod value;

pub(crate) use parse::{Reader, after_unit};

pub use expression::{Expression, Source};
pub use predicate::{Clause, Predicate, Subject, Test, Word};
pub use selection::{CollectionName, Page, Selection, Sort};
pub use value::{Checksum, EpochUnit, TextPart, ValueExpr};
