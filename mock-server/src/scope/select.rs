//! Selections: which records, by index where there is one.

use serde_json::Value;
use tercet_spec::language::{CollectionName, Selection, Subject, ValueExpr};

use super::bound::Bound;
use super::candidates::Candidates;
use super::page::{Cut, PageInfo};
use super::predicate::{Ready, ReadyClause, ReadyWord};
use super::sort::Order;
use super::value::{Want, gather};
use super::view::Scope;
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
        self.note_collection(collection);
        let table = self.state.table(collection);
        let ready = self.ready(&selection.filter);
        if ready.clauses.is_empty() {
            return table.len();
        }
        match self.candidates(collection, table, &ready) {
            Some(found) if found.all_match && found.keys.len() < 2 => found.most,
            found => self.visit(collection, &ready, found, |records| records.count()),
        }
    }

    /// The records, in their order, as many as the page asks for. `count` = also how many there are in all.
    pub(crate) fn page(&self, selection: &'a Selection, count: bool) -> Selected {
        let cut = self.cut(selection.page.as_ref());
        let order = self.order(&selection.sort);
        let total = (count && cut != Cut::ALL).then(|| self.count(selection));
        let records = match self.collection(&selection.from) {
            Some(collection) => self.part(collection, &self.ready(&selection.filter), &order, cut),
            None => Vec::new(),
        };
        let count = records.len();
        let total = if cut == Cut::ALL { Some(count) } else { total };
        Selected { page: PageInfo { cut, total, count }, records }
    }

    /// The records that pass, in that order, as many as the cut leaves.
    fn part(&self, collection: usize, ready: &Ready<'a>, order: &[Order], cut: Cut) -> Vec<Record> {
        self.note_collection(collection);
        let table = self.state.table(collection);
        let take = cut.take.unwrap_or(usize::MAX);
        if ready.clauses.is_empty() && order.is_empty() {
            let page = table.page(cut.skip, take);
            #[cfg(test)]
            page.iter().for_each(|_| visited::add());
            return page;
        }
        let found = self.candidates(collection, table, ready);
        self.visit(collection, ready, found, |records| match order {
            [] => records.skip(cut.skip).take(take).cloned().collect(),
            order => {
                self.sorted(records, order, cut.needed()).into_iter().skip(cut.skip).take(take).collect()
            }
        })
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
                let records = self.page(selection, false).records;
                Some(match pick {
                    // No records are the empty list, a plain value.
                    None if !records.is_empty() => Bound::Records(records.into()),
                    _ => gather(records.into_iter().filter_map(take).collect()),
                })
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
        let found = self.candidates(collection, table, &ready);
        Some(self.visit(collection, &ready, found, take))
    }

    /// Hands over the records that pass, of those that an index found, if one did.
    fn visit<T>(
        &self,
        collection: usize,
        ready: &Ready<'a>,
        found: Option<Candidates<'_>>,
        take: impl FnOnce(&mut dyn Iterator<Item = &Record>) -> T,
    ) -> T {
        let (table, scan) = (self.state.table(collection), self.scan(collection, ready));
        let settled = ready.clauses.is_empty() || found.as_ref().is_some_and(|found| found.all_match);
        let passes = |record: &&Record| {
            #[cfg(test)]
            visited::add();
            settled || self.scanned(&scan, record)
        };
        match found {
            Some(found) => {
                found.in_order(|numbers| take(&mut numbers.filter_map(|one| table.get(one)).filter(passes)))
            }
            None => take(&mut table.iter().filter(passes)),
        }
    }

    /// A few records among which all matching ones are; `None` when only a scan can tell.
    fn candidates<'t>(&self, collection: usize, table: &'t Table, ready: &Ready<'_>) -> Option<Candidates<'t>>
    where
        'a: 't,
    {
        let mut best: Option<Candidates<'t>> = None;
        for clause in &ready.clauses {
            let found = match clause {
                ReadyClause::Test(Subject::Field(path), words) => {
                    let found = words.iter().find_map(|word| self.under(collection, table, path, word));
                    // The index has answered the whole test.
                    let all_match = words.len() == 1 && path.len() == 1;
                    found.map(|found| Candidates { all_match, ..found })
                }
                ReadyClause::AnyOf(all) => all
                    .iter()
                    .map(|one| self.candidates(collection, table, one))
                    .try_fold(Candidates::none(), |union, one| Some(union.or(one?))),
                ReadyClause::AllOf(all) => all
                    .iter()
                    .filter_map(|one| self.candidates(collection, table, one))
                    .min_by_key(|one| one.most)
                    .map(|best| Candidates { all_match: false, ..best }),
                ReadyClause::Never => Some(Candidates::none()),
                ReadyClause::Test(Subject::Expression(_), _) | ReadyClause::Not(_) | ReadyClause::Each(_) => {
                    None
                }
            };
            if let Some(found) = found
                && best.as_ref().is_none_or(|best| found.most < best.most)
            {
                best = Some(found);
            }
            if best.as_ref().is_some_and(|best| best.most <= 1) {
                break;
            }
        }
        best.map(|best| Candidates { all_match: best.all_match && ready.clauses.len() == 1, ..best })
            // Merging very many keys costs more than it spares.
            .filter(|best| best.keys.len() < 2 || best.most <= table.len() / 2)
    }

    /// The records that an index holds for an equality test on a field, or on a field of what it refers to.
    fn under<'t>(
        &self,
        collection: usize,
        table: &'t Table,
        path: &[String],
        word: &ReadyWord<'_>,
    ) -> Option<Candidates<'t>>
    where
        'a: 't,
    {
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
            return Some(referred.in_order(|numbers| {
                let keys = numbers.filter_map(|one| of_value(self.state.key_of(target.get(one)?), fold));
                Candidates::of(keys.filter_map(|key| table.under(index, &key)))
            }));
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
        Some(Candidates::of(keys.filter_map(|key| table.under(index, &key))))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Map, Value, json};
    use tercet_spec::Document;

    use super::visited;
    use crate::engine::{Callers, Engine, EngineOptions};
    use crate::inputs::Inputs;
    use crate::state::Transaction;

    const DOCUMENT: &str = r"
