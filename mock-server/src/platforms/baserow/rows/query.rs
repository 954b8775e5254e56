//! A page of a table's rows: filtered, searched, ordered. Indexes answer what they can.

use std::ops::Range;
use std::sync::Arc;

use super::filters::{Condition, Filter, Test};
use super::scene::Scene;
use super::schema::Field;
use super::store::{Column, Index, RowRef, SortKey, Table};

/// What a listing asks for.
#[derive(Clone, Debug, Default)]
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

/// Rows at `places` of the query's result.
pub(crate) fn page(scene: &dyn Scene, table: u64, query: &Query, places: Range<usize>) -> Page {
    let rows = scene.store().table(table);
    let run = Run { scene, rows, query, places };
    match &query.filter {
        None => Page { count: rows.len(), rows: run.unfiltered() },
        Some(filter) => run.filtered(filter),
    }
}

/// All rows of the query's result.
pub(crate) fn all(scene: &dyn Scene, table: u64, query: &Query) -> Vec<RowRef> {
    page(scene, table, query, 0..usize::MAX).rows
}

struct Run<'q> {
    scene: &'q dyn Scene,
    rows: &'q Table,
    query: &'q Query,
    places: Range<usize>,
}

/// Rows that an index says pass a condition.
struct Narrowed {
    column: Column,
    index: Index,
    range: Range<usize>,
    /// Whether there is nothing else to test.
    exact: bool,
    /// Whether all have one key: then they are in the order of the table.
    one_key: bool,
}

