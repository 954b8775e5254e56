//! Whether a record satisfies a predicate: yes, no, or not to be told from what is known.

use serde_json::Value;
use tercet_spec::language::{Clause, Expression, Predicate, Source, Subject, Test, ValueExpr, Word};

use super::facts::{Fact, Facts};
use crate::Inputs;
use crate::reading::{Predicted, Reading, Slot, evaluate};

/// The request that a predicate is read in.
#[derive(Clone, Copy)]
pub(in crate::law) struct Scope<'s> {
    /// The contract and its meaning.
    pub reading: &'s Reading,
    /// The operation that the predicate belongs to.
    pub operation: usize,
    /// The collection of the tested record.
    pub collection: &'s str,
    /// What the operation is called with.
    pub inputs: &'s Inputs,
}

/// What a test compares with.
enum Operand {
    Known(Value),
    Absent,
    Expression(Expression),
    Unknown,
}

/// Whether a record of which `facts` are known satisfies `predicate`; `None` when that cannot be told.
pub(in crate::law) fn holds(scope: Scope<'_>, predicate: &Predicate, facts: &Facts) -> Option<bool> {
    all(predicate.clauses.iter().filter_map(|one| scope.clause(one, facts)))
}

/// All of them hold; an unknown one matters only when none is false.
fn all(verdicts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut told = Some(true);
    for verdict in verdicts {
        match verdict {
            Some(false) => return Some(false),
            None => told = None,
            Some(true) => {}
        }
    }
    told
}

