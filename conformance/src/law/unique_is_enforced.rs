//! No two records share what is declared unique; a record may keep what it has.

use std::sync::Arc;

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::contract::OnDelete;

use super::lens::{
    Facts, case, creators, documented, expected, found, make_plain, missing, none_of, parameter_schema, used,
    verdict, writers,
};
use super::{Case, Law};
use crate::reading::{Does, Reading, Slot, Use};
use crate::session::{Aim, Nameable, Owned, Session, Wishes};
use crate::{Clause, Exchange, Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct UniqueIsEnforced;

const FOLDED: &str = " in another case";
const APART: &str = " shared in part";
const OWN: &str = " kept";

impl Law for UniqueIsEnforced {
    fn name(&self) -> &'static str {
        "unique_is_enforced"
    }

    fn about(&self) -> &'static str {
        "a second record with an equal unique value is refused as the document says, on creation and on change; what is equal only in part, and a record's own value, are accepted"
    }

    fn clause(&self) -> &'static str {
        "`x-collections`: `unique` and `ignore-case`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for (name, collection) in &reading.contract().collections {
            let Some(creator) = creators(reading, name).first().copied() else { continue };
            let changers =
                writers(reading, name, Does::Update).into_iter().chain(writers(reading, name, Does::Replace));
            let changers: Vec<&Use> = changers.collect();
            for (index, fields) in collection.unique.iter().enumerate() {
                let pointer = collection.pointer.child("unique").index(index);
                let words = fields.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(" and ");
                let folds = fields.len() == 1 && collection.ignore_case.contains(&fields[0]);
                let mut push = |uses: &[&Use], more: &str| {
                    let ids: Vec<&str> = uses.iter().map(|one| reading.operation(one).id.as_str()).collect();
                    let title = format!("`{}`: {words}{more}", ids[0]);
                    let says = format!("{words} unique in `{name}`");
                    let mut one = case(reading, title, says.clone(), uses, &format!("{index}{more}"));
                    one.clause = Clause::at(reading.contract(), &pointer, says);
                    cases.push(one);
                };
                if settable(reading, creator, fields) {
                    push(&[creator], "");
                    if folds {
                        push(&[creator], FOLDED);
                    }
                    if fields.len() > 1 {
                        push(&[creator], APART);
                    }
                }
                for changer in changers.iter().filter(|one| settable(reading, one, fields)) {
                    push(&[changer, creator], "");
                    push(&[changer, creator], OWN);
                }
            }
        }
        none_of(cases, "a unique field that a request decides")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let tried = used(&reading, case, 0)?;
            let creator = if case.uses.len() > 1 { used(&reading, case, 1)? } else { tried };
            let digits: String = case.detail.chars().take_while(char::is_ascii_digit).collect();
            let more = &case.detail[digits.len()..];
            let index: usize = digits.parse().unwrap_or(0);
            let Some(fields) =
                reading.collection(&creator.collection).and_then(|own| own.unique.get(index)).cloned()
            else {
                return missing("the unique fields");
            };
            let first = make_plain(session, creator).await?;
            let facts = Facts::of(&reading, &first);
            let Some(values) =
                fields.iter().map(|field| facts.known(field).cloned()).collect::<Option<Vec<_>>>()
            else {
                return missing("what the first record's unique fields are");
            };
            let words = || {
                fields
                    .iter()
                    .zip(&values)
                    .map(|(field, value)| format!("`{field}` {value}"))
                    .collect::<Vec<_>>()
                    .join(" and ")
            };
            let values = match more {
                FOLDED => match folded(&reading, tried, &fields[0], &values[0]) {
                    Some(value) => vec![value],
                    None => return missing("a value that can be written in another case"),
                },
                _ => values.clone(),
            };
            let (exchange, target) = attempt(session, tried, creator, &first, &fields, &values, more).await?;
            let accepts = more == APART || more == OWN;
            let step = reading.step(tried);
            let Some(refusal) = expected(reading.contract(), reading.operation(tried), &step.conflict) else {
                return missing(format!("a response that speaks `{}`", step.conflict));
            };
            let fail = |message: String| {
                let mut shown_by: Vec<&Exchange> = Vec::new();
                let origins: Vec<Arc<Exchange>> =
                    [first.origin(), target.as_ref().and_then(Nameable::origin)]
                        .into_iter()
                        .flatten()
                        .filter_map(|number| session.exchanges().get(number.wrapping_sub(1)).cloned())
                        .collect();
                shown_by.extend(origins.iter().map(|one| &**one));
                shown_by.push(&exchange);
                Ok(verdict(vec![found(self, &reading, case, tried.operation, message, &shown_by)]))
            };
            match (accepts, exchange.succeeded()) {
                (true, true) => Ok(Verdict::Pass),
                (true, false) if refusal.met_by(&exchange) => {
                    let what = if more == OWN {
                        "a record's own value"
                    } else {
                        "a value that is equal only in part"
                    };
                    fail(format!("{what} was refused as a conflict: {}", exchange.summary()))
                }
                (true, false) => Err(Stop::Blocked(exchange.summary())),
                (false, _) if refusal.met_by(&exchange) => Ok(Verdict::Pass),
                // An action has an outcome of its own for it.
                (false, false) if reading.is_said(tried) && documented(&reading, tried, &exchange) => {
                    Ok(Verdict::Pass)
                }
                (false, _) => fail(format!(
                    "a second record with {} must be refused with {}, but {}",
                    words(),
                    refusal.words(),
                    exchange.summary()
                )),
            }
        })
    }
}

