//! What an index knows of a filter: where the rows stand that can pass it.

use std::collections::BTreeMap;
use std::ops::Bound;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::spans::Spans;
use crate::platforms::baserow::rows::cells::Kind;
use crate::platforms::baserow::rows::filters::{Condition, Filter, KeyRange, Test};
use crate::platforms::baserow::rows::schema::Field;
use crate::platforms::baserow::rows::store::{Column, Index, SortKey, Table};

/// Microseconds in a day.
const DAY: i64 = 86_400_000_000;

/// The places of an index among which all rows that pass a filter are.
pub(super) struct Reach {
    pub(super) column: Column,
    pub(super) index: Index,
    pub(super) spans: Spans,
    /// Whether all that are there pass.
    pub(super) exact: bool,
}

impl Reach {
    /// Whether all rows there have one key: then they are in the order of the table.
    pub(super) fn is_one_group(&self) -> bool {
        match self.spans.ranges() {
            [range] => self.index.group(range.start) == *range,
            _ => false,
        }
    }
}

/// The reach of a filter in the index that narrows it most; `None` where no index says anything.
pub(super) fn reach(rows: &Table, filter: &Filter) -> Option<Reach> {
    match filter {
        Filter::Field(condition) => of_condition(rows, condition),
        Filter::Ids(_) => None,
        Filter::All(all) => of_all(rows, all),
        Filter::Any(any) => of_any(rows, any),
    }
}

fn of_all(rows: &Table, all: &[Filter]) -> Option<Reach> {
    let mut by_column: BTreeMap<Column, Reach> = BTreeMap::new();
    let mut known = 0;
    for reach in all.iter().filter_map(|one| reach(rows, one)) {
        known += 1;
        match by_column.get_mut(&reach.column) {
            Some(own) => {
                own.spans = own.spans.and(&reach.spans);
                own.exact &= reach.exact;
            }
            None => drop(by_column.insert(reach.column, reach)),
        }
    }
    let says_all = known == all.len() && by_column.len() == 1;
    let mut narrowest = by_column.into_values().min_by_key(|one| one.spans.len())?;
    narrowest.exact &= says_all;
    Some(narrowest)
}

fn of_any(rows: &Table, any: &[Filter]) -> Option<Reach> {
    let mut all = any.iter().map(|one| reach(rows, one));
    let mut whole = all.next()??;
    for one in all {
        let one = one.filter(|one| one.column == whole.column)?;
        whole.spans = whole.spans.or(one.spans);
        whole.exact &= one.exact;
    }
    Some(whole)
}

fn of_condition(rows: &Table, condition: &Condition) -> Option<Reach> {
    let Condition { field, test, negated } = condition;
    let column = column(field)?;
    let (ranges, exact) = ranges(field, test)?;
    if *negated && !exact {
        return None;
    }
    let index = rows.index(column);
    let spans = Spans::of(ranges.iter().map(|range| index.range(&range.low, &range.high)).collect());
    let spans = if *negated { spans.not(index.len()) } else { spans };
    Some(Reach { column, index, spans, exact })
}

/// The column whose index has the field's cells. A choice is found by its id, though it is not ordered by it.
fn column(field: &Field) -> Option<Column> {
    let single = field.type_name == "single_select";
    field.kind.cells().column(field).or_else(|| single.then_some(Column::Field(field.id)))
}

/// The ranges of keys that pass a test, and whether all in them do.
fn ranges(field: &Field, test: &Test) -> Option<(Vec<KeyRange>, bool)> {
    let ordered = field.kind.cells().column(field).is_some();
    match test {
        Test::Never => Some((Vec::new(), true)),
        Test::Keys(range) if ordered => Some((vec![range.clone()], true)),
        Test::Empty if ordered => Some((empty(&field.kind).into_iter().collect(), true)),
        Test::AnyOf(ids) if !ordered => {
            let choice = |id: &u64| i64::try_from(*id).ok().map(|id| KeyRange::only(SortKey::Whole(id)));
            Some((ids.iter().filter_map(choice).collect(), true))
        }
        Test::Moments { from, to } if ordered => Some((vec![moments(*from, *to)], true)),
        Test::Days { zone, from, to } if ordered => Some(days(zone, *from, *to)),
        _ => None,
    }
}

/// The cells that count as empty; a rating never does.
fn empty(kind: &Kind) -> Option<KeyRange> {
    let up_to = |key| KeyRange { low: Bound::Unbounded, high: Bound::Included(key) };
    match kind {
        Kind::Rating { .. } => None,
        Kind::Boolean => Some(up_to(SortKey::Flag(false))),
        Kind::Text | Kind::LongText | Kind::Checked(_) | Kind::Uuid => Some(up_to(SortKey::text(""))),
        _ => Some(up_to(SortKey::Nothing)),
    }
}

fn moments(from: Option<i64>, to: Option<i64>) -> KeyRange {
    let low = Bound::Included(SortKey::Whole(from.unwrap_or(i64::MIN)));
    let high = to.map_or(Bound::Included(SortKey::Whole(i64::MAX)), |to| Bound::Excluded(SortKey::Whole(to)));
    KeyRange { low, high }
}

/// Days, and moments of those days. A zone's clock may go back over midnight, so elsewhere than in UTC a day more on either
/// side is looked through.
fn days(zone: &TimeZone, from: Option<Date>, to: Option<Date>) -> (Vec<KeyRange>, bool) {
    let exact = *zone == TimeZone::UTC;
    let more = if exact { 0 } else { DAY };
    let midnight = |day: Date| Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond());
    let low = from.and_then(midnight).map(|from| from.saturating_sub(more));
    let high = to.and_then(midnight).map(|to| to.saturating_add(more));
    let plain = KeyRange {
        low: Bound::Included(SortKey::Day(from.unwrap_or(Date::MIN))),
        high: to.map_or(Bound::Included(SortKey::Day(Date::MAX)), |to| Bound::Excluded(SortKey::Day(to))),
    };
    (vec![plain, moments(low, high)], exact)
}
