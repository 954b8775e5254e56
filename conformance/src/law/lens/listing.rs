//! Listings, walked to their end.

use std::sync::Arc;

use serde_json::Value;
use tercet_spec::contract::Verb;
use tercet_spec::language::{Page, ValueExpr};

use super::facts::Facts;
use super::vary::parameter_schema;
use crate::reading::{Reading, Slot, Use, View};
use crate::session::{Nameable, Session};
use crate::{Exchange, Inputs, Purpose, Stop};

/// A listing with more pages than this is not walked.
const PAGES: usize = 60;

/// What a listing showed.
#[derive(Clone, Debug)]
pub(in crate::law) struct Listing {
    /// The shown records, in order.
    pub records: Vec<Value>,
    /// How many each page had.
    pub pages: Vec<usize>,
    /// The exchanges, one for each page.
    pub exchanges: Vec<Arc<Exchange>>,
}

impl Listing {
    /// Where a record stands in it. `Err` when no shown member tells records apart.
    pub(in crate::law) fn places(
        &self,
        reading: &Reading,
        view: &View,
        facts: &Facts,
    ) -> Result<Vec<usize>, Stop> {
        let Some(collection) = reading.collection(&view.collection) else {
            return Err(Stop::Missing("a collection of what is listed".to_owned()));
        };
        let telling = reading.telling(&view.collection);
        let telling = telling.iter().find_map(|field| {
            let folds = collection.ignore_case.contains(field);
            Some((view.member(field)?, facts.known(field)?, folds))
        });
        let Some((member, name, folds)) = telling else {
            return Err(Stop::Missing(format!(
                "a member that tells records of `{}` apart in a list",
                view.collection
            )));
        };
        let is_it = |shown: &Value| match (shown.get(member), name) {
            (Some(Value::String(one)), Value::String(other)) if folds => {
                one.to_lowercase() == other.to_lowercase()
            }
            (Some(one), other) => one == other,
            (None, _) => false,
        };
        Ok(self.records.iter().enumerate().filter(|(_, shown)| is_it(shown)).map(|(at, _)| at).collect())
    }

    /// The last exchange.
    pub(in crate::law) fn last(&self) -> &Exchange {
        &self.exchanges[self.exchanges.len() - 1]
    }
}

/// Which parts of a request cut a listing into pages.
#[derive(Clone, Debug)]
pub(in crate::law) struct Paging {
    /// What moves on: the number of the page, or how many records are skipped.
    pub turn: Slot,
    /// Whether it counts pages (from 1), not records (from 0).
    pub numbered: bool,
    /// How many records a page has, where the request can say.
    pub size: Option<Slot>,
    /// How many it has when the request does not say, where the document does.
    pub default_size: Option<u64>,
}

/// How the pages of a listing are turned; `None` when it has none, or they cannot be turned by the request.
pub(in crate::law) fn paging(reading: &Reading, lister: &Use) -> Option<Paging> {
    let page = page_of(reading, lister)?;
    let (turn, numbered, size) = match (&page.number, &page.offset) {
        (Some(number), _) => (slot(number)?, true, &page.size),
        (None, Some(offset)) => (slot(offset)?, false, &page.limit),
        (None, None) => return None,
    };
    let size_slot = size.as_ref().and_then(slot);
    let default_size = size.as_ref().and_then(literal).or_else(|| {
        let schema = parameter_schema(reading, lister.operation, size_slot.as_ref()?)?;
        reading.contract().schema(schema).default.as_ref()?.as_u64()
    });
    Some(Paging { turn, numbered, size: size_slot, default_size })
}

/// The page of a listing's selection.
pub(in crate::law) fn page_of<'r>(reading: &'r Reading, lister: &Use) -> Option<&'r Page> {
    match reading.step(lister).verb.seen() {
        Verb::List(selection) => selection.page.as_ref(),
        _ => None,
    }
}

fn slot(value: &ValueExpr) -> Option<Slot> {
    match value {
        ValueExpr::Expression(expression) => Slot::of(expression),
        ValueExpr::First(values) => values.iter().find_map(slot),
        _ => None,
    }
}

fn literal(value: &ValueExpr) -> Option<u64> {
    match value {
        ValueExpr::Literal(value) => value.as_u64(),
        ValueExpr::First(values) => values.iter().find_map(literal),
        _ => None,
    }
}

/// Asks for a listing with these inputs, page after page until there are no more, in pages of `size` (as many as the document
/// allows, when that is `None`).
pub(in crate::law) async fn walk_list(
    session: &mut Session,
    lister: &Use,
    records: &[&dyn Nameable],
    adjust: &[(Slot, Value)],
    size: Option<u64>,
) -> Result<Listing, Stop> {
    let reading = session.reading();
    let mut wishes = crate::session::Wishes::minimal();
    for (slot, value) in adjust {
        wishes = wishes.with(slot.clone(), value.clone());
    }
    let mut inputs = {
        let named: Vec<&dyn Nameable> = records.iter().map(|one| *one as &dyn Nameable).collect();
        session.prepare(lister.operation, &named, &wishes)?
    };
    let mut listing = Listing { records: Vec::new(), pages: Vec::new(), exchanges: Vec::new() };
    let Some(paging) = paging(&reading, lister) else {
        turn(session, &reading, lister, &inputs, &mut listing).await?;
        return Ok(listing);
    };
    let wanted = match (&paging.size, size) {
        (Some(slot), Some(size)) => Some((slot.clone(), size)),
        (Some(slot), None) => largest(&reading, lister.operation, slot).map(|size| (slot.clone(), size)),
        (None, _) => None,
    };
    if let Some((slot, size)) = &wanted {
        session.put(lister.operation, &mut inputs, slot, Value::from(*size));
    }
    let length = wanted.as_ref().map(|(_, size)| *size).or(paging.default_size);
    for number in 0..PAGES {
        let at = if paging.numbered { number as u64 + 1 } else { listing.records.len() as u64 };
        session.put(lister.operation, &mut inputs, &paging.turn, Value::from(at));
        let before = listing.records.len();
        turn(session, &reading, lister, &inputs, &mut listing).await?;
        let got = (listing.records.len() - before) as u64;
        let repeats = before > 0
            && got > 0
            && listing.records[before..] == listing.records[..listing.records.len() - before];
        if got == 0 || repeats || length.is_some_and(|length| got < length) {
            return Ok(listing);
        }
    }
    Err(Stop::Blocked(format!("the listing has more than {PAGES} pages")))
}

async fn turn(
    session: &mut Session,
    reading: &Reading,
    lister: &Use,
    inputs: &Inputs,
    listing: &mut Listing,
) -> Result<(), Stop> {
    let exchange = session.ask(lister.operation, inputs, Purpose::Look).await?;
    let exchange = super::shown::succeeded(exchange)?;
    let shown: Vec<Value> = match (reading.view(lister.operation), exchange.json()) {
        (Some(view), Some(body)) => view.records(body).into_iter().cloned().collect(),
        _ => Vec::new(),
    };
    listing.pages.push(shown.len());
    listing.records.extend(shown);
    listing.exchanges.push(exchange);
    Ok(())
}

/// The largest page that the document allows, at most 100.
fn largest(reading: &Reading, operation: usize, slot: &Slot) -> Option<u64> {
    let schema = reading.contract().schema(parameter_schema(reading, operation, slot)?);
    let most = schema.range.1.as_ref().and_then(serde_json::Number::as_u64);
    most.map(|most| most.min(100))
}
