//! A derived value is what the document derives it from.

use futures::future::BoxFuture;
use tercet_spec::language::{Selection, ValueExpr};

use super::lens::{
    Derived, Shown, brief, case, creators, derivable, derive, found, is_list, make, missing, none_of, read,
    readers, same, shown_in, used, verdict,
};
use super::{Case, Law};
use crate::reading::{Reading, Use, View};
use crate::session::{Owned, Session, Wishes};
use crate::{Clause, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct DerivedValuesAgree;

impl Law for DerivedValuesAgree {
    fn name(&self) -> &'static str {
        "derived_values_agree"
    }

    fn about(&self) -> &'static str {
        "a derived value is what the record's other fields, the record it refers to, or a listing say it must be"
    }

    fn clause(&self) -> &'static str {
        "`x-value` of a member of a record"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let contract = reading.contract();
        let mut cases = Vec::new();
        for collection in contract.collections.keys() {
            let Some(creator) = creators(reading, collection).first().copied() else { continue };
            for reader in readers(reading, collection) {
                let Some(view) = reading.view(reader.operation) else { continue };
                for member in derived(reading, view) {
                    let title = format!("`{member}` in `{}`", reading.operation(reader).id);
                    let says = format!("where `{member}` comes from");
                    let mut one = case(reading, title, says.clone(), &[reader, creator], member);
                    if let Some(id) = contract.schema(view.schema).properties.get(member) {
                        let pointer = contract.schema(*id).pointer.child("x-value");
                        one.clause = Clause::at(contract, &pointer, says);
                    }
                    cases.push(one);
                }
            }
        }
        none_of(cases, "a derived value of which everything that it comes from is shown")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let contract = reading.contract();
            let (reader, creator) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let Some(view) = reading.view(reader.operation) else {
                return missing("an answer that shows the record");
            };
            let Some(id) = contract.schema(view.schema).properties.get(&case.detail).copied() else {
                return missing("the derived member");
            };
            let Some(value) = contract.schema(id).value.clone() else {
                return missing("what it is derived from");
            };
            // What belongs to another record must be there to be left out.
            if looks_elsewhere(&value) {
                let other = make(session, creator).await?;
                populate(session, &reading, &value, &other).await?;
            }
            let record = make(session, creator).await?;
            populate(session, &reading, &value, &record).await?;
            let answer = read(session, reader, &record).await?;
            let Some(shown) = shown_in(&reading, reader.operation, &answer) else {
                return Err(Stop::Blocked(format!("the record cannot be read: {}", answer.summary())));
            };
            let many = is_list(&reading, view, &case.detail);
            let seen = shown.get(&case.detail);
            let due = match derive(session, &record, Shown { view, value: shown }, &value, many).await? {
                Derived::Unknown => return missing("a way to see everything that it comes from"),
                Derived::Known(due) if seen.is_some_and(|seen| same(contract, Some(id), &due, seen)) => None,
                Derived::Absent if seen.is_none_or(serde_json::Value::is_null) => None,
                Derived::Known(due) => Some(brief(Some(&due))),
                Derived::Absent => Some("absent".to_owned()),
            };
            let Some(due) = due else { return Ok(Verdict::Pass) };
            let message = format!("`{}` must be {due} and is {}", case.detail, brief(seen));
            let shown_by = [answer.as_ref()];
            Ok(verdict(vec![found(self, &reading, case, reader.operation, message, &shown_by)]))
        })
    }
}

/// The members of a shown record that are derived from what can be seen.
fn derived<'v>(reading: &'v Reading, view: &'v View) -> Vec<&'v str> {
    let contract = reading.contract();
    let is_derived = |id: &tercet_spec::contract::SchemaId| {
        let schema = contract.schema(*id);
        schema.when.is_none() && schema.value.as_ref().is_some_and(|value| derivable(reading, view, value))
    };
    let all = contract.schema(view.schema).properties.iter();
    let plain = |member: &str| view.members.contains_key(member);
    all.filter(|(member, id)| !plain(member) && is_derived(id)).map(|(member, _)| member.as_str()).collect()
}

/// Whether a value looks into a collection.
fn looks_elsewhere(value: &ValueExpr) -> bool {
    let mut found = false;
    value.selections(&mut |_| found = true);
    found
}

/// Makes something to count and to gather: a record of each collection that the value looks into, below the record. What
/// cannot be made is not needed.
async fn populate(
    session: &mut Session,
    reading: &Reading,
    value: &ValueExpr,
    record: &Owned,
) -> Result<(), Stop> {
    let mut collections: Vec<String> = Vec::new();
    value.selections(&mut |selection: &Selection| {
        collections.extend(selection.collection().map(str::to_owned));
    });
    for collection in collections {
        let Some(creator) = creators(reading, &collection).first().map(|one: &&Use| (*one).clone()) else {
            continue;
        };
        match session.create_below(&creator, &[record], &Wishes::plain()).await {
            Ok(_) | Err(Stop::Blocked(_)) => {}
            Err(stop) => return Err(stop),
        }
    }
    Ok(())
}
