//! Conditions on rows: the types of filters, what each means for a field, and trees of them.

mod catalog;
mod class;
mod compile;
mod dates;
mod elements;
mod range;
mod test;
mod tree;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::{Field, Schema};
use crate::platforms::baserow::rows::store::Row;

pub(crate) use catalog::is_filter_type;
pub(crate) use compile::{Refused, compile, supports};
pub(crate) use range::KeyRange;
pub(crate) use test::Test;
pub(crate) use tree::{FieldsBy, read_tree};
pub(crate) use words::words_of;

/// A condition on rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Filter {
    Field(Condition),
    /// The row's id is one of these.
    Ids(Vec<u64>),
    All(Vec<Filter>),
    Any(Vec<Filter>),
}

/// A condition on one field.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) field: Arc<Field>,
    pub(crate) test: Test,
    pub(crate) negated: bool,
}

impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        (&self.test, self.negated) == (&other.test, other.negated) && self.field.holds_as(&other.field)
    }
}

impl Filter {
    /// Whether a row passes.
    pub(crate) fn passes(&self, scene: &dyn Scene, row: &Row) -> bool {
        match self {
            Self::Field(condition) => {
                condition.test.passes(scene, &condition.field, row) != condition.negated
            }
            Self::Ids(ids) => ids.contains(&row.id),
            Self::All(all) => all.iter().all(|one| one.passes(scene, row)),
            Self::Any(all) => all.iter().any(|one| one.passes(scene, row)),
        }
    }

    /// Whether a row's own cells decide, and neither other rows nor people.
    pub(crate) fn follows_from_rows(&self) -> bool {
        match self {
            Self::Field(condition) => condition.field.kind.follows_from_row(),
            Self::Ids(_) => true,
            Self::All(all) | Self::Any(all) => all.iter().all(Self::follows_from_rows),
        }
    }

    /// Several conditions, of which all or any must hold. A filter without a value is no condition and is not among them;
    /// `None` when none is left.
    pub(crate) fn join(any: bool, mut all: Vec<Self>) -> Option<Self> {
        match all.len() {
            0 => None,
            1 => all.pop(),
            _ if any => Some(Self::Any(all)),
            _ => Some(Self::All(all)),
        }
    }
}

/// The field that a filter names, among the fields of its table.
pub(crate) fn field_named(schema: &Schema, id: u64) -> Result<&Arc<Field>, Refused> {
    schema.by_id(id).ok_or_else(|| Refused::field(&format!("field_{id}")))
}