impl Run<'_> {
    fn unfiltered(&self) -> Vec<RowRef> {
        match self.first_column() {
            _ if self.query.order.is_empty() => self.rows.slice(self.places.clone()).cloned().collect(),
            Some(column) => {
                let index = self.rows.index(column);
                let range = 0..index.len();
                self.walk(&index, range, None)
            }
            None => self.sorted(self.rows.iter().cloned().collect()),
        }
    }

    fn filtered(&self, filter: &Filter) -> Page {
        let Some(narrowed) = self.narrow(filter) else {
            let passing = self.rows.iter().filter(|row| filter.passes(self.scene, row));
            return self.counted(passing.cloned().collect());
        };
        if !narrowed.exact {
            let candidates = self.fetch(&narrowed.index, narrowed.range.clone());
            let passing: Vec<_> = candidates.filter(|row| filter.passes(self.scene, row)).collect();
            return self.counted(if narrowed.one_key { passing } else { self.in_table_order(passing) });
        }
        let count = narrowed.range.len();
        let first = self.first_column();
        let rows = if self.query.order.is_empty() && narrowed.one_key {
            let range = clip(&self.places, narrowed.range.clone());
            self.fetch(&narrowed.index, range).collect()
        } else if first == Some(narrowed.column) {
            self.walk(&narrowed.index, narrowed.range.clone(), None)
        } else if let Some(column) = first.filter(|_| self.walk_is_shorter(count)) {
            let index = self.rows.index(column);
            let range = 0..index.len();
            self.walk(&index, range, Some(filter))
        } else if self.query.order.is_empty() && self.walk_is_shorter(count) {
            let passing = self.rows.iter().filter(|row| filter.passes(self.scene, row));
            passing.skip(self.places.start).take(self.places.len()).cloned().collect()
        } else {
            self.sorted(self.in_table_order(self.fetch(&narrowed.index, narrowed.range.clone()).collect()))
        };
        Page { count, rows }
    }

    /// Whether going through the rows in the wanted order until the page is full tests fewer rows than pass the filter.
    fn walk_is_shorter(&self, passing: usize) -> bool {
        let expected = self.places.end.saturating_mul(self.rows.len() / passing.max(1));
        passing > 0 && expected < passing
    }

    /// The index with the fewest rows among those that answer a condition which all rows must meet.
    fn narrow(&self, filter: &Filter) -> Option<Narrowed> {
        let (all, exact) = match filter {
            Filter::All(all) => (all.as_slice(), false),
            one => (std::slice::from_ref(one), true),
        };
        let narrowed = all.iter().filter_map(|one| match one {
            Filter::Field(Condition { field, test: Test::Keys(range), negated: false }) => {
                let column = field.kind.cells().column(field)?;
                let index = self.rows.index(column);
                let places = index.range(&range.low, &range.high);
                let one_key = places.is_empty() || index.group(places.start) == places;
                Some(Narrowed { column, index, range: places, exact, one_key })
            }
            _ => None,
        });
        narrowed.min_by_key(|one| one.range.len())
    }

    fn fetch<'s>(&'s self, index: &'s Index, range: Range<usize>) -> impl Iterator<Item = RowRef> + 's {
        index.entries(range).filter_map(|entry| self.rows.get(entry.id).cloned())
    }

    /// The column of the first field to order by, if an index has its order.
    fn first_column(&self) -> Option<Column> {
        let first = self.query.order.first()?;
        first.field.kind.cells().column(&first.field)
    }

    fn in_table_order(&self, mut rows: Vec<RowRef>) -> Vec<RowRef> {
        rows.sort_unstable_by_key(|row| row.place());
        rows
    }

    fn counted(&self, rows: Vec<RowRef>) -> Page {
        Page { count: rows.len(), rows: self.sorted(rows) }
    }

    /// The page of rows that are in the order of the table.
    fn sorted(&self, rows: Vec<RowRef>) -> Vec<RowRef> {
        let rows = if self.query.order.is_empty() { rows } else { self.sort_by(rows, &self.query.order) };
        rows.into_iter().skip(self.places.start).take(self.places.len()).collect()
    }

    /// A stable sort: rows with equal keys stay in the order of the table.
    fn sort_by(&self, rows: Vec<RowRef>, order: &[SortBy]) -> Vec<RowRef> {
        if rows.len() < 2 || order.is_empty() {
            return rows;
        }
        let keys_of = |row: &RowRef| order.iter().map(|sort| sort.key(self.scene, row)).collect::<Vec<_>>();
        let mut keyed: Vec<_> = rows.into_iter().map(|row| (keys_of(&row), row)).collect();
        keyed.sort_by(|(one, _), (other, _)| {
            let mut pairs = order.iter().zip(one.iter().zip(other));
            let differing = pairs.find_map(|(sort, (one, other))| {
                let order = if sort.descending { other.cmp(one) } else { one.cmp(other) };
                order.is_ne().then_some(order)
            });
            differing.unwrap_or(std::cmp::Ordering::Equal)
        });
        keyed.into_iter().map(|(_, row)| row).collect()
    }

    /// Goes through an index in the direction of the first sort, a group of equal keys at a time, until the page is full.
    fn walk(&self, index: &Index, range: Range<usize>, filter: Option<&Filter>) -> Vec<RowRef> {
        let Some((first, rest)) = self.query.order.split_first() else { return Vec::new() };
        if filter.is_none() && rest.is_empty() && !first.descending {
            return self.fetch(index, clip(&self.places, range)).collect();
        }
        let (mut skip, mut found) = (self.places.start, Vec::new());
        let mut left = range;
        while !left.is_empty() && found.len() < self.places.len() {
            let group = index.group(if first.descending { left.end - 1 } else { left.start });
            let group = group.start.max(left.start)..group.end.min(left.end);
            left = if first.descending { left.start..group.start } else { group.end..left.end };
            if filter.is_none() && group.len() <= skip {
                skip -= group.len();
                continue;
            }
            let wanted = self.places.len() - found.len();
            if filter.is_none() && rest.is_empty() {
                let start = (group.start + skip).min(group.end);
                found.extend(self.fetch(index, start..group.end.min(start.saturating_add(wanted))));
                skip = 0;
                continue;
            }
            let passes = |row: &RowRef| filter.is_none_or(|filter| filter.passes(self.scene, row));
            let rows = self.fetch(index, group).filter(passes);
            if rest.is_empty() {
                // A large group is not gone through to its end.
                for row in rows.take(skip.saturating_add(wanted)) {
                    if skip > 0 { skip -= 1 } else { found.push(row) }
                }
                continue;
            }
            let rows = self.sort_by(rows.collect(), rest);
            let passed = rows.len().min(skip);
            skip -= passed;
            found.extend(rows.into_iter().skip(passed).take(wanted));
        }
        found
    }
}

/// The places of a page within a range.
fn clip(page: &Range<usize>, range: Range<usize>) -> Range<usize> {
    let start = range.start.saturating_add(page.start).min(range.end);
    start..range.start.saturating_add(page.end).min(range.end)
}

impl SortBy {
    fn key(&self, scene: &dyn Scene, row: &RowRef) -> SortKey {
        if self.by_option
            && let super::cell::Cell::Choice(id) = row.cell(self.field.id)
        {
            let place = self.field.choices.iter().position(|choice| choice.id == *id);
            return place.map_or(SortKey::Nothing, |place| SortKey::Whole(place as i64));
        }
        self.field.sort_key(scene, row)
    }
}

#[cfg(test)]
mod tests;
