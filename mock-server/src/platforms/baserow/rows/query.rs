//! A page of a table's rows: filtered, searched, ordered.
//!
//! Columns have indexes, and there are three ways to a page: going through the index of the first field to order by until the
//! page is full, fetching what the filter's index knows and selecting from that, or making the whole listing of ids out of
//! indexes alone. Each is bounded by what the cheapest of them costs. What no index can answer (`contains`, a second field,
//! a formula) tests the rows that are left, each one for the count: that stays linear, and the listing is kept for the pages
//! that follow, and brought up to date when rows change.

mod list;
mod reach;
mod spans;
mod walk;

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::filters::Filter;
use super::scene::Scene;
use super::schema::Field;
use super::store::{Column, Index, Row, RowRef, SortKey, Table};
use reach::{Reach, reach};
use spans::Spans;
use walk::Path;

/// What a listing asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Query {
    pub(crate) filter: Option<Filter>,
    pub(crate) order: Vec<SortBy>,
}

/// One field to order by.
#[derive(Clone, Debug)]
pub(crate) struct SortBy {
    pub(crate) field: Arc<Field>,
    pub(crate) descending: bool,
    /// Options by their place in the field instead of their text.
    pub(crate) by_option: bool,
}

/// The rows that were asked for, and how many there are in all.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) count: usize,
    pub(crate) rows: Vec<RowRef>,
}

/// Tables with fewer rows are listed anew each time.
const WORTH_KEEPING: usize = 1_000;
/// However small the table, this many rows may be looked at before another way is taken.
const LEAST_LOOKS: usize = 256;

/// Rows at `places` of the query's result.
pub(crate) fn page(scene: &dyn Scene, table: u64, query: &Query, places: Range<usize>) -> Page {
    Run::new(scene, table, query).page(&places)
}

/// All rows of the query's result.
pub(crate) fn all(scene: &dyn Scene, table: u64, query: &Query) -> Vec<RowRef> {
    let run = Run::new(scene, table, query);
    if query.filter.is_none() && query.order.is_empty() {
        return run.rows.iter().cloned().collect();
    }
    run.cut(&run.list(), &(0..usize::MAX)).rows
}

/// The row after another in the query's result, or before it; `None` outside when the other is not in it, inside when there is
/// none.
pub(crate) fn neighbour(
    scene: &dyn Scene,
    table: u64,
    query: &Query,
    row: u64,
    back: bool,
) -> Option<Option<RowRef>> {
    let run = Run::new(scene, table, query);
    let next = |place: usize| if back { place.checked_sub(1) } else { place.checked_add(1) };
    if query.filter.is_none() && query.order.is_empty() {
        let place = run.rows.position(run.rows.get(row)?)?;
        return Some(next(place).and_then(|place| run.rows.at(place)).cloned());
    }
    let ids = run.list();
    let place = ids.iter().position(|id| *id == row)?;
    let id = next(place).and_then(|place| ids.get(place));
    Some(id.and_then(|id| run.rows.get(*id)).cloned())
}

struct Run<'q> {
    scene: &'q dyn Scene,
    rows: &'q Table,
    query: &'q Query,
}

impl<'q> Run<'q> {
    fn new(scene: &'q dyn Scene, table: u64, query: &'q Query) -> Self {
        Self { scene, rows: scene.store().table(table), query }
    }

    fn page(&self, places: &Range<usize>) -> Page {
        if self.query.filter.is_none() && self.query.order.is_empty() {
            let rows = self.rows.slice(places.clone()).cloned().collect();
            return Page { count: self.rows.len(), rows };
        }
        if let Some(kept) = self.kept() {
            return self.cut(&kept, places);
        }
        match &self.query.filter {
            None => self.known(places, None),
            Some(filter) => match reach(self.rows, filter) {
                Some(reach) if reach.exact => self.known(places, Some((filter, &reach))),
                reach => self.tested(filter, reach.as_ref(), places),
            },
        }
    }