impl Scope<'_> {
    /// `None`: the clause drops out.
    fn clause(self, clause: &Clause, facts: &Facts) -> Option<Option<bool>> {
        match clause {
            Clause::Test(Subject::Field(path), Test::Equal(value)) => match self.operand(value) {
                Operand::Absent => None,
                operand => Some(self.equal(path, facts, &operand)),
            },
            Clause::Test(Subject::Field(path), Test::Words(words)) => {
                let verdicts: Vec<_> = words.iter().filter_map(|word| self.word(path, facts, word)).collect();
                (!verdicts.is_empty()).then(|| all(verdicts.into_iter()))
            }
            Clause::Test(Subject::Expression(_), _) => Some(None),
            Clause::AllOf(parts) => Some(all(parts.iter().map(|one| holds(self, one, facts)))),
            Clause::AnyOf(parts) => {
                let left: Vec<Option<bool>> =
                    parts.iter().filter_map(|one| self.alternative(one, facts)).collect();
                let any = |wanted: Option<bool>| left.contains(&wanted);
                (!left.is_empty()).then(|| {
                    if any(Some(true)) {
                        Some(true)
                    } else if any(None) {
                        None
                    } else {
                        Some(false)
                    }
                })
            }
            Clause::Not(one) => Some(holds(self, one, facts).map(|held| !held)),
        }
    }

    fn alternative(self, one: &Predicate, facts: &Facts) -> Option<Option<bool>> {
        let verdicts: Vec<_> = one.clauses.iter().filter_map(|clause| self.clause(clause, facts)).collect();
        (!verdicts.is_empty()).then(|| all(verdicts.into_iter()))
    }

    fn operand(self, value: &ValueExpr) -> Operand {
        if let ValueExpr::Expression(expression) = value {
            if let Source::Bound(name) = &expression.source {
                return self.bound(name, expression);
            }
            if matches!(expression.source, Source::Caller | Source::Security(_) | Source::Setting(_)) {
                return Operand::Expression(expression.clone());
            }
        }
        if let ValueExpr::Split(texts) = value {
            return self.split(texts);
        }
        match evaluate(value, self.inputs) {
            Predicted::Known(Value::Null) | Predicted::Absent => Operand::Absent,
            Predicted::Known(value) => Operand::Known(value),
            Predicted::Unknown => Operand::Unknown,
        }
    }

    /// Texts split at commas.
    fn split(self, texts: &[ValueExpr]) -> Operand {
        let mut parts = Vec::new();
        for one in texts {
            match evaluate(one, self.inputs) {
                Predicted::Absent | Predicted::Known(Value::Null) => {}
                Predicted::Known(Value::String(text)) => {
                    parts.extend(
                        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(Value::from),
                    );
                }
                Predicted::Known(_) | Predicted::Unknown => return Operand::Unknown,
            }
        }
        if parts.is_empty() { Operand::Absent } else { Operand::Known(Value::Array(parts)) }
    }

    /// `$workspace.id`, where an earlier step found the workspace by its id.
    fn bound(self, name: &str, expression: &Expression) -> Operand {
        let owner = &self.reading.contract().operations[self.operation];
        let Some(step) = owner.effect.iter().position(|step| step.bind.as_deref() == Some(name)) else {
            return Operand::Unknown;
        };
        let namings = self.reading.namings(self.operation).iter();
        let same = |one: &&crate::reading::Naming| {
            one.step == step
                && one.through.is_none()
                && expression.path.len() == 1
                && expression.path[0] == one.field
        };
        let mut slots = namings.filter(same).map(|one| &one.slot);
        match slots.next().and_then(|slot: &Slot| self.inputs.get(slot)) {
            Some(value) => Operand::Known(value.clone()),
            None => Operand::Unknown,
        }
    }

    fn equal(self, path: &[String], facts: &Facts, operand: &Operand) -> Option<bool> {
        let folds = path.len() == 1 && self.folds(&path[0]);
        match (self.fact(path, facts), operand) {
            (Fact::Known(own), Operand::Known(value)) => Some(matches(&own, value, folds)),
            (Fact::Absent, Operand::Known(_)) => Some(false),
            (Fact::Same(own), Operand::Expression(other)) if own == *other => Some(true),
            _ => None,
        }
    }

    fn folds(self, field: &str) -> bool {
        self.reading
            .collection(self.collection)
            .is_some_and(|one| one.ignore_case.iter().any(|own| own == field))
    }

    /// A field of the record; through a reference only as far as the reference itself goes.
    fn fact(self, path: &[String], facts: &Facts) -> Fact {
        let [field, rest @ ..] = path else {
            return Fact::Unknown;
        };
        let Some(collection) = self.reading.collection(self.collection) else {
            return Fact::Unknown;
        };
        let derived = self.reading.contract().schema(collection.schema).properties.get(field);
        if derived.is_some_and(|id| self.reading.contract().schema(*id).value.is_some()) {
            return Fact::Unknown;
        }
        let reference = collection.references.iter().find(|(own, _)| own == field).map(|(_, to)| to);
        match (rest, reference) {
            ([], _) => facts.field(field).clone(),
            ([inner], Some(to)) if self.reading.collection(&to.to).is_some_and(|to| to.key == *inner) => {
                facts.field(field).clone()
            }
            ([inner], Some(to)) => self.reading.resting(&to.to, inner).map_or(Fact::Unknown, Fact::Known),
            ([.., one, inner], Some(to)) => self.behind(&to.to, &rest[..rest.len() - 2], one, inner),
            (_, None) => match facts.field(field) {
                Fact::Known(value) => {
                    crate::reading::walk(value, rest).map_or(Fact::Absent, |inner| Fact::Known(inner.clone()))
                }
                other => other.clone(),
            },
        }
    }

    /// A field of a record behind further references.
    fn behind(self, collection: &str, path: &[String], last: &str, field: &str) -> Fact {
        let step = |at: &str, name: &str| {
            let references = &self.reading.collection(at)?.references;
            references.iter().find(|(own, _)| own == name).map(|(_, to)| to.to.clone())
        };
        let mut at = Some(collection.to_owned());
        for name in path.iter().map(String::as_str).chain([last]) {
            at = at.and_then(|at| step(&at, name));
        }
        at.and_then(|at| self.reading.resting(&at, field)).map_or(Fact::Unknown, Fact::Known)
    }

    fn word(self, path: &[String], facts: &Facts, word: &Word) -> Option<Option<bool>> {
        let fact = self.fact(path, facts);
        if let Word::Present(wanted) = word {
            return Some(match fact {
                Fact::Known(_) => Some(*wanted),
                Fact::Absent => Some(!*wanted),
                _ => None,
            });
        }
        let Some(value) = word.value() else {
            return Some(None);
        };
        let operand = match self.operand(value) {
            Operand::Absent => return None,
            Operand::Known(value) => value,
            Operand::Expression(_) | Operand::Unknown => return Some(None),
        };
        let folds = path.len() == 1 && self.folds(&path[0]);
        let own = match fact {
            Fact::Known(own) => own,
            Fact::Absent => return Some(Some(matches!(word, Word::Not(_)))),
            _ => return Some(None),
        };
        Some(match word {
            Word::Enum(_) => {
                operand.as_array().map(|items| items.iter().any(|item| matches(&own, item, folds)))
            }
            Word::Not(_) => Some(!matches(&own, &operand, folds)),
            Word::Minimum(_) => order(&own, &operand).map(std::cmp::Ordering::is_ge),
            Word::Maximum(_) => order(&own, &operand).map(std::cmp::Ordering::is_le),
            Word::ExclusiveMinimum(_) => order(&own, &operand).map(std::cmp::Ordering::is_gt),
            Word::ExclusiveMaximum(_) => order(&own, &operand).map(std::cmp::Ordering::is_lt),
            Word::Search(_) => {
                both(&own, &operand).map(|(own, part)| own.to_lowercase().contains(&part.to_lowercase()))
            }
            Word::EqualsIgnoreCase(_) => {
                both(&own, &operand).map(|(own, other)| own.to_lowercase() == other.to_lowercase())
            }
            Word::StartsWith(_) => both(&own, &operand).map(|(own, start)| own.starts_with(start)),
            Word::Pattern(_) | Word::Present(_) => None,
        })
    }
}

fn both<'v>(one: &'v Value, other: &'v Value) -> Option<(&'v str, &'v str)> {
    Some((one.as_str()?, other.as_str()?))
}

/// Equal; over a list some member is.
fn matches(own: &Value, value: &Value, folds: bool) -> bool {
    match (own, value) {
        (Value::Array(items), value) if !value.is_array() => {
            items.iter().any(|item| matches(item, value, folds))
        }
        (Value::String(one), Value::String(other)) if folds => one.to_lowercase() == other.to_lowercase(),
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (one, other) => one == other,
    }
}

/// Numbers by value, texts in code-point order.
pub(in crate::law) fn order(one: &Value, other: &Value) -> Option<std::cmp::Ordering> {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64()?.partial_cmp(&other.as_f64()?),
        (Value::String(one), Value::String(other)) => Some(one.cmp(other)),
        _ => None,
    }
}
