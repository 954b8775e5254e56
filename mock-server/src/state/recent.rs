//! The records that came last, on a stack before the table's trees: a record that is added copies no node of a tree.

use std::sync::Arc;

use super::key::Key;
use super::postings::{Numbers, Postings};
use super::record::Record;

/// As many wait at most. Whoever looks something up walks past them.
pub(crate) const MOST: usize = 32;

/// Records in the order of creation, all younger than those in the trees. A clone shares them.
#[derive(Clone, Debug, Default)]
pub(super) struct Recent {
    top: Option<Arc<Entry>>,
    length: usize,
}

#[derive(Debug)]
struct Entry {
    record: Record,
    keys: Keys,
    below: Option<Arc<Entry>>,
}

/// The keys under which the indexes of a collection hold a record.
#[derive(Debug, PartialEq)]
pub(super) struct Keys {
    pub(super) all: Vec<Key>,
    /// Where those of each index end.
    pub(super) ends: Vec<usize>,
}

/// What an index holds under one key: sequence numbers in order, those of the trees and then the recent ones.
#[derive(Clone, Debug)]
pub(crate) struct Held<'t> {
    settled: Option<&'t Postings>,
    recent: Vec<u64>,
}

impl Keys {
    fn of_index(&self, index: usize) -> &[Key] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[index]]
    }

    pub(super) fn by_index(&self) -> impl Iterator<Item = (usize, &[Key])> {
        (0..self.ends.len()).map(|index| (index, self.of_index(index)))
    }
}

impl Recent {
    pub(super) fn len(&self) -> usize {
        self.length
    }

    pub(super) fn is_full(&self) -> bool {
        self.length >= MOST
    }

    pub(super) fn push(&mut self, record: Record, keys: Keys) {
        self.top = Some(Arc::new(Entry { record, keys, below: self.top.take() }));
        self.length += 1;
    }

    /// From the youngest to the oldest.
    fn entries(&self) -> impl Iterator<Item = &Entry> {
        std::iter::successors(self.top.as_deref(), |entry| entry.below.as_deref())
    }

    /// From the oldest to the youngest.
    pub(super) fn in_order(&self) -> std::vec::IntoIter<&Record> {
        let mut records = Vec::with_capacity(self.length);
        records.extend(self.entries().map(|entry| &entry.record));
        records.reverse();
        records.into_iter()
    }

    /// Each with its keys, from the oldest to the youngest.
    pub(super) fn with_keys(&self) -> impl Iterator<Item = (&Record, &Keys)> {
        let mut entries: Vec<_> = self.entries().collect();
        entries.reverse();
        entries.into_iter().map(|entry| (&entry.record, &entry.keys))
    }

    pub(super) fn get(&self, sequence: u64) -> Option<&Record> {
        self.entries().map(|entry| &entry.record).find(|record| record.sequence() == sequence)
    }

    /// The sequence numbers under a key of an index, in order.
    pub(super) fn under(&self, index: usize, key: &Key) -> Vec<u64> {
        let holders = self.entries().filter(|entry| entry.keys.of_index(index).contains(key));
        let mut numbers: Vec<u64> = holders.map(|entry| entry.record.sequence()).collect();
        numbers.reverse();
        numbers
    }
}

impl<'t> Held<'t> {
    /// `None` when there is nothing.
    pub(super) fn new(settled: Option<&'t Postings>, recent: Vec<u64>) -> Option<Self> {
        (settled.is_some() || !recent.is_empty()).then_some(Self { settled, recent })
    }

    pub(crate) fn len(&self) -> usize {
        self.settled.map_or(0, Postings::len) + self.recent.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> + use<'_, 't> {
        self.settled.map_or(Numbers::One(None), Postings::iter).chain(self.recent.iter().copied())
    }

    /// The same, for good.
    pub(crate) fn into_numbers(self) -> impl Iterator<Item = u64> + use<'t> {
        self.settled.map_or(Numbers::One(None), Postings::iter).chain(self.recent)
    }
}

