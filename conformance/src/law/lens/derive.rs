//! What a derived value must be, worked out from what other requests show.

use futures::future::BoxFuture;
use serde_json::{Map, Value};
use tercet_spec::contract::Type;
use tercet_spec::language::{
    Clause, Expression, Predicate, Selection, Source, Subject, Test, TextPart, ValueExpr, Word,
};

use super::facts::Facts;
use super::holds::{Scope, holds};
use super::listing::walk_list;
use super::shown::{read, shown_in};
use super::ways::{listers, readers};
use crate::Inputs;
use crate::Stop;
use crate::reading::{Predicted, Reading, Use, View, evaluate};
use crate::session::{Nameable, Owned, Session, Wishes};

/// A derived value.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::law) enum Derived {
    /// It must be this.
    Known(Value),
    /// It must be null or absent.
    Absent,
    /// What is shown does not decide it.
    Unknown,
}

/// A shown record, and how it is shown.
#[derive(Clone, Copy)]
pub(in crate::law) struct Shown<'s> {
    pub(in crate::law) view: &'s View,
    pub(in crate::law) value: &'s Value,
}

/// Whether what the document's other operations show may decide a value on records of `view`.
pub(in crate::law) fn derivable(reading: &Reading, view: &View, value: &ValueExpr) -> bool {
    let one = |value: &ValueExpr| derivable(reading, view, value);
    match value {
        ValueExpr::Literal(_) => false,
        ValueExpr::Expression(expression) => match (&expression.source, expression.path.as_slice()) {
            (Source::Record, [field]) => view.member(field).is_some(),
            (Source::Record, [field, inner]) => {
                view.member(field).is_some()
                    && referred(reading, view, field).is_some_and(|to| {
                        let shows = |one: &&Use| {
                            reading.view(one.operation).is_some_and(|other| other.member(inner).is_some())
                        };
                        readers(reading, to).iter().any(shows)
                    })
            }
            _ => false,
        },
        ValueExpr::Text(parts) => {
            let mut expressions = parts.iter().filter_map(|part| match part {
                TextPart::Expression(expression) => Some(ValueExpr::Expression(expression.clone())),
                TextPart::Literal(_) => None,
            });
            expressions.all(|expression| one(&expression))
        }
        ValueExpr::First(values) => values.iter().all(|value| value.constant().is_some() || one(value)),
        ValueExpr::Object(members) => members.iter().all(|(_, value)| one(value)),
        ValueExpr::Count(selection) => can_be_listed(reading, selection),
        ValueExpr::Select(selection, pick) => {
            can_be_listed(reading, selection)
                && pick.as_ref().is_some_and(
                    |pick| matches!(pick.as_ref(), ValueExpr::Expression(own) if own.source == Source::Item),
                )
        }
        ValueExpr::Split(_)
        | ValueExpr::Concat(_)
        | ValueExpr::PercentEncode(_)
        | ValueExpr::Checksum(..)
        | ValueExpr::Epoch(..)
        | ValueExpr::HttpDate(_)
        | ValueExpr::After(..)
        | ValueExpr::List(_) => false,
    }
}

fn can_be_listed(reading: &Reading, selection: &Selection) -> bool {
    let plain = selection.sort.is_empty() && selection.page.is_none();
    plain && selection.collection().is_some_and(|collection| !listers(reading, collection).is_empty())
}

fn referred<'r>(reading: &'r Reading, view: &View, field: &str) -> Option<&'r str> {
    let own = reading.collection(&view.collection)?;
    let (_, to) = own.references.iter().find(|(name, to)| name == field && !to.many)?;
    Some(to.to.as_str())
}

