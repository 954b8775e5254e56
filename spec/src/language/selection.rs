//! Selections: the same shape in a listing, a look-up, a credential and a derived array.

use super::{Expression, Predicate, ValueExpr};

/// Records of one collection that match, in an order, cut into a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// The collection.
    pub from: CollectionName,
    /// What its records must satisfy.
    pub filter: Predicate,
    /// Keys of the order, most significant first; none = in the order of creation.
    pub sort: Vec<Sort>,
    /// Which part; none = all of them.
    pub page: Option<Page>,
}

/// Which collection: usually by name, sometimes chosen by the request.
#[derive(Clone, Debug, PartialEq)]
pub enum CollectionName {
    /// By name. The lowering has checked that it exists.
    Named(String),
    /// By an expression; a name that no collection has is a miss.
    Chosen(ValueExpr),
}

/// One key of an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Sort {
    /// A field's path with dots; absent = this key drops out.
    pub by: ValueExpr,
    /// `asc` (default) or `desc`.
    pub direction: Option<ValueExpr>,
}

/// Which part of a listing is wanted. `number` and `size` go together, as do `offset` and `limit`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// From 1.
    pub number: Option<ValueExpr>,
    /// Records a page.
    pub size: Option<ValueExpr>,
    /// Records to skip.
    pub offset: Option<ValueExpr>,
    /// Records at most.
    pub limit: Option<ValueExpr>,
}

impl Selection {
    /// The collection's name, where it is fixed.
    #[must_use]
    pub fn collection(&self) -> Option<&str> {
        match &self.from {
            CollectionName::Named(name) => Some(name),
            CollectionName::Chosen(_) => None,
        }
    }

    /// Calls `visit` for every expression in this selection.
    pub fn expressions(&self, visit: &mut dyn FnMut(&Expression)) {
        self.filter.expressions(visit);
        self.values(&mut |value| value.expressions(visit));
    }

    /// Calls `visit` for every value outside the filter: collection, order and page.
    pub fn values(&self, visit: &mut dyn FnMut(&ValueExpr)) {
        if let CollectionName::Chosen(value) = &self.from {
            visit(value);
        }
        for sort in &self.sort {
            visit(&sort.by);
            sort.direction.iter().for_each(&mut *visit);
        }
        if let Some(Page { number, size, offset, limit }) = &self.page {
            [number, size, offset, limit].into_iter().flatten().for_each(visit);
        }
    }
}
