//! Whole listings: all rows that a query finds, in its order, without comparing keys where indexes have compared them already.

use std::collections::HashMap;
use std::sync::Arc;

use super::reach::reach;
use super::spans::Spans;
use super::walk::Path;
use super::{Run, SortBy, WORTH_KEEPING};
use crate::platforms::baserow::rows::store::Column;

impl Run<'_> {
    /// The ids of all rows that the query finds.
    pub(super) fn list(&self) -> Arc<Vec<u64>> {
        if let Some(kept) = self.kept() {
            return kept;
        }
        let exact = self
            .query
            .filter
            .as_ref()
            .and_then(|filter| reach(self.rows, filter))
            .filter(|reach| reach.exact);
        let ids = match (&self.query.filter, exact) {
            (None, _) => self.in_order(self.rows.iter().map(|row| row.id).collect()),
            (Some(_), Some(reach)) => {
                let path = Path { index: &reach.index, spans: &reach.spans, descending: false };
                self.in_order(path.entries().map(|entry| entry.id).collect())
            }
            (Some(filter), None) => {
                let passing = self.passing(filter, reach(self.rows, filter).as_ref());
                self.in_order(passing.iter().map(|row| row.id).collect())
            }
        };
        self.keep(Arc::new(ids))
    }

    /// Keeps a listing for the pages that follow, if following it is worth the memory.
    pub(super) fn keep(&self, ids: Arc<Vec<u64>>) -> Arc<Vec<u64>> {
        if self.keeps() {
            self.rows.keep_listing(self.query, ids.clone());
        }
        ids
    }

    /// Whether the query's listing can be kept: the table is large, and nothing but its rows decides which they are.
    pub(super) fn keeps(&self) -> bool {
        self.rows.len() >= WORTH_KEEPING && self.query.follows_from_rows()
    }

    /// The listing that was kept, brought up to date.
    pub(super) fn kept(&self) -> Option<Arc<Vec<u64>>> {
        let (listing, touched) = self.keeps().then(|| self.rows.kept_listing(self.query))??;
        if touched.is_empty() {
            return Some(listing.ids);
        }
        let mut ids: Vec<u64> =
            listing.ids.iter().copied().filter(|id| touched.binary_search(id).is_err()).collect();
        for row in touched.iter().filter_map(|id| self.rows.get(*id)) {
            if self.query.filter.as_ref().is_none_or(|filter| filter.passes(self.scene, row)) {
                let is_before =
                    |id: &u64| self.rows.get(*id).is_some_and(|other| self.compare(other, row).is_lt());
                let place = ids.partition_point(is_before);
                ids.insert(place, row.id);
            }
        }
        Some(self.keep(Arc::new(ids)))
    }

    /// Rows in any order, in that of the query. Where there are many and indexes know their order, no row is looked at: they
    /// are sorted by the last field first, stably, each time by their places in the field's index.
    pub(super) fn in_order(&self, mut ids: Vec<u64>) -> Vec<u64> {
        let columns: Option<Vec<(&SortBy, Column)>> =
            self.query.order.iter().map(|sort| Some((sort, sort.column()?))).collect();
        let few = ids.len().saturating_mul(16) < self.rows.len();
        match columns.filter(|columns| !few && !columns.is_empty()) {
            None => {
                let rows = ids.iter().filter_map(|id| self.rows.get(*id).cloned()).collect();
                self.sort_by(self.in_table_order(rows), &self.query.order).iter().map(|row| row.id).collect()
            }
            Some(columns) => {
                for (place, (sort, column)) in columns.into_iter().rev().enumerate() {
                    let ranks = self.ranks(sort, column, place == 0);
                    ids.sort_by_cached_key(|id| ranks.of(*id));
                }
                ids
            }
        }
    }

    /// The place of each row in the order of one field; without ties, rows with equal keys follow each other as in the table.
    fn ranks(&self, sort: &SortBy, column: Column, without_ties: bool) -> Ranks {
        let index = self.rows.index(column);
        let path = Path { index: &index, spans: &Spans::all(index.len()), descending: sort.descending };
        let mut ranks = Ranks::for_ids(self.rows.last_id, index.len());
        if without_ties {
            (0..).zip(path.entries()).for_each(|(rank, entry)| ranks.set(entry.id, rank));
        } else {
            for (rank, group) in (0..).zip(path.groups()) {
                index.entries(group).for_each(|entry| ranks.set(entry.id, rank));
            }
        }
        ranks
    }
}

/// Numbers by the ids of rows.
enum Ranks {
    Dense(Vec<u32>),
    /// Where most ids are of rows that are no more.
    Sparse(HashMap<u64, u32>),
}

impl Ranks {
    fn for_ids(last: u64, rows: usize) -> Self {
        match usize::try_from(last) {
            Ok(last) if last / 8 <= rows => Self::Dense(vec![0; last + 1]),
            _ => Self::Sparse(HashMap::with_capacity(rows)),
        }
    }

    fn set(&mut self, id: u64, rank: u32) {
        match self {
            Self::Dense(ranks) => {
                if let Some(own) = usize::try_from(id).ok().and_then(|id| ranks.get_mut(id)) {
                    *own = rank;
                }
            }
            Self::Sparse(ranks) => drop(ranks.insert(id, rank)),
        }
    }

    fn of(&self, id: u64) -> u32 {
        let found = match self {
            Self::Dense(ranks) => usize::try_from(id).ok().and_then(|id| ranks.get(id)),
            Self::Sparse(ranks) => ranks.get(&id),
        };
        found.copied().unwrap_or(u32::MAX)
    }
}