/// What a value must be on a shown record of the run.
pub(in crate::law) fn derive<'a>(
    session: &'a mut Session,
    record: &'a Owned,
    shown: Shown<'a>,
    value: &'a ValueExpr,
    many: bool,
) -> BoxFuture<'a, Result<Derived, Stop>> {
    Box::pin(async move {
        Ok(match value {
            ValueExpr::Literal(value) => Derived::Known(value.clone()),
            ValueExpr::Expression(expression) => of_expression(session, shown, expression).await?,
            ValueExpr::Text(parts) => of_text(session, shown, parts).await?,
            ValueExpr::First(values) => {
                for value in values {
                    match derive(session, record, shown, value, many).await? {
                        Derived::Absent => {}
                        other => return Ok(other),
                    }
                }
                Derived::Absent
            }
            ValueExpr::Object(members) => {
                let mut object = Map::new();
                for (name, value) in members {
                    match derive(session, record, shown, value, many).await? {
                        Derived::Known(value) => drop(object.insert(name.clone(), value)),
                        Derived::Absent => {}
                        Derived::Unknown => return Ok(Derived::Unknown),
                    }
                }
                Derived::Known(Value::Object(object))
            }
            ValueExpr::Count(selection) => match selected(session, record, shown, selection).await? {
                Some((_, records)) => Derived::Known(Value::from(records.len())),
                None => Derived::Unknown,
            },
            ValueExpr::Select(selection, Some(pick)) => {
                let Some((lister, records)) = selected(session, record, shown, selection).await? else {
                    return Ok(Derived::Unknown);
                };
                picked(&session.reading(), &lister, &records, pick, many)
            }
            ValueExpr::Select(_, None)
            | ValueExpr::Split(_)
            | ValueExpr::Concat(_)
            | ValueExpr::PercentEncode(_)
            | ValueExpr::Checksum(..)
            | ValueExpr::Epoch(..)
            | ValueExpr::HttpDate(_)
            | ValueExpr::After(..)
            | ValueExpr::List(_) => Derived::Unknown,
        })
    })
}

async fn of_expression(
    session: &mut Session,
    shown: Shown<'_>,
    expression: &Expression,
) -> Result<Derived, Stop> {
    let reading = session.reading();
    let (Source::Record, [field, rest @ ..]) = (&expression.source, expression.path.as_slice()) else {
        return Ok(Derived::Unknown);
    };
    let Some(own) = shown.view.member(field).map(|member| shown.value.get(member)) else {
        return Ok(Derived::Unknown);
    };
    let Some(own) = own.filter(|value| !value.is_null()) else {
        return Ok(Derived::Absent);
    };
    let [inner] = rest else {
        return Ok(if rest.is_empty() { Derived::Known(own.clone()) } else { Derived::Unknown });
    };
    let Some(to) = referred(&reading, shown.view, field) else {
        return Ok(Derived::Unknown);
    };
    let key = reading.collection(to).map(|one| one.key.clone()).unwrap_or_default();
    let other = Named { collection: to.to_owned(), key, value: own.clone() };
    for reader in readers(&reading, to) {
        let Some(view) = reading.view(reader.operation) else { continue };
        let Some(member) = view.member(inner) else { continue };
        let answer = read(session, reader, &other).await?;
        let Some(seen) = shown_in(&reading, reader.operation, &answer) else {
            return Ok(Derived::Unknown);
        };
        let value = seen.get(member).filter(|value| !value.is_null());
        return Ok(value.map_or(Derived::Absent, |value| Derived::Known(value.clone())));
    }
    Ok(Derived::Unknown)
}

async fn of_text(session: &mut Session, shown: Shown<'_>, parts: &[TextPart]) -> Result<Derived, Stop> {
    let mut text = String::new();
    for part in parts {
        match part {
            TextPart::Literal(literal) => text.push_str(literal),
            TextPart::Expression(expression) => match of_expression(session, shown, expression).await? {
                Derived::Known(Value::String(own)) => text.push_str(&own),
                Derived::Known(Value::Array(_) | Value::Object(_)) => return Ok(Derived::Unknown),
                Derived::Known(other) => text.push_str(&other.to_string()),
                // How a text reads in which something is missing is not for us to say.
                Derived::Absent | Derived::Unknown => return Ok(Derived::Unknown),
            },
        }
    }
    Ok(Derived::Known(Value::String(text)))
}

fn picked(reading: &Reading, lister: &Use, records: &[Value], pick: &ValueExpr, many: bool) -> Derived {
    let (ValueExpr::Expression(pick), Some(view)) = (pick, reading.view(lister.operation)) else {
        return Derived::Unknown;
    };
    let (Source::Item, [field]) = (&pick.source, pick.path.as_slice()) else {
        return Derived::Unknown;
    };
    let Some(member) = view.member(field) else {
        return Derived::Unknown;
    };
    let mut values = records.iter().filter_map(|one| one.get(member).cloned()).filter(|one| !one.is_null());
    if many {
        return Derived::Known(Value::Array(values.collect()));
    }
    values.next().map_or(Derived::Absent, Derived::Known)
}

