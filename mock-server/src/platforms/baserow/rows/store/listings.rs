//! Listings that took long to make, kept for the pages that follow.

use std::sync::Arc;

use crate::platforms::baserow::rows::query::Query;

/// How many listings a table keeps; the one that was used longest ago goes first. Each costs eight bytes a row.
const MOST: usize = 8;

/// The ids of the rows that a query finds, in its order.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    query: Arc<Query>,
    /// How many changes of the table it has seen.
    pub(super) seen: u64,
    pub(crate) ids: Arc<Vec<u64>>,
}

/// A table's kept listings, the latest used last.
#[derive(Clone, Debug, Default)]
pub(super) struct Listings(Vec<Listing>);

impl Listings {
    pub(super) fn find(&mut self, query: &Query) -> Option<Listing> {
        let place = self.0.iter().position(|one| *one.query == *query)?;
        let found = self.0.remove(place);
        self.0.push(found.clone());
        Some(found)
    }

    pub(super) fn keep(&mut self, query: &Query, seen: u64, ids: Arc<Vec<u64>>) {
        let known = self.0.iter().position(|one| *one.query == *query).map(|place| self.0.remove(place));
        let query = known.map_or_else(|| Arc::new(query.clone()), |known| known.query);
        if self.0.len() >= MOST {
            self.0.remove(0);
        }
        self.0.push(Listing { query, seen, ids });
    }
}
