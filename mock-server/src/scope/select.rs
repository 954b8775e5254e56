//! Selections: which records, by index where there is one.

use std::collections::BTreeSet;

use serde_json::Value;
use tercet_spec::language::{CollectionName, Selection, Subject, ValueExpr};

use super::bound::Bound;
use super::page::{Cut, PageInfo};
use super::predicate::{Ready, ReadyClause, ReadyWord};
use super::scope::Scope;
use super::value::{Want, gather};
use crate::state::{Record, Table, of_value};

/// A page of records and what there is to say about it.
pub(crate) struct Selected {
    pub(crate) records: Vec<Record>,
    pub(crate) page: PageInfo,
}

/// How many records filters have looked at on this thread: what tells an index from a scan without a watch.
#[cfg(test)]
pub(crate) mod visited {
    use std::cell::Cell;

    thread_local!(static VISITED: Cell<u64> = const { Cell::new(0) });

    pub(crate) fn add() {
        VISITED.set(VISITED.get() + 1);
    }

    pub(crate) fn take() -> u64 {
        VISITED.replace(0)
    }
}

impl<'a> Scope<'a> {
    /// The collection a selection or a step works on; `None` when the request names one that does not exist.
    pub(crate) fn collection(&self, name: &'a CollectionName) -> Option<usize> {
        match name {
            CollectionName::Named(name) => self.model.collection_named(name),
            CollectionName::Chosen(value) => self.model.collection_named(&self.eval_text(value)?),
        }
    }

    /// The first record.
    pub(crate) fn first(&self, selection: &'a Selection) -> Option<Record> {
        if selection.sort.is_empty() && selection.page.is_none() {
            return self.matching(selection, |records| records.next().cloned()).flatten();
        }
        self.page(selection, false).records.into_iter().next()
    }

    /// How many there are, pages aside.
    pub(crate) fn count(&self, selection: &'a Selection) -> usize {
        let Some(collection) = self.collection(&selection.from) else { return 0 };
        if selection.filter.is_empty() {
            self.note_collection(collection);
            return self.state.table(collection).len();
        }
        self.matching(selection, |records| records.count()).unwrap_or(0)
    }

    /// The records, in their order, as many as the page asks for. `count` = also how many there are in all.
    pub(crate) fn page(&self, selection: &'a Selection, count: bool) -> Selected {
        let cut = self.cut(selection.page.as_ref());
        let order = self.order(&selection.sort);
        let total = (count && cut != Cut::ALL).then(|| self.count(selection));
        let records = self.matching(selection, |records| {
            let take = cut.take.unwrap_or(usize::MAX);
            if order.is_empty() {
                return records.skip(cut.skip).take(take).cloned().collect();
            }
            self.sorted(records, order, cut.needed()).into_iter().skip(cut.skip).take(take).collect()
        });
        let records: Vec<Record> = records.unwrap_or_default();
        let count = records.len();
        let total = if cut == Cut::ALL { Some(count) } else { total };
        Selected { page: PageInfo { cut, total, count }, records }
    }

    /// A selection as a value: all of its records for a list, the first for anything else.
    pub(crate) fn selected(
        &self,
        selection: &'a Selection,
        pick: Option<&'a ValueExpr>,
        want: Want,
    ) -> Option<Bound<'a>> {
        let take = |record: Record| match pick {
            None => Some(Bound::Record(record)),
            Some(pick) => {
                let item = Bound::Record(record);
                Some(self.with_item(&item).eval(pick, Want::One)?.into_owned())
            }
        };
        match want {
            Want::One => take(self.first(selection)?),
            Want::Many => {
                Some(gather(self.page(selection, false).records.into_iter().filter_map(take).collect()))
            }
        }
    }

    /// Hands the matching records over in order of creation. `None` when there is no such collection.
    fn matching<T>(
        &self,
        selection: &'a Selection,
        take: impl FnOnce(&mut dyn Iterator<Item = &Record>) -> T,
    ) -> Option<T> {
        let collection = self.collection(&selection.from)?;
        self.note_collection(collection);
        let table = self.state.table(collection);
        let ready = self.ready(&selection.filter);
        let passes = |record: &&Record| {
            #[cfg(test)]
            visited::add();
            ready.clauses.is_empty() || self.passes(&ready, Some(&Bound::Record((*record).clone())))
        };
        Some(match self.candidates(collection, table, &ready) {
            Some(found) => {
                let mut records = found.iter().filter_map(|one| table.get(*one)).filter(passes);
                take(&mut records)
            }
            None => take(&mut table.iter().filter(passes)),
        })
    }

    /// The sequence numbers of a few records among which all matching ones are, in order; `None` when only a scan can tell.
    fn candidates(&self, collection: usize, table: &Table, ready: &Ready<'_>) -> Option<BTreeSet<u64>> {
        let mut best: Option<BTreeSet<u64>> = None;
        for clause in &ready.clauses {
            let found = match clause {
                ReadyClause::Test(Subject::Field(path), words) => {
                    words.iter().find_map(|word| self.under(collection, table, path, word))
                }
                ReadyClause::AnyOf(all) => all
                    .iter()
                    .map(|one| self.candidates(collection, table, one))
                    .try_fold(BTreeSet::new(), |mut union, one| {
                        union.append(&mut one?);
                        Some(union)
                    }),
                ReadyClause::AllOf(all) => all
                    .iter()
                    .filter_map(|one| self.candidates(collection, table, one))
                    .min_by_key(BTreeSet::len),
                ReadyClause::Never => Some(BTreeSet::new()),
                ReadyClause::Test(Subject::Expression(_), _) | ReadyClause::Not(_) | ReadyClause::Each(_) => {
                    None
                }
            };
            if let Some(found) = found
                && best.as_ref().is_none_or(|best| found.len() < best.len())
            {
                best = Some(found);
            }
            if best.as_ref().is_some_and(|best| best.len() <= 1) {
                break;
            }
        }
        best
    }

    /// The records that an index holds for an equality test on a field, or on a field of what it refers to.
    fn under(
        &self,
        collection: usize,
        table: &Table,
        path: &[String],
        word: &ReadyWord<'_>,
    ) -> Option<BTreeSet<u64>> {
        let (name, rest) = path.split_first()?;
        let model = &self.model.collections[collection];
        let field = model.field(name)?;
        let index = field.index.filter(|_| field.derived.is_none())?;
        // A unique list is indexed as a whole, but a test asks for its members.
        if field.many && model.indexes[index].unique {
            return None;
        }
        let fold = model.indexes[index].fields[0].1;
        if !rest.is_empty() {
            let refers = field.reference?;
            let target = self.state.table(refers.to);
            self.note_collection(refers.to);
            let referred = self.under(refers.to, target, rest, word)?;
            let keys = referred.iter().filter_map(|one| of_value(self.state.key_of(target.get(*one)?), fold));
            return Some(keys.flat_map(|key| table.under(index, &key)).collect());
        }
        let values = match word {
            ReadyWord::Equal(value) => std::slice::from_ref(value.as_ref()),
            ReadyWord::EqualsIgnoreCase(value) if fold => std::slice::from_ref(value.as_ref()),
            ReadyWord::Enum(value) => match value.as_ref() {
                Value::Array(members) => members.as_slice(),
                one => std::slice::from_ref(one),
            },
            _ => return None,
        };
        // Null and lists are in no index.
        if values.iter().any(|value| value.is_null() || value.is_array()) {
            return None;
        }
        let keys = values.iter().filter_map(|value| of_value(value, fold));
        Some(keys.flat_map(|key| table.under(index, &key)).collect())
    }
}
