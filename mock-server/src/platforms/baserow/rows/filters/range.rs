//! Ranges of sort keys: the conditions that an index answers.

use std::ops::Bound;

use crate::platforms::baserow::rows::store::SortKey;

/// Keys between two bounds. Nothing is in no range that has a lower bound.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KeyRange {
    pub(crate) low: Bound<SortKey>,
    pub(crate) high: Bound<SortKey>,
}

impl KeyRange {
    pub(crate) fn only(key: SortKey) -> Self {
        Self { low: Bound::Included(key.clone()), high: Bound::Included(key) }
    }

    pub(super) fn above(key: SortKey, or_equal: bool) -> Self {
        Self { low: bound(key, or_equal), high: Bound::Unbounded }
    }

    /// What is below, and is something.
    pub(super) fn below(key: SortKey, or_equal: bool) -> Self {
        Self { low: Bound::Excluded(SortKey::Nothing), high: bound(key, or_equal) }
    }

    /// Whether a text is not the only one that is in the range; told without making its key.
    pub(super) fn misses(&self, text: &str) -> bool {
        match (&self.low, &self.high) {
            (Bound::Included(low), Bound::Included(high)) if low == high => !low.may_be(text),
            _ => false,
        }
    }

    pub(super) fn contains(&self, key: &SortKey) -> bool {
        let above = match &self.low {
            Bound::Included(low) => key >= low,
            Bound::Excluded(low) => key > low,
            Bound::Unbounded => true,
        };
        above
            && match &self.high {
                Bound::Included(high) => key <= high,
                Bound::Excluded(high) => key < high,
                Bound::Unbounded => true,
            }
    }
}

fn bound(key: SortKey, included: bool) -> Bound<SortKey> {
    if included { Bound::Included(key) } else { Bound::Excluded(key) }
}