    fn cut(&self, ids: &[u64], places: &Range<usize>) -> Page {
        let part = &ids[places.start.min(ids.len())..places.end.min(ids.len())];
        Page { count: ids.len(), rows: part.iter().filter_map(|id| self.rows.get(*id).cloned()).collect() }
    }

    /// A page of all rows, or of those that an index knows to pass: the count costs nothing.
    fn known(&self, places: &Range<usize>, filter: Option<(&Filter, &Reach)>) -> Page {
        let (total, count) =
            (self.rows.len(), filter.map_or(self.rows.len(), |(_, reach)| reach.spans.len()));
        let places = places.start.min(count)..places.end.min(count);
        if places.is_empty() {
            return Page { count, rows: Vec::new() };
        }
        // In looks at rows; sixteen entries of an index cost as much as one of those.
        let listing = (total / 16).max(LEAST_LOOKS);
        let collecting = filter.map_or(usize::MAX, |_| count.saturating_mul(2));
        let sifting = places.end.saturating_mul(total / count);
        let bound = listing.min(collecting);
        let rows = match (self.query.order.split_first(), filter) {
            (None, Some((_, reach))) if reach.is_one_group() => {
                let path = Path { index: &reach.index, spans: &reach.spans, descending: false };
                self.walk(&path, &[], &places, bound)
            }
            (None, Some((filter, _))) if sifting <= bound => {
                let looked = self.rows.iter().take(bound.saturating_mul(2));
                let passing = looked.filter(|row| filter.passes(self.scene, row));
                let found: Vec<_> = passing.skip(places.start).take(places.len()).cloned().collect();
                (found.len() == places.len()).then_some(found)
            }
            (Some((first, rest)), Some((_, reach))) if first.column() == Some(reach.column) => {
                let path = Path { index: &reach.index, spans: &reach.spans, descending: first.descending };
                self.walk(&path, rest, &places, bound)
            }
            (Some((first, rest)), filter) => first.column().and_then(|column| {
                let index = self.rows.index(column);
                let path =
                    Path { index: &index, spans: &Spans::all(index.len()), descending: first.descending };
                match filter {
                    None => self.walk(&path, rest, &places, bound),
                    Some((filter, _)) if sifting <= bound => {
                        self.sift(&path, filter, rest, &places, bound.saturating_mul(2))
                    }
                    Some(_) => None,
                }
            }),
            (None, _) => None,
        };
        let rows = rows.unwrap_or_else(|| {
            if collecting <= listing || !self.keeps() {
                self.select(self.candidates(filter.map(|(_, reach)| reach)), &places)
            } else {
                self.cut(&self.list(), &places).rows
            }
        });
        Page { count, rows }
    }

    /// A page of the rows that pass when they are tested.
    fn tested(&self, filter: &Filter, reach: Option<&Reach>, places: &Range<usize>) -> Page {
        let looked = reach.map_or(self.rows.len(), |reach| reach.spans.len());
        let passing = self.passing(filter, reach);
        if looked >= WORTH_KEEPING && self.keeps() {
            let ids = self.in_order(passing.iter().map(|row| row.id).collect());
            return self.cut(&self.keep(Arc::new(ids)), places);
        }
        Page { count: passing.len(), rows: self.select(passing, places) }
    }

    /// The rows that pass a filter, in no order.
    fn passing(&self, filter: &Filter, reach: Option<&Reach>) -> Vec<RowRef> {
        match reach {
            Some(_) => {
                let mut rows = self.candidates(reach);
                rows.retain(|row| filter.passes(self.scene, row));
                rows
            }
            None => self.rows.iter().filter(|row| filter.passes(self.scene, row)).cloned().collect(),
        }
    }

    fn candidates(&self, reach: Option<&Reach>) -> Vec<RowRef> {
        match reach {
            None => self.rows.iter().cloned().collect(),
            Some(reach) => {
                let ranges = reach.spans.ranges().iter();
                ranges.flat_map(|range| self.fetch(&reach.index, range.clone())).collect()
            }
        }
    }

