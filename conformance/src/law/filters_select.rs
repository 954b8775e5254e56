//! A filter selects what passes its test, all of it and nothing else.

use futures::future::BoxFuture;
use serde_json::Value;

use super::lens::{
    Facts, Filter, another, case, creators, filters, found, listers, make_plain, missing, none_of,
    parameter_schema, property, seen, selects, used, verdict, walk_list,
};
use super::{Case, Law};
use crate::reading::{Reading, Slot, Use};
use crate::session::{Nameable, Owned, Session, Wishes};
use crate::{Inputs, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct FiltersSelect;

impl Law for FiltersSelect {
    fn name(&self) -> &'static str {
        "filters_select"
    }

    fn about(&self) -> &'static str {
        "a listing shows every record of the run that passes its tests, and none that does not"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: the `where` of a `list`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            let Some(creator) = creators(reading, collection).first().copied() else { continue };
            for lister in listers(reading, collection) {
                // Bounds have a law of their own.
                for filter in filters(reading, lister).into_iter().filter(|one| !one.is_bound()) {
                    if super::lens::slot_of(reading, creator, &filter.field).is_none() {
                        continue;
                    }
                    let by = filter.slot.as_ref().map_or_else(|| "always".to_owned(), ToString::to_string);
                    let title = format!("`{}`: `{}` ({by})", reading.operation(lister).id, filter.field);
                    let says = format!("tests `{}` ({})", filter.field, filter.word);
                    cases.push(case(reading, title, says, &[lister, creator], &filter.name()));
                }
            }
        }
        none_of(cases, "a listing with a test on a field that a creation decides")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (lister, creator) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let Some(filter) = filters(&reading, lister).into_iter().find(|one| one.name() == case.detail)
            else {
                return missing("the test");
            };
            let (records, others) = different(session, creator, &filter).await?;
            let all: Vec<Owned> = records.into_iter().chain(others).collect();
            let wanted = match &filter.fixed {
                Some(_) => Vec::new(),
                None => wanted(&reading, lister, &filter, &Facts::of(&reading, &all[0])),
            };
            let tries: Vec<Vec<(Slot, Value)>> = match &filter.slot {
                Some(slot) => wanted.into_iter().map(|value| vec![(slot.clone(), value)]).collect(),
                None => vec![Vec::new()],
            };
            if tries.is_empty() {
                return missing("a value that the filter takes");
            }
            let mut findings = Vec::new();
            for adjust in tries {
                findings.extend(self.judge(session, case, lister, &all, &adjust).await?);
            }
            Ok(verdict(findings))
        })
    }
}

impl FiltersSelect {
    async fn judge(
        &self,
        session: &mut Session,
        case: &Case,
        lister: &Use,
        records: &[Owned],
        adjust: &[(Slot, Value)],
    ) -> Result<Option<crate::Finding>, Stop> {
        let reading = session.reading();
        let Some(view) = reading.view(lister.operation) else {
            return missing("an answer that shows records");
        };
        let wishes = adjust
            .iter()
            .fold(Wishes::minimal(), |wishes, (slot, value)| wishes.with(slot.clone(), value.clone()));
        let inputs: Inputs = session.prepare(lister.operation, &[&records[0]], &wishes)?;
        let listing = walk_list(session, lister, &[&records[0] as &dyn Nameable], adjust, None).await?;
        let asked = adjust.iter().map(|(slot, value)| format!(" with {slot} {value}")).collect::<String>();
        let mut told = false;
        let mut wrong = Vec::new();
        for record in records {
            let facts = Facts::of(&reading, record);
            let Some(due) = selects(&reading, lister, &inputs, &facts) else { continue };
            told = true;
            let is_there = !listing.places(&reading, view, &facts)?.is_empty();
            let own = facts.known(case.detail.split(' ').next().unwrap_or_default());
            let own = own.map_or_else(|| "nothing".to_owned(), ToString::to_string);
            match (due, is_there) {
                (true, false) => {
                    seen(session, record).await?;
                    wrong.push(format!("a record that has {own} is not listed{asked}"));
                }
                (false, true) => wrong.push(format!("a record that has {own} is listed{asked}")),
                _ => {}
            }
        }
        if !told {
            return missing("a test that records of the run are known to pass or fail");
        }
        Ok((!wrong.is_empty())
            .then(|| found(self, &reading, case, lister.operation, wrong.join("; "), &[listing.last()])))
    }
}

/// Two records that differ in the filter's field.
async fn different(
    session: &mut Session,
    creator: &Use,
    filter: &Filter,
) -> Result<(Option<Owned>, Vec<Owned>), Stop> {
    let reading = session.reading();
    let Some(slot) = super::lens::slot_of(&reading, creator, &filter.field) else {
        return missing("a part of the request that decides the field");
    };
    let schema = parameter_schema(&reading, creator.operation, &slot)
        .or_else(|| property(&reading, &creator.collection, &filter.field));
    let Some(schema) = schema else {
        return missing("the schema of the field");
    };
    let first = match filter.fixed.clone().or_else(|| another(session, schema, &[])) {
        Some(value) if !matches!(slot, Slot::Path(_)) => {
            session.create(creator, &Wishes::plain().with(slot.clone(), value)).await?
        }
        _ => make_plain(session, creator).await?,
    };
    let own = Facts::of(&reading, &first).known(&filter.field).cloned();
    let Some(other) = another(session, schema, &own.iter().collect::<Vec<_>>()) else {
        return missing(format!("a second value that `{}` may have", filter.field));
    };
    let second = session.create(creator, &Wishes::plain().with(slot, other)).await?;
    Ok((Some(first), vec![second]))
}

/// What to ask the filter for, so that a record that has these facts passes.
fn wanted(reading: &Reading, lister: &Use, filter: &Filter, facts: &Facts) -> Vec<Value> {
    let (Some(own), Some(slot)) = (facts.known(&filter.field).cloned(), &filter.slot) else {
        return Vec::new();
    };
    let mut values = Vec::new();
    match (&own, filter.word) {
        (Value::String(text), "search") => {
            let part: String = text.chars().skip(1).collect();
            values.push(Value::String(part.to_uppercase()));
        }
        (_, "enum") => {
            let list = parameter_schema(reading, lister.operation, slot).is_some_and(|id| {
                reading.contract().schema(id).allows(tercet_spec::contract::Type::Array)
                    && reading.contract().schema(id).items.is_some()
            });
            values.push(if list && !own.is_array() { Value::Array(vec![own]) } else { own });
        }
        (Value::String(text), "equalsIgnoreCase") => {
            values.push(Value::String(text.to_uppercase()));
            values.push(Value::String(text.to_lowercase()));
        }
        (_, _) => values.push(own),
    }
    let schema = parameter_schema(reading, lister.operation, slot);
    values.retain(|value| {
        schema.is_none_or(|id| {
            reading.contract().validators.is_valid(id, tercet_spec::contract::Flavour::Request, value)
        })
    });
    values
}
