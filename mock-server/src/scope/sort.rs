//! Orders: the keys of a sorted listing, and the best of a million without sorting them all.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

use serde_json::Value;
use tercet_spec::language::Sort;

use super::compare::total;
use super::view::Scope;
use super::walk::Leaf;
use crate::state::Record;

/// A key of the order: a path and whether it descends.
pub(crate) struct Order {
    path: Vec<String>,
    descending: bool,
}

/// A record beside the values it is sorted by. Borrowed: a million of them may be looked at for a page of fifty.
struct Row<'r, 'o> {
    first: Cow<'r, Value>,
    others: Vec<Cow<'r, Value>>,
    order: &'o [Order],
    record: &'r Record,
}

impl Row<'_, '_> {
    fn compare(&self, other: &Self) -> Ordering {
        let own = std::iter::once(&self.first).chain(&self.others);
        let keys = own.zip(std::iter::once(&other.first).chain(&other.others)).zip(self.order);
        let mut differing =
            keys.map(|((a, b), order)| if order.descending { total(b, a) } else { total(a, b) });
        // Equal keys stay in the order of creation, whichever way the keys run.
        let by_age = self.record.sequence().cmp(&other.record.sequence());
        differing.find(|one| one.is_ne()).unwrap_or(by_age)
    }
}

impl PartialEq for Row<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        self.compare(other).is_eq()
    }
}

impl Eq for Row<'_, '_> {}

impl PartialOrd for Row<'_, '_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Row<'_, '_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compare(other)
    }
}

impl<'a> Scope<'a> {
    /// The order that is wanted; empty = that of creation.
    pub(crate) fn order(&self, sort: &'a [Sort]) -> Vec<Order> {
        let keys = sort.iter().filter_map(|sort| {
            let by = self.eval_text(&sort.by)?;
            let direction = sort.direction.as_ref().and_then(|one| self.eval_text(one));
            let descending = direction.is_some_and(|word| {
                word.eq_ignore_ascii_case("desc") || word.eq_ignore_ascii_case("descending")
            });
            let path: Vec<_> = by.split('.').map(str::to_owned).collect();
            (!by.is_empty()).then_some(Order { path, descending })
        });
        keys.collect()
    }

    /// The first `needed` of the records in that order; all of them for `None`.
    pub(crate) fn sorted<'r>(
        &self,
        records: impl Iterator<Item = &'r Record>,
        order: &[Order],
        needed: Option<usize>,
    ) -> Vec<Record> {
        let rows = records.map(|record| {
            let mut keys = order.iter().map(|one| self.sort_key(record, &one.path));
            let first = keys.next().unwrap_or(Cow::Owned(Value::Null));
            Row { first, others: keys.collect(), order, record }
        });
        let Some(needed) = needed else {
            let mut all: Vec<_> = rows.collect();
            all.sort_unstable();
            return all.into_iter().map(|row| row.record.clone()).collect();
        };
        // The worst of the best so far is on top.
        let mut best = BinaryHeap::new();
        for row in rows {
            if best.len() < needed {
                best.push(row);
            } else if best.peek().is_some_and(|worst| row < *worst) {
                best.pop();
                best.push(row);
            }
        }
        best.into_sorted_vec().into_iter().map(|row| row.record.clone()).collect()
    }

    fn sort_key<'r>(&self, record: &'r Record, path: &[String]) -> Cow<'r, Value> {
        let field = |name: &str| self.model.collections[record.collection()].field(name);
        if let [name] = path
            && field(name).is_none_or(|field| field.derived.is_none() && !field.fold)
            && let Some(value @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_))) =
                record.get(name)
        {
            return Cow::Borrowed(value);
        }
        let mut key = Value::Null;
        self.walk(Leaf::Record(record), path, &mut |leaf| {
            key = match leaf {
                Leaf::Value(Value::String(text), true) => text.to_lowercase().into(),
                Leaf::Value(value, _) | Leaf::Key(_, value) => value.clone(),
                Leaf::Record(record) => self.state.key_of(record).clone(),
            };
            true
        });
        Cow::Owned(key)
    }
}