/// Sends what must be refused (or accepted): a second creation with the first record's values, or a change of a second record
/// (of the first one, when it keeps its own).
async fn attempt(
    session: &mut Session,
    tried: &Use,
    creator: &Use,
    first: &Owned,
    fields: &[String],
    values: &[Value],
    more: &str,
) -> Result<(Arc<Exchange>, Option<Owned>), Stop> {
    let reading = session.reading();
    let mut wishes = Wishes::plain();
    // Of what is shared in part, the last field that is no parent's name differs.
    let differs = if more == APART { apart(&reading, tried, fields) } else { None };
    if more == APART && differs.is_none() {
        return missing("a field of several that can differ");
    }
    for (field, value) in fields.iter().zip(values) {
        if let Some(slot) = super::lens::slot_of(&reading, tried, field)
            && differs.as_ref() != Some(field)
            && !matches!(slot, Slot::Path(_))
        {
            wishes = wishes.with(slot, value.clone());
        }
    }
    if tried.does == Does::Create {
        let inputs = session.prepare(tried.operation, &[first], &wishes)?;
        let exchange = session.write(tried.operation, Aim::New, &inputs, Purpose::Look).await?;
        return Ok((exchange, None));
    }
    if more == OWN {
        let (_, exchange) = session.update(tried, first, &wishes).await?;
        return Ok((exchange, None));
    }
    let second = make_plain(session, creator).await?;
    let (_, exchange) = session.update(tried, &second, &wishes).await?;
    Ok((exchange, Some(second)))
}

/// Of several fields the last one that the body decides.
fn apart(reading: &Reading, tried: &Use, fields: &[String]) -> Option<String> {
    fields
        .iter()
        .rev()
        .find(|field| matches!(super::lens::slot_of(reading, tried, field), Some(Slot::Body(_))))
        .cloned()
}

/// Whether a request can put all these fields at a value, parents' names in the path included.
fn settable(reading: &Reading, one: &Use, fields: &[String]) -> bool {
    let sources: Vec<Option<Slot>> =
        fields.iter().map(|field| super::lens::slot_of(reading, one, field)).collect();
    let any = sources.iter().flatten().any(|slot| matches!(slot, Slot::Body(_)));
    let parents = |field: &String| {
        let collection = reading.collection(&one.collection);
        collection.is_some_and(|own| {
            own.references.iter().any(|(name, to)| name == field && to.on_delete != OnDelete::Clear)
        })
    };
    any && fields.iter().zip(&sources).all(|(field, source)| match one.does {
        Does::Create => source.is_some(),
        // A change leaves the parent as it is: both records have the same.
        _ => source.is_some() || parents(field),
    })
}

fn folded(reading: &Reading, tried: &Use, field: &str, value: &Value) -> Option<Value> {
    let schema = parameter_schema(reading, tried.operation, &super::lens::slot_of(reading, tried, field)?)?;
    super::lens::beyond_case(reading, schema, value)
}
