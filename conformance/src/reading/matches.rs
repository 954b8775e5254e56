//! Whether a step's `where` takes a record, as far as the request and what is known of the record decide it.

use indexmap::IndexMap;
use serde_json::Value;
use tercet_spec::language::{Clause, Predicate, Subject, Test, ValueExpr, Word};

use super::predict::evaluate;
use super::{Predicted, Prediction, Reading, Use};
use crate::Inputs;

/// What is known of a record.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    /// The fields that name it.
    pub names: &'k IndexMap<String, Value>,
    /// What its fields must be.
    pub fields: &'k Prediction,
    /// The step that made it, whose values may be the same expressions that `where` compares with (`$caller.id`, say).
    pub maker: Option<&'k Use>,
}

impl Reading {
    /// Whether a step that is called with these inputs takes that record; `None` when that cannot be told.
    #[must_use]
    pub fn takes(&self, one: &Use, inputs: &Inputs, record: Known<'_>) -> Option<bool> {
        let selection = self.step(one).verb.seen().selection()?;
        let ignore_case = self.collection(&one.collection).map_or(&[][..], |own| own.ignore_case.as_slice());
        Matcher { reading: self, inputs, record, ignore_case }.predicate(&selection.filter)
    }

    /// The expression that a create or update writes into a field.
    #[must_use]
    pub fn written_expression(&self, one: &Use, field: &str) -> Option<&ValueExpr> {
        match self.set_of(one)? {
            ValueExpr::Object(members) => {
                members.iter().find(|(name, _)| name == field).map(|(_, value)| value)
            }
            _ => None,
        }
    }
}

struct Matcher<'m> {
    reading: &'m Reading,
    inputs: &'m Inputs,
    record: Known<'m>,
    ignore_case: &'m [String],
}

/// Whether a test holds: yes, no, unknown, or it drops out.
#[derive(Clone, Copy, PartialEq)]
enum Truth {
    Yes,
    No,
    Unknown,
    Drops,
}

impl Truth {
    fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl Matcher<'_> {
    fn predicate(&self, predicate: &Predicate) -> Option<bool> {
        match self.all(predicate) {
            Truth::Yes | Truth::Drops => Some(true),
            Truth::No => Some(false),
            Truth::Unknown => None,
        }
    }

    fn all(&self, predicate: &Predicate) -> Truth {
        let mut result = Truth::Drops;
        for clause in &predicate.clauses {
            match self.clause(clause) {
                Truth::No => return Truth::No,
                Truth::Unknown => result = Truth::Unknown,
                Truth::Yes if result == Truth::Drops => result = Truth::Yes,
                _ => {}
            }
        }
        result
    }

    fn clause(&self, clause: &Clause) -> Truth {
        match clause {
            Clause::Test(Subject::Field(path), Test::Equal(value)) => self.equal(path, value),
            Clause::Test(Subject::Field(path), Test::Words(words)) => {
                let mut result = Truth::Drops;
                for word in words {
                    match self.word(path, word) {
                        Truth::No => return Truth::No,
                        Truth::Unknown => result = Truth::Unknown,
                        Truth::Yes if result == Truth::Drops => result = Truth::Yes,
                        _ => {}
                    }
                }
                result
            }
            Clause::Test(Subject::Expression(_), _) => Truth::Unknown,
            Clause::AllOf(all) => {
                let results: Vec<Truth> = all.iter().map(|one| self.all(one)).collect();
                if results.contains(&Truth::No) {
                    Truth::No
                } else if results.contains(&Truth::Unknown) {
                    Truth::Unknown
                } else {
                    Truth::Yes
                }
            }
            Clause::AnyOf(all) => {
                let results: Vec<Truth> = all.iter().map(|one| self.all(one)).collect();
                if results.contains(&Truth::Yes) {
                    Truth::Yes
                } else if results.contains(&Truth::Unknown) {
                    Truth::Unknown
                } else if results.contains(&Truth::No) {
                    Truth::No
                } else {
                    Truth::Drops
                }
            }
            Clause::Not(one) => match self.all(one) {
                Truth::Yes => Truth::No,
                Truth::No => Truth::Yes,
                other => other,
            },
        }
    }

