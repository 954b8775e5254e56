//! A bound in a filter lets through what lies on the right side of it, to the last step.

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::contract::Flavour;

use super::lens::{
    Facts, Filter, brief, case, creators, filters, found, listers, missing, none_of, parameter_schema,
    selects, slot_of, used, verdict, walk_list,
};
use super::{Case, Law};
use crate::reading::{Reading, Slot, Use};
use crate::session::{Nameable, Owned, Session, Wishes};
use crate::{Finding, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct BoundsAreExact;

impl Law for BoundsAreExact {
    fn name(&self) -> &'static str {
        "bounds_are_exact"
    }

    fn about(&self) -> &'static str {
        "a bound in a filter includes or excludes its own value as said, and tells its two neighbours apart"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: `minimum`, `maximum` and their exclusive kin in the `where` of a `list`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            let Some(creator) = creators(reading, collection).first().copied() else { continue };
            for lister in listers(reading, collection) {
                for filter in filters(reading, lister).into_iter().filter(Filter::is_bound) {
                    if slot_of(reading, creator, &filter.field).is_none() {
                        continue;
                    }
                    let title =
                        format!("`{}`: `{}` ({})", reading.operation(lister).id, filter.field, filter.word);
                    let says = format!("bounds `{}` by `{}`", filter.field, filter.word);
                    cases.push(case(reading, title, says, &[lister, creator], &filter.name()));
                }
            }
        }
        none_of(cases, "a listing with a bound on a number that a creation decides")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (lister, creator) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let Some(filter) = filters(&reading, lister).into_iter().find(|one| one.name() == case.detail)
            else {
                return missing("the bound");
            };
            let Some(source) = slot_of(&reading, creator, &filter.field) else {
                return missing("a part of the request that decides the field");
            };
            let mut findings = Vec::new();
            if let Some(slot) = &filter.slot {
                let record = middling(session, creator, &source).await?;
                let Some(own) = number(&reading, &record, &filter) else {
                    return missing("a number that is compared");
                };
                for bound in around(own, |value| allowed(&reading, lister, slot, value)) {
                    let adjust = [(slot.clone(), bound)];
                    findings.extend(self.judge(session, case, lister, &filter, &record, &adjust).await?);
                }
            } else {
                let Some(bound) = filter.fixed.as_ref().and_then(Value::as_i64) else {
                    return missing("a number that is compared");
                };
                for own in around(bound, |value| allowed(&reading, creator, &source, value)) {
                    let record = session.create(creator, &Wishes::plain().with(source.clone(), own)).await?;
                    findings.extend(self.judge(session, case, lister, &filter, &record, &[]).await?);
                }
            }
            // One is enough to see it.
            findings.truncate(1);
            Ok(verdict(findings))
        })
    }
}

impl BoundsAreExact {
    async fn judge(
        &self,
        session: &mut Session,
        case: &Case,
        lister: &Use,
        filter: &Filter,
        record: &Owned,
        adjust: &[(Slot, Value)],
    ) -> Result<Option<Finding>, Stop> {
        let reading = session.reading();
        let Some(view) = reading.view(lister.operation) else {
            return missing("an answer that shows records");
        };
        let wishes = adjust
            .iter()
            .fold(Wishes::minimal(), |wishes, (slot, value)| wishes.with(slot.clone(), value.clone()));
        let inputs = session.prepare(lister.operation, &[record], &wishes)?;
        let facts = Facts::of(&reading, record);
        let Some(due) = selects(&reading, lister, &inputs, &facts) else {
            return missing("a test that a record of the run is known to pass or fail");
        };
        let listing = walk_list(session, lister, &[record as &dyn Nameable], adjust, None).await?;
        let is_there = !listing.places(&reading, view, &facts)?.is_empty();
        if due == is_there {
            return Ok(None);
        }
        let bound = adjust.first().map(|(_, value)| value).or(filter.fixed.as_ref());
        let message = format!(
            "a record whose `{}` is {} {} where `{}` is {}",
            filter.field,
            brief(facts.known(&filter.field)),
            if due { "is not listed" } else { "is listed" },
            filter.word,
            brief(bound),
        );
        Ok(Some(found(self, &reading, case, lister.operation, message, &[listing.last()])))
    }
}

/// A record whose number has neighbours on both sides, where the schema has room for that.
async fn middling(session: &mut Session, creator: &Use, source: &Slot) -> Result<Owned, Stop> {
    let reading = session.reading();
    let middle = parameter_schema(&reading, creator.operation, source).and_then(|id| {
        let (least, most) = &reading.contract().schema(id).range;
        let (least, most) = (least.as_ref()?.as_i64()?, most.as_ref()?.as_i64()?);
        Some(Value::from(least + (most - least) / 2))
    });
    let wishes = match middle.filter(|value| allowed(&reading, creator, source, value)) {
        Some(middle) => Wishes::plain().with(source.clone(), middle),
        None => Wishes::full(),
    };
    session.create(creator, &wishes).await
}

fn number(reading: &Reading, record: &Owned, filter: &Filter) -> Option<i64> {
    Facts::of(reading, record).known(&filter.field)?.as_i64()
}

/// A number and its neighbours, as far as they are allowed.
fn around(middle: i64, allowed: impl Fn(&Value) -> bool) -> Vec<Value> {
    let all = [middle.checked_sub(1), Some(middle), middle.checked_add(1)];
    all.into_iter().flatten().map(Value::from).filter(allowed).collect()
}

/// Whether the document allows a value in a part of the request.
fn allowed(reading: &Reading, one: &Use, slot: &Slot, value: &Value) -> bool {
    parameter_schema(reading, one.operation, slot)
        .is_some_and(|id| reading.contract().validators.is_valid(id, Flavour::Request, value))
}