#[cfg(test)]
impl<'t> From<&'t Postings> for Held<'t> {
    fn from(settled: &'t Postings) -> Self {
        Self { settled: Some(settled), recent: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Map, Value, json};
    use tercet_spec::Document;

    use super::MOST;
    use crate::engine::{Engine, EngineOptions};
    use crate::state::{State, Transaction};

    const DOCUMENT: &str = r"
openapi: 3.0.3
info: { title: T, version: '1' }
x-collections: { things: { schema: Thing, unique: [ name ] }, kinds: { schema: Kind } }
paths: {}
components:
  schemas:
    Thing: { type: object, properties: { id: { type: integer }, name: { type: string }, kind: { type: integer, x-ref: kinds } } }
    Kind: { type: object, properties: { id: { type: integer } } }
";

    fn empty() -> State {
        let document = Document::parse("t.yaml", DOCUMENT).unwrap();
        let (contract, _) = tercet_spec::lower(&document);
        Engine::new(Arc::new(contract), EngineOptions::default()).unwrap().initial_state()
    }

    fn fields(number: usize) -> Map<String, Value> {
        let value = json!({ "id": number, "name": format!("n{number}"), "kind": number % 3 });
        value.as_object().cloned().unwrap()
    }

    fn numbers<'r>(records: impl Iterator<Item = &'r crate::state::Record>) -> Vec<u64> {
        records.map(|one| one.get("id").and_then(Value::as_u64).unwrap()).collect()
    }

    #[test]
    fn what_came_last_is_found_like_the_rest_and_in_its_place() {
        let mut state = empty();
        for number in 0..3 * MOST {
            let before = state.clone();
            let mut tx = Transaction::begin(&state);
            tx.insert(0, fields(number)).unwrap();
            assert!(tx.insert(0, fields(number / 2)).is_err(), "its key is taken");
            state = tx.commit();
            assert_eq!((before.len("things"), state.len("things")), (Some(number), Some(number + 1)));
            assert_eq!(numbers(state.records("things")), (0..=number as u64).collect::<Vec<_>>());
            for found in [0, number / 2, number] {
                assert!(state.get("things", &json!(found)).is_some(), "{found} of {number}");
            }
            assert!(before.get("things", &json!(number)).is_none(), "the state before stays as it was");
            let third: Vec<u64> = (0..=number as u64).filter(|one| one % 3 == 1).collect();
            assert_eq!(numbers(state.matching(0, &[("kind", &json!(1))])), third);
            assert_eq!(
                numbers(state.matching(0, &[("name", &json!(format!("n{number}")))])),
                [number as u64]
            );
        }
    }

    #[test]
    fn pages_begin_where_they_should_also_where_records_were_removed() {
        let mut tx = Transaction::begin(&empty());
        let mut left = Vec::new();
        for number in 0..2 * MOST + 5 {
            tx.insert(0, fields(number)).unwrap();
            left.push(number as u64);
        }
        let check = |tx: &Transaction, left: &[u64]| {
            for skip in [0, 1, MOST - 1, MOST, MOST + 1, left.len() - 1, left.len(), left.len() + 9] {
                let page = tx.state.table(0).page(skip, 7);
                let expected: Vec<u64> = left.iter().copied().skip(skip).take(7).collect();
                assert_eq!(numbers(page.iter()), expected, "after {skip} of {}", left.len());
            }
        };
        check(&tx, &left);
        for gone in [0, MOST + 2, 2 * MOST + 4] {
            let record = tx.state.get("things", &json!(gone)).unwrap();
            tx.delete(&[record]).unwrap();
            left.retain(|one| *one != gone as u64);
            check(&tx, &left);
        }
        let changed = tx.state.get("things", &json!(MOST)).unwrap();
        let mut other = fields(MOST);
        other.insert("name".to_owned(), json!("another"));
        tx.insert(0, fields(1000)).unwrap();
        tx.replace(&changed, other).unwrap();
        left.push(1000);
        check(&tx, &left);
        assert_eq!(numbers(tx.state.matching(0, &[("name", &json!("another"))])), [MOST as u64]);
        assert_eq!(numbers(tx.state.matching(0, &[("name", &json!(format!("n{MOST}")))])), [0; 0]);
    }
}