    fn fetch<'s>(&'s self, index: &'s Index, range: Range<usize>) -> impl Iterator<Item = RowRef> + 's {
        index.entries(range).filter_map(|entry| self.rows.get(entry.id).cloned())
    }

    fn in_table_order(&self, mut rows: Vec<RowRef>) -> Vec<RowRef> {
        rows.sort_unstable_by_key(|row| row.place());
        rows
    }

    /// The page out of rows in any order: those after its end are not sorted.
    fn select(&self, rows: Vec<RowRef>, places: &Range<usize>) -> Vec<RowRef> {
        let places = places.start.min(rows.len())..places.end.min(rows.len());
        if places.is_empty() {
            return Vec::new();
        }
        let mut keyed: Vec<_> =
            rows.into_iter().map(|row| (self.keys(&row, &self.query.order), row)).collect();
        let compare = |(one, left): &(Vec<SortKey>, RowRef), (other, right): &(Vec<SortKey>, RowRef)| {
            compare(&self.query.order, one, other).then_with(|| left.place().cmp(&right.place()))
        };
        if places.end < keyed.len() {
            keyed.select_nth_unstable_by(places.end - 1, compare);
            keyed.truncate(places.end);
        }
        keyed.sort_unstable_by(compare);
        keyed.drain(places).map(|(_, row)| row).collect()
    }

    /// A stable sort: rows with equal keys stay in the order of the table.
    fn sort_by(&self, rows: Vec<RowRef>, order: &[SortBy]) -> Vec<RowRef> {
        if rows.len() < 2 || order.is_empty() {
            return rows;
        }
        let mut keyed: Vec<_> = rows.into_iter().map(|row| (self.keys(&row, order), row)).collect();
        keyed.sort_by(|(one, _), (other, _)| compare(order, one, other));
        keyed.into_iter().map(|(_, row)| row).collect()
    }

    fn keys(&self, row: &Row, order: &[SortBy]) -> Vec<SortKey> {
        order.iter().map(|sort| sort.key(self.scene, row)).collect()
    }

    /// How two rows follow each other.
    fn compare(&self, one: &Row, other: &Row) -> Ordering {
        let order = &self.query.order;
        let by_keys = compare(order, &self.keys(one, order), &self.keys(other, order));
        by_keys.then_with(|| one.place().cmp(&other.place()))
    }
}

fn compare(order: &[SortBy], one: &[SortKey], other: &[SortKey]) -> Ordering {
    let mut pairs = order.iter().zip(one.iter().zip(other));
    let differing = pairs.find_map(|(sort, (one, other))| {
        let order = if sort.descending { other.cmp(one) } else { one.cmp(other) };
        order.is_ne().then_some(order)
    });
    differing.unwrap_or(Ordering::Equal)
}

impl Query {
    /// Whether the rows of the table alone decide what is found, and neither other tables nor people.
    fn follows_from_rows(&self) -> bool {
        self.filter.as_ref().is_none_or(Filter::follows_from_rows)
            && self.order.iter().all(|sort| sort.field.kind.follows_from_row())
    }
}

impl PartialEq for SortBy {
    fn eq(&self, other: &Self) -> bool {
        (self.descending, self.by_option) == (other.descending, other.by_option)
            && self.field.holds_as(&other.field)
    }
}

impl SortBy {
    fn key(&self, scene: &dyn Scene, row: &Row) -> SortKey {
        if self.by_option
            && let super::cell::Cell::Choice(id) = row.cell(self.field.id)
        {
            let place = self.field.choices.iter().position(|choice| choice.id == *id);
            return place.map_or(SortKey::Nothing, |place| SortKey::Whole(place as i64));
        }
        self.field.sort_key(scene, row)
    }

    /// The column whose index has this order.
    fn column(&self) -> Option<Column> {
        self.field.kind.cells().column(&self.field)
    }
}

#[cfg(test)]
mod tests;
