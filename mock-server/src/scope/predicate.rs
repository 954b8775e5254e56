//! Predicates: made ready once for a request, then held against as many records as need be.

use std::borrow::Cow;
use std::cmp::Ordering;

use regress::Regex;
use serde_json::Value;
use tercet_spec::language::{Clause, Predicate, Source, Subject, Test, ValueExpr, Word};

use super::bound::Bound;
use super::compare::{contains_fold, equal, equal_fold, order};
use super::value::{Want, comparable};
use super::view::Scope;
use super::walk::Leaf;
use crate::state::Record;

/// A predicate whose values are known. Tests whose expression is absent have dropped out.
#[derive(Debug)]
pub(crate) struct Ready<'a> {
    pub(crate) clauses: Vec<ReadyClause<'a>>,
}

#[derive(Debug)]
pub(crate) enum ReadyClause<'a> {
    Test(&'a Subject, Vec<ReadyWord<'a>>),
    AnyOf(Vec<Ready<'a>>),
    AllOf(Vec<Ready<'a>>),
    Not(Ready<'a>),
    /// An expression of `when` is absent.
    Never,
    /// It reads the tested record on its right-hand side.
    Each(&'a Clause),
}

#[derive(Debug)]
pub(crate) enum ReadyWord<'a> {
    Equal(Cow<'a, Value>),
    Enum(Cow<'a, Value>),
    Not(Cow<'a, Value>),
    /// The value, the order in which a field must be to it, and whether it may be equal.
    Bound(Cow<'a, Value>, Ordering, bool),
    Search(Cow<'a, Value>),
    EqualsIgnoreCase(Cow<'a, Value>),
    StartsWith(Cow<'a, Value>),
    Pattern(Option<&'a Regex>),
    Present(bool),
}

/// What becomes of a test whose expression is absent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Absent {
    DropsOut,
    IsFalse,
}

impl<'a> Scope<'a> {
    /// Whether a predicate holds here: tests on fields look at `$record`.
    pub(crate) fn holds(&self, predicate: &'a Predicate) -> bool {
        self.passes(&self.ready(predicate), self.record)
    }

    /// As [`holds`](Self::holds), but an absent expression makes it false (`when` of a step).
    pub(crate) fn holds_strictly(&self, predicate: &'a Predicate) -> bool {
        let ready = self.prepare(predicate, Absent::IsFalse);
        self.passes(&ready, self.record)
    }

    /// Evaluates the values that fields are compared with.
    pub(crate) fn ready(&self, predicate: &'a Predicate) -> Ready<'a> {
        self.prepare(predicate, Absent::DropsOut)
    }

    fn prepare(&self, predicate: &'a Predicate, absent: Absent) -> Ready<'a> {
        Ready {
            clauses: predicate.clauses.iter().filter_map(|one| self.prepare_clause(one, absent)).collect(),
        }
    }

    fn prepare_clause(&self, clause: &'a Clause, absent: Absent) -> Option<ReadyClause<'a>> {
        if self.record.is_none() && reads_record(clause) {
            return Some(ReadyClause::Each(clause));
        }
        match clause {
            Clause::Test(subject, test) => self.prepare_test(subject, test, absent),
            Clause::AnyOf(all) => {
                let left = self.prepare_all(all, absent);
                (!left.is_empty()).then_some(ReadyClause::AnyOf(left))
            }
            Clause::AllOf(all) => {
                let left = self.prepare_all(all, absent);
                (!left.is_empty()).then_some(ReadyClause::AllOf(left))
            }
            Clause::Not(one) => {
                let inner = self.prepare(one, absent);
                match inner.clauses.is_empty() {
                    true => None,
                    false if inner.has_never() => Some(ReadyClause::Never),
                    false => Some(ReadyClause::Not(inner)),
                }
            }
        }
    }

    fn prepare_all(&self, all: &'a [Predicate], absent: Absent) -> Vec<Ready<'a>> {
        all.iter().map(|one| self.prepare(one, absent)).filter(|one| !one.clauses.is_empty()).collect()
    }

    fn prepare_test(&self, subject: &'a Subject, test: &'a Test, absent: Absent) -> Option<ReadyClause<'a>> {
        let value = |value: &'a ValueExpr, want| match self.eval(value, want) {
            Some(found) => Some(comparable(found, self)),
            None => {
                (absent == Absent::DropsOut && self.is_left_out(value)).then_some(Cow::Owned(Value::Null))
            }
        };
        let words: Vec<Option<ReadyWord<'a>>> = match test {
            Test::Equal(own) => vec![value(own, Want::One).map(ReadyWord::Equal)],
            Test::Words(words) => words
                .iter()
                .map(|word| {
                    Some(match word {
                        Word::Enum(own) => ReadyWord::Enum(value(own, Want::Many)?),
                        Word::Not(own) => ReadyWord::Not(value(own, Want::One)?),
                        Word::Minimum(own) => {
                            ReadyWord::Bound(value(own, Want::One)?, Ordering::Greater, true)
                        }
                        Word::Maximum(own) => ReadyWord::Bound(value(own, Want::One)?, Ordering::Less, true),
                        Word::ExclusiveMinimum(own) => {
                            ReadyWord::Bound(value(own, Want::One)?, Ordering::Greater, false)
                        }
                        Word::ExclusiveMaximum(own) => {
                            ReadyWord::Bound(value(own, Want::One)?, Ordering::Less, false)
                        }
                        Word::Search(own) => ReadyWord::Search(value(own, Want::One)?),
                        Word::EqualsIgnoreCase(own) => ReadyWord::EqualsIgnoreCase(value(own, Want::One)?),
                        Word::StartsWith(own) => ReadyWord::StartsWith(value(own, Want::One)?),
                        Word::Pattern(own) => ReadyWord::Pattern(self.model.patterns.get(own)),
                        Word::Present(wanted) => ReadyWord::Present(*wanted),
                    })
                })
                .collect(),
        };
        if absent == Absent::IsFalse
            && (words.iter().any(Option::is_none) || self.subject_is_absent(subject, &words))
        {
            return Some(ReadyClause::Never);
        }
        let left: Vec<_> = words.into_iter().flatten().collect();
        (!left.is_empty()).then_some(ReadyClause::Test(subject, left))
    }

    /// Whether a value is a field that a record at hand leaves out. It is compared as null: were the test to drop out,
    /// whoever has no team would be in the team of all (`where: { team: $record.team }`).
    fn is_left_out(&self, value: &'a ValueExpr) -> bool {
        let ValueExpr::Expression(expression) = value else { return false };
        let of_record = matches!(
            expression.source,
            Source::Record
                | Source::Item
                // A claim that a token lacks must not let everybody in.
                | Source::Credential
                | Source::Caller
                | Source::Security(_)
                | Source::Result
                | Source::Bound(_)
        );
        of_record && !expression.path.is_empty() && self.source(&expression.source).is_some()
    }

    /// Whether a test asks an absent expression for more than whether it is there.
    fn subject_is_absent(&self, subject: &'a Subject, words: &[Option<ReadyWord<'_>>]) -> bool {
        let Subject::Expression(expression) = subject else { return false };
        let asks_presence = words.iter().flatten().all(|word| matches!(word, ReadyWord::Present(_)));
        !asks_presence && self.expression(expression).is_none()
    }

    /// Whether `record` passes.
    pub(crate) fn passes(&self, ready: &Ready<'a>, record: Option<&Bound<'_>>) -> bool {
        ready.clauses.iter().all(|clause| match clause {
            ReadyClause::Test(subject, words) => self.passes_test(subject, words, record),
            ReadyClause::AnyOf(all) => all.iter().any(|one| self.passes(one, record)),
            ReadyClause::AllOf(all) => all.iter().all(|one| self.passes(one, record)),
            ReadyClause::Not(one) => !self.passes(one, record),
            ReadyClause::Never => false,
            ReadyClause::Each(clause) => self.passes_each(clause, record),
        })
    }

    /// As [`passes`](Self::passes), for a filter that looks at very many records: none is cloned to be looked at.
    pub(crate) fn record_passes(&self, ready: &Ready<'a>, record: &Record) -> bool {
        ready.clauses.iter().all(|clause| self.record_passes_one(clause, record))
    }

    /// Whether `record` passes one clause.
    pub(super) fn record_passes_one(&self, clause: &ReadyClause<'a>, record: &Record) -> bool {
        match clause {
            ReadyClause::Test(Subject::Field(path), words) => {
                self.is_met(words, |test| self.walk(Leaf::Record(record), path, test))
            }
            ReadyClause::AnyOf(all) => all.iter().any(|one| self.record_passes(one, record)),
            ReadyClause::AllOf(all) => all.iter().all(|one| self.record_passes(one, record)),
            ReadyClause::Not(one) => !self.record_passes(one, record),
            ReadyClause::Never => false,
            ReadyClause::Test(subject @ Subject::Expression(_), words) => {
                self.passes_test(subject, words, None)
            }
            ReadyClause::Each(clause) => self.passes_each(clause, Some(&Bound::Record(record.clone()))),
        }
    }

    fn passes_each(&self, clause: &'a Clause, record: Option<&Bound<'_>>) -> bool {
        let Some(record) = record else { return false };
        let scope = self.with_record(record);
        scope
            .prepare_clause(clause, Absent::DropsOut)
            .is_none_or(|ready| scope.passes(&Ready { clauses: vec![ready] }, Some(record)))
    }

    fn passes_test(&self, subject: &'a Subject, words: &[ReadyWord<'_>], record: Option<&Bound<'_>>) -> bool {
        self.is_met(words, |test| match subject {
            Subject::Field(path) => record.is_some_and(|record| self.walk_bound(record, path, test)),
            Subject::Expression(expression) => {
                self.expression(expression).is_some_and(|value| self.walk_bound(&value, &[], test))
            }
        })
    }

    /// Whether something that `walk` comes by passes.
    fn is_met(
        &self,
        words: &[ReadyWord<'_>],
        walk: impl FnOnce(&mut dyn FnMut(Leaf<'_>) -> bool) -> bool,
    ) -> bool {
        let mut found = false;
        let passed = walk(&mut |leaf| {
            found = true;
            self.leaf_passes(leaf, words)
        });
        // What is not there is tested as null.
        passed || (!found && words.iter().all(|word| word.passes(&Value::Null, false)))
    }

    pub(super) fn leaf_passes(&self, leaf: Leaf<'_>, words: &[ReadyWord<'_>]) -> bool {
        let (value, fold) = match leaf {
            Leaf::Value(value, fold) => (value, fold),
            // A reference is compared as the key it is.
            Leaf::Key(collection, value) => (value, self.model.collections[collection].folds_key()),
            Leaf::Record(record) => {
                (self.state.key_of(record), self.model.collections[record.collection()].folds_key())
            }
        };
        let all = |value: &Value| words.iter().all(|word| word.passes(value, fold));
        match value {
            Value::Array(members) => {
                let on_the_whole = words.iter().all(ReadyWord::sees_lists) && all(value);
                on_the_whole || members.iter().any(all)
            }
            one => all(one),
        }
    }
}

impl Ready<'_> {
    fn has_never(&self) -> bool {
        self.clauses.iter().any(|clause| match clause {
            ReadyClause::Never => true,
            ReadyClause::AnyOf(all) | ReadyClause::AllOf(all) => all.iter().any(Self::has_never),
            ReadyClause::Not(one) => one.has_never(),
            ReadyClause::Test(..) | ReadyClause::Each(_) => false,
        })
    }
}

impl ReadyWord<'_> {
    /// Whether the word says something of a list as a whole.
    fn sees_lists(&self) -> bool {
        matches!(self, Self::Present(_)) || matches!(self, Self::Equal(value) if value.is_array())
    }

    pub(super) fn passes(&self, value: &Value, fold: bool) -> bool {
        match self {
            Self::Equal(own) => equal(value, own, fold),
            Self::Enum(own) => match own.as_ref() {
                Value::Array(members) => members.iter().any(|member| equal(value, member, fold)),
                one => equal(value, one, fold),
            },
            Self::Not(own) => !equal(value, own, fold),
            Self::Bound(own, wanted, inclusive) => {
                order(value, own).is_some_and(|found| found == *wanted || (*inclusive && found.is_eq()))
            }
            Self::Search(own) => match (text(value), text(own)) {
                (Some(value), Some(own)) => contains_fold(&value, &own),
                _ => false,
            },
            Self::EqualsIgnoreCase(own) => match (value, own.as_ref()) {
                (Value::String(value), Value::String(own)) => equal_fold(value, own),
                _ => equal(value, own, true),
            },
            Self::StartsWith(own) => match (value, own.as_ref()) {
                (Value::String(value), Value::String(own)) => value.starts_with(own),
                _ => false,
            },
            Self::Pattern(regex) => {
                text(value).is_some_and(|value| regex.is_some_and(|regex| regex.find(&value).is_some()))
            }
            Self::Present(wanted) => *wanted != value.is_null(),
        }
    }
}

fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

fn reads_record(clause: &Clause) -> bool {
    let mut reads = false;
    let mut look = |source: &Source| reads |= *source == Source::Record;
    match clause {
        Clause::Test(subject, test) => {
            if let Subject::Expression(expression) = subject {
                look(&expression.source);
            }
            test.values(&mut |value| value.expressions(&mut |expression| look(&expression.source)));
        }
        Clause::AnyOf(all) | Clause::AllOf(all) => {
            all.iter().for_each(|one| one.expressions(&mut |expression| look(&expression.source)));
        }
        Clause::Not(one) => one.expressions(&mut |expression| look(&expression.source)),
    }
    reads
}
