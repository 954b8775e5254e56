//! A creation for each element of a list makes as many records as the list is long.

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::contract::{Flavour, Verb};
use tercet_spec::language::{Source, ValueExpr};

use super::lens::{
    another, brief, case, found, listers, missing, none_of, parameter_schema, used, verdict, walk_list,
};
use super::{Case, Law};
use crate::reading::{Does, Reading, Slot, Use};
use crate::session::{Nameable, Owned, Session, Wishes};
use crate::{Stop, Verdict};

/// See [`Law::about`].
pub(super) struct EachMakesOne;

impl Law for EachMakesOne {
    fn name(&self) -> &'static str {
        "each_makes_one"
    }

    fn about(&self) -> &'static str {
        "a creation for each element of a list makes one record for every element, and none for an empty list"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: `create` with `each`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for one in reading.uses().iter().filter(|one| list_of(reading, one).is_some()) {
            // What is made goes with what it belongs to: made alone, it could not be found again to be removed.
            let Some(owner) = owner(reading, one) else { continue };
            for lister in listers(reading, &one.collection).into_iter().filter(|lister| below(lister, owner))
            {
                let (by, seen) = (&reading.operation(one).id, &reading.operation(lister).id);
                let title = format!("`{by}`, then `{seen}`");
                let says = format!("one of `{}` for every element", one.collection);
                cases.push(case(reading, title, says, &[one, owner, lister], ""));
            }
        }
        none_of(cases, "a `create` with `each` beside that of what its records belong to, and a list of them")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (one, owner, lister) =
                (used(&reading, case, 0)?, used(&reading, case, 1)?, used(&reading, case, 2)?);
            let Some(slot) = list_of(&reading, one) else {
                return missing("a part of the body that is the list");
            };
            let mut findings = Vec::new();
            for length in [3, 0] {
                let Some(list) = elements(session, &reading, one, &slot, length) else { continue };
                let wishes = Wishes::plain().with(slot.clone(), Value::Array(list.clone()));
                let record: Owned = session.create(owner, &wishes).await?;
                let listing = walk_list(session, lister, &[&record as &dyn Nameable], &[], None).await?;
                let wrong = match member(&reading, one, lister) {
                    _ if listing.records.len() != list.len() => {
                        Some(format!("{} records", listing.records.len()))
                    }
                    Some(member) => {
                        let seen = listing.records.iter().map(|shown| shown.get(&member).cloned());
                        let seen: Vec<Value> = seen.map(Option::unwrap_or_default).collect();
                        (!same_elements(&seen, &list))
                            .then(|| format!("records of {}", brief(Some(&Value::Array(seen)))))
                    }
                    None => None,
                };
                if let Some(wrong) = wrong {
                    let message =
                        format!("{slot} was {}: there are {wrong}", brief(Some(&Value::Array(list))));
                    findings.push(found(self, &reading, case, one.operation, message, &[listing.last()]));
                }
            }
            findings.truncate(1);
            Ok(verdict(findings))
        })
    }
}

/// The part of the body whose elements a step makes records of.
fn list_of(reading: &Reading, one: &Use) -> Option<Slot> {
    let step = reading.step(one);
    match (step.verb.seen(), &step.when) {
        (Verb::Create { each: Some(ValueExpr::Expression(each)), .. }, None) => {
            Slot::of(each).filter(|slot| matches!(slot, Slot::Body(path) if !path.is_empty()))
        }
        _ => None,
    }
}

/// The step of the same operation that makes one record of its own.
fn owner<'r>(reading: &'r Reading, one: &Use) -> Option<&'r Use> {
    reading
        .uses()
        .iter()
        .find(|other| other.operation == one.operation && other.does == Does::Create && !other.conditional)
}

/// Whether a listing shows what belongs to a record of the owner's collection.
fn below(lister: &Use, owner: &Use) -> bool {
    lister.names.iter().any(|naming| naming.collection == owner.collection && naming.through.is_some())
}

/// As many different elements as that; `None` where the document does not allow so many or so few.
fn elements(
    session: &mut Session,
    reading: &Reading,
    one: &Use,
    slot: &Slot,
    length: usize,
) -> Option<Vec<Value>> {
    let schema = parameter_schema(reading, one.operation, slot)?;
    let items = reading.contract().schema(schema).items?;
    let mut list: Vec<Value> = Vec::new();
    while list.len() < length {
        let next = another(session, items, &list.iter().collect::<Vec<_>>())?;
        list.push(next);
    }
    reading
        .contract()
        .validators
        .is_valid(schema, Flavour::Request, &Value::Array(list.clone()))
        .then_some(list)
}

/// The member that shows the element itself (`set: { number: $item }`).
fn member(reading: &Reading, one: &Use, lister: &Use) -> Option<String> {
    let Verb::Create { set: Some(ValueExpr::Object(set)), .. } = reading.step(one).verb.seen() else {
        return None;
    };
    let is_item = |value: &ValueExpr| matches!(value, ValueExpr::Expression(own) if own.source == Source::Item && own.path.is_empty());
    let (field, _) = set.iter().find(|(_, value)| is_item(value))?;
    reading.view(lister.operation)?.member(field).map(str::to_owned)
}

fn same_elements(a: &[Value], b: &[Value]) -> bool {
    a.len() == b.len() && a.iter().all(|one| b.contains(one)) && b.iter().all(|one| a.contains(one))
}
