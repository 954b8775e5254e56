//! Looking at every record: what a test needs to know of its field is looked up once, not for each record.

use serde_json::Value;
use tercet_spec::language::Subject;

use super::predicate::{Ready, ReadyClause, ReadyWord};
use super::view::Scope;
use super::walk::Leaf;
use crate::state::Record;

/// A filter made ready for very many records of one collection.
pub(super) struct Scan<'r, 'a> {
    checks: Vec<Check<'r, 'a>>,
}

enum Check<'r, 'a> {
    /// A test on a stored field, and what a value of it is.
    Field(&'r str, Kind, &'r [ReadyWord<'a>]),
    /// Anything else.
    Other(&'r ReadyClause<'a>),
}

#[derive(Clone, Copy)]
enum Kind {
    /// Whether it is compared without regard to case.
    Plain(bool),
    /// The collection that it names a record of.
    Key(usize),
}

impl<'a> Scope<'a> {
    pub(super) fn scan<'r>(&self, collection: usize, ready: &'r Ready<'a>) -> Scan<'r, 'a> {
        Scan { checks: ready.clauses.iter().map(|clause| self.check(collection, clause)).collect() }
    }

    fn check<'r>(&self, collection: usize, clause: &'r ReadyClause<'a>) -> Check<'r, 'a> {
        let ReadyClause::Test(Subject::Field(path), words) = clause else { return Check::Other(clause) };
        let [name] = path.as_slice() else { return Check::Other(clause) };
        let kind = match self.model.collections[collection].field(name) {
            Some(field) if field.derived.is_some() => return Check::Other(clause),
            Some(field) => field.reference.map_or(Kind::Plain(field.fold), |refers| Kind::Key(refers.to)),
            None => Kind::Plain(false),
        };
        Check::Field(name, kind, words)
    }

    /// Whether a record passes every test.
    pub(super) fn scanned(&self, scan: &Scan<'_, 'a>, record: &Record) -> bool {
        scan.checks.iter().all(|check| match check {
            Check::Other(clause) => self.record_passes_one(clause, record),
            Check::Field(name, kind, words) => match (record.get(name), kind) {
                // What is not there is tested as null.
                (None, _) => words.iter().all(|word| word.passes(&Value::Null, false)),
                (Some(value), Kind::Plain(fold)) => self.leaf_passes(Leaf::Value(value, *fold), words),
                (Some(value), Kind::Key(to)) => self.leaf_passes(Leaf::Key(*to, value), words),
            },
        })
    }
}
