//! Going through an index in the order that is wanted, until a page is full.

use std::ops::Range;

use super::spans::Spans;
use super::{Run, SortBy};
use crate::platforms::baserow::rows::filters::Filter;
use crate::platforms::baserow::rows::store::{Entry, Index, RowRef};

/// Where to go, and in which direction.
pub(super) struct Path<'p> {
    pub(super) index: &'p Index,
    pub(super) spans: &'p Spans,
    pub(super) descending: bool,
}

impl Path<'_> {
    /// The groups of equal keys in the order of the path, from the group on that has the entry at a rank; and how many entries
    /// of that group come before it. No entry before is looked at.
    fn starting_at(&self, rank: usize) -> (impl Iterator<Item = Range<usize>>, usize) {
        let first = self.spans.at(rank, self.descending).map(|place| self.index.group(place));
        let whole = self.index.len();
        let rest = match &first {
            Some(group) if self.descending => self.spans.and(&Spans::all(group.end)),
            Some(group) => self.spans.and(&Spans::all(group.start).not(whole)),
            None => Spans::default(),
        };
        let before = rank - (self.spans.len() - rest.len()).min(rank);
        (Groups { index: self.index, left: rest.ranges().to_vec(), descending: self.descending }, before)
    }

    /// All groups in the order of the path.
    pub(super) fn groups(&self) -> impl Iterator<Item = Range<usize>> {
        self.starting_at(0).0
    }

    /// All entries in the order of the path: within a group they stay in the order of the table.
    pub(super) fn entries(&self) -> Box<dyn Iterator<Item = &Entry> + '_> {
        if self.descending {
            Box::new(self.groups().flat_map(|group| self.index.entries(group)))
        } else {
            Box::new(self.spans.ranges().iter().flat_map(|range| self.index.entries(range.clone())))
        }
    }
}

struct Groups<'p> {
    index: &'p Index,
    left: Vec<Range<usize>>,
    descending: bool,
}

impl Iterator for Groups<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        self.left.retain(|range| !range.is_empty());
        if self.descending {
            let last = self.left.last_mut()?;
            let group = self.index.group_before(last.end);
            last.end = group.start;
            Some(group)
        } else {
            let first = self.left.first_mut()?;
            let group = self.index.group_after(first.start);
            first.start = group.end;
            Some(group)
        }
    }
}

impl Run<'_> {
    /// The rows at these places of a path, ordered by `rest` where their keys are equal; `None` when that would look at more
    /// rows than `most`.
    pub(super) fn walk(
        &self,
        path: &Path<'_>,
        rest: &[SortBy],
        places: &Range<usize>,
        most: usize,
    ) -> Option<Vec<RowRef>> {
        let (groups, mut skip) = path.starting_at(places.start);
        let (mut found, mut looked) = (Vec::new(), 0_usize);
        for group in groups {
            let wanted = places.len() - found.len();
            if wanted == 0 {
                break;
            }
            if rest.is_empty() || group.len() == 1 {
                let start = (group.start + skip).min(group.end);
                let end = group.end.min(start.saturating_add(wanted));
                found.extend(self.fetch(path.index, start..end));
            } else {
                looked += group.len();
                if looked > most {
                    return None;
                }
                let rows = self.sort_by(self.fetch(path.index, group).collect(), rest);
                found.extend(rows.into_iter().skip(skip).take(wanted));
            }
            skip = 0;
        }
        Some(found)
    }

    /// As [`walk`](Self::walk), through rows of which only those that pass a filter count.
    pub(super) fn sift(
        &self,
        path: &Path<'_>,
        filter: &Filter,
        rest: &[SortBy],
        places: &Range<usize>,
        most: usize,
    ) -> Option<Vec<RowRef>> {
        let (mut skip, mut found, mut looked) = (places.start, Vec::new(), 0_usize);
        for group in path.groups() {
            let in_table_order = rest.is_empty() || group.len() == 1;
            if !in_table_order && looked + group.len() > most {
                return None;
            }
            let mut passing = Vec::new();
            for row in self.fetch(path.index, group) {
                looked += 1;
                if looked > most {
                    return None;
                }
                if filter.passes(self.scene, &row) {
                    passing.push(row);
                }
                // The rest of a large group need not be looked at.
                if in_table_order && found.len() + passing.len() >= places.len().saturating_add(skip) {
                    break;
                }
            }
            let passing = if in_table_order { passing } else { self.sort_by(passing, rest) };
            let passed = passing.len().min(skip);
            skip -= passed;
            found.extend(passing.into_iter().skip(passed).take(places.len() - found.len()));
            if found.len() == places.len() {
                break;
            }
        }
        Some(found)
    }
}