/// The records that a selection on a shown record has, as a listing shows them, in its order; `None` where no listing is sure
/// to show them all.
async fn selected(
    session: &mut Session,
    record: &Owned,
    shown: Shown<'_>,
    selection: &Selection,
) -> Result<Option<(Use, Vec<Value>)>, Stop> {
    let reading = session.reading();
    let (Some(collection), Some(filter)) = (selection.collection(), bound(shown, &selection.filter)) else {
        return Ok(None);
    };
    for lister in listers(&reading, collection).into_iter().filter(|one| !reading.is_said(one)) {
        let inputs = session.prepare(lister.operation, &[record], &Wishes::minimal())?;
        let (Some(own), Some(view)) =
            (reading.step(lister).verb.seen().selection(), reading.view(lister.operation))
        else {
            continue;
        };
        if !own.sort.is_empty() || !own.filter.clauses.iter().all(|one| is_covered(one, &filter, &inputs)) {
            continue;
        }
        let listing = walk_list(session, lister, &[record as &dyn Nameable], &[], None).await?;
        let empty = Inputs::default();
        let scope = Scope { reading: &reading, operation: lister.operation, collection, inputs: &empty };
        let mut records = Vec::new();
        for one in listing.records {
            match holds(scope, &filter, &Facts::shown(&view.members, &one)) {
                Some(true) => records.push(one),
                Some(false) => {}
                None => return Ok(None),
            }
        }
        return Ok(Some((lister.clone(), records)));
    }
    Ok(None)
}

/// A predicate with the values of the shown record in place of `$record`; `None` where it asks for anything else.
fn bound(shown: Shown<'_>, predicate: &Predicate) -> Option<Predicate> {
    let mut clauses = Vec::new();
    for clause in &predicate.clauses {
        let Clause::Test(Subject::Field(path), test) = clause else {
            return None;
        };
        let test = match test {
            Test::Equal(value) => Test::Equal(literal(shown, value)?),
            Test::Words(words) => Test::Words(
                words
                    .iter()
                    .map(|word| matches!(word, Word::Present(_)).then(|| word.clone()))
                    .collect::<Option<_>>()?,
            ),
        };
        clauses.push(Clause::Test(Subject::Field(path.clone()), test));
    }
    Some(Predicate { clauses })
}

fn literal(shown: Shown<'_>, value: &ValueExpr) -> Option<ValueExpr> {
    match value {
        ValueExpr::Literal(value) => Some(ValueExpr::Literal(value.clone())),
        ValueExpr::Expression(expression) => match (&expression.source, expression.path.as_slice()) {
            (Source::Record, [field]) => {
                let own = shown.value.get(shown.view.member(field)?)?;
                (!own.is_null()).then(|| ValueExpr::Literal(own.clone()))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether a listing's test leaves in all that the selection wants: it drops out, or the selection has it, too.
fn is_covered(clause: &Clause, wanted: &Predicate, inputs: &Inputs) -> bool {
    let drops = |value: &ValueExpr| match value {
        ValueExpr::Split(parts) => parts.iter().all(|one| evaluate(one, inputs) == Predicted::Absent),
        other => evaluate(other, inputs) == Predicted::Absent,
    };
    match clause {
        Clause::Test(Subject::Field(path), Test::Equal(value)) => {
            drops(value) || match evaluate(value, inputs) {
                Predicted::Known(value) => wanted.clauses.iter().any(|own| {
                    matches!(own, Clause::Test(Subject::Field(other), Test::Equal(ValueExpr::Literal(same)))
                            if other == path && *same == value)
                }),
                _ => false,
            }
        }
        Clause::Test(Subject::Field(_), Test::Words(words)) => {
            words.iter().all(|word| word.value().is_some_and(drops))
        }
        _ => false,
    }
}

/// A record of which nothing but its key is known.
struct Named {
    collection: String,
    key: String,
    value: Value,
}

impl Nameable for Named {
    fn collection(&self) -> &str {
        &self.collection
    }
    fn name(&self, field: &str) -> Option<&Value> {
        (field == self.key).then_some(&self.value)
    }
    fn origin(&self) -> Option<usize> {
        None
    }
}

/// Whether a member of a shown record is a list.
pub(in crate::law) fn is_list(reading: &Reading, view: &View, member: &str) -> bool {
    let own = reading.contract().schema(view.schema).properties.get(member);
    own.is_some_and(|id| reading.contract().schema(*id).allows(Type::Array))
}