    fn field(&self, path: &[String]) -> Predicted {
        let [field] = path else {
            return Predicted::Unknown;
        };
        if let Some(value) = self.record.names.get(field) {
            return Predicted::Known(value.clone());
        }
        self.record.fields.get(field).cloned().unwrap_or(Predicted::Unknown)
    }

    fn equal(&self, path: &[String], value: &ValueExpr) -> Truth {
        let same_expression = path.len() == 1
            && self.record.maker.and_then(|maker| self.reading.written_expression(maker, &path[0]))
                == Some(value)
            && evaluate(value, self.inputs) == Predicted::Unknown;
        if same_expression {
            return Truth::Yes;
        }
        let ignore_case = path.len() == 1 && self.ignore_case.contains(&path[0]);
        match (evaluate(value, self.inputs), self.field(path)) {
            (Predicted::Absent, _) => Truth::Drops,
            (Predicted::Known(wanted), Predicted::Known(own)) => Truth::of(equal(&wanted, &own, ignore_case)),
            (Predicted::Known(wanted), Predicted::Absent) => Truth::of(wanted.is_null()),
            _ => Truth::Unknown,
        }
    }

    fn word(&self, path: &[String], word: &Word) -> Truth {
        let own = self.field(path);
        if let Word::Present(wanted) = word {
            return match own {
                Predicted::Known(value) => Truth::of(value.is_null() != *wanted),
                Predicted::Absent => Truth::of(!wanted),
                Predicted::Unknown => Truth::Unknown,
            };
        }
        let Some(value) = word.value() else {
            return Truth::Unknown;
        };
        let (wanted, own) = match (evaluate(value, self.inputs), own) {
            (Predicted::Absent, _) => return Truth::Drops,
            (Predicted::Known(wanted), Predicted::Known(own)) => (wanted, own),
            _ => return Truth::Unknown,
        };
        let texts = || wanted.as_str().zip(own.as_str()).map(|(a, b)| (a.to_lowercase(), b.to_lowercase()));
        match word {
            Word::Enum(_) => wanted.as_array().map_or(Truth::Unknown, |all| Truth::of(all.contains(&own))),
            Word::Not(_) => Truth::of(!equal(&wanted, &own, false)),
            Word::Search(_) => {
                texts().map_or(Truth::Unknown, |(wanted, own)| Truth::of(own.contains(&wanted)))
            }
            Word::EqualsIgnoreCase(_) => {
                texts().map_or(Truth::Unknown, |(wanted, own)| Truth::of(own == wanted))
            }
            Word::Minimum(_) => {
                compare(&own, &wanted).map_or(Truth::Unknown, |order| Truth::of(order.is_ge()))
            }
            Word::Maximum(_) => {
                compare(&own, &wanted).map_or(Truth::Unknown, |order| Truth::of(order.is_le()))
            }
            Word::ExclusiveMinimum(_) => {
                compare(&own, &wanted).map_or(Truth::Unknown, |order| Truth::of(order.is_gt()))
            }
            Word::ExclusiveMaximum(_) => {
                compare(&own, &wanted).map_or(Truth::Unknown, |order| Truth::of(order.is_lt()))
            }
            Word::StartsWith(_) => match (wanted.as_str(), own.as_str()) {
                (Some(wanted), Some(own)) => Truth::of(own.starts_with(wanted)),
                _ => Truth::Unknown,
            },
            Word::Pattern(_) | Word::Present(_) => Truth::Unknown,
        }
    }
}

fn compare(a: &Value, b: &Value) -> Option<std::cmp::Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64()?.partial_cmp(&b.as_f64()?),
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

/// Whether two values are the same: numbers by value, `1` and `1.0` alike.
#[must_use]
pub fn equal(a: &Value, b: &Value, ignore_case: bool) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || (a.as_f64().is_some() && a.as_f64() == b.as_f64()),
        (Value::String(a), Value::String(b)) if ignore_case => a.to_lowercase() == b.to_lowercase(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b, ignore_case))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| equal(a, b, ignore_case)))
        }
        (a, b) => a == b,
    }
}