openapi: 3.0.3
info: { title: T, version: '1' }
x-conduct: { responses: { invalid: { status: 400, response: { description: no } }, not-found: { status: 404, response: { description: no } } } }
x-collections:
  teams: { schema: Team, unique: [ name ], ignore-case: [ name ] }
  people: { schema: Person, unique: [ email ] }
paths:
  /find:
    get:
      operationId: find
      parameters: [ { name: v, in: query, schema: { type: string } } ]
      responses: { '200': { description: ok, content: { application/json: { schema: { type: array, items: { type: string }, x-value: $result.id } } } } }
      x-effect: { list: { in: people, where: WHERE, sort: SORT, page: { size: 3 } } }
components:
  schemas:
    Team: { type: object, properties: { id: { type: string }, name: { type: string } } }
    Person:
      type: object
      properties:
        id: { type: string }
        email: { type: string }
        team: { type: string, x-ref: teams }
        friends: { type: array, items: { type: string, x-ref: people } }
        rank: { type: integer }
";

    /// Ids found, and how many of 500 records were looked at.
    fn found(filter: &str, sort: &str, v: &str) -> (Vec<String>, u64) {
        let text = DOCUMENT.replace("WHERE", filter).replace("SORT", sort);
        let document = Document::parse("t.yaml", text).unwrap();
        let (contract, diagnostics) = tercet_spec::lower(&document);
        assert!(
            diagnostics.iter().all(|one| one.severity != tercet_spec::Severity::Error),
            "{diagnostics:?}"
        );
        let engine = Engine::new(Arc::new(contract), EngineOptions::default()).unwrap();
        let mut tx = Transaction::begin(&engine.initial_state());
        let fields = |value: Value| value.as_object().cloned().unwrap();
        for team in 0..5 {
            tx.insert(0, fields(json!({"id": format!("t{team}"), "name": format!("Team {team}")}))).unwrap();
        }
        for number in 0..500u32 {
            let friend = format!("p{}", number / 2);
            let person = json!({"id": format!("p{number}"), "email": format!("{number}@x"), "team": format!("t{}", number % 5),
                "friends": [friend], "rank": (number * 7919) % 500});
            tx.insert(1, fields(person)).unwrap();
        }
        let mut query = Map::new();
        query.insert("v".to_owned(), v.into());
        let inputs = Inputs { query: query.into(), ..Inputs::default() };
        visited::take();
        let ended = engine.apply(&mut tx, 0, &inputs, &Callers::default());
        let visits = visited::take();
        let answer = engine.answer(tx.state(), 0, &inputs, &Callers::default(), &ended);
        (serde_json::from_slice(&answer.body).unwrap(), visits)
    }

    #[test]
    fn equality_on_key_unique_and_reference_never_scans() {
        assert_eq!(found("{ id: $request.query.v }", "[]", "p77"), (vec!["p77".to_owned()], 1));
        assert_eq!(found("{ email: $request.query.v }", "[]", "77@x"), (vec!["p77".to_owned()], 1));
        assert_eq!(found("{ id: $request.query.v }", "[]", "nobody"), (vec![], 0));
        let (ids, visits) = found("{ team: $request.query.v }", "[]", "t2");
        assert_eq!(
            (ids, visits),
            (vec!["p2".to_owned(), "p7".to_owned(), "p12".to_owned()], 3),
            "and stops with the page"
        );
        assert_eq!(found("{ friends: p9 }", "[]", "").1, 2);
        assert_eq!(found("{ rank: 3, email: 5@x }", "[]", "").1, 1, "the index is found behind other tests");
    }

    #[test]
    fn alternatives_and_paths_use_indexes_in_the_order_of_creation() {
        let (ids, visits) = found("{ anyOf: [ { email: 300@x }, { id: $request.query.v } ] }", "[]", "p7");
        assert_eq!((ids, visits), (vec!["p7".to_owned(), "p300".to_owned()], 2));
        assert_eq!(
            found("{ id: { enum: [ p5, p3 ] } }", "[]", ""),
            (vec!["p3".to_owned(), "p5".to_owned()], 2)
        );
        let (ids, visits) = found("{ team.name: TEAM 4 }", "[ { by: id } ]", "");
        assert_eq!((ids.len(), visits), (3, 100), "through the reference: a fifth of all");
        // One alternative without an index makes it a scan, until the page is full.
        assert_eq!(found("{ anyOf: [ { rank: { minimum: 99999 } }, { id: p499 } ] }", "[]", "").1, 500);
    }

    #[test]
    fn a_page_of_a_scan_ends_with_the_page_and_a_sorted_one_is_right() {
        assert_eq!(found("{}", "[]", ""), (vec!["p0".to_owned(), "p1".to_owned(), "p2".to_owned()], 3));
        let (ids, visits) = found("{}", "[ { by: rank, direction: desc } ]", "");
        let mut all: Vec<(u32, u32)> = (0..500).map(|number| ((number * 7919) % 500, number)).collect();
        all.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let expected: Vec<_> = all.iter().take(3).map(|(_, number)| format!("p{number}")).collect();
        assert_eq!((ids, visits), (expected, 500));
    }
}
