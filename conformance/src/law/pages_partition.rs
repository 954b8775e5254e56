//! Pages cut a listing so that every record is on exactly one of them.

use futures::future::BoxFuture;
use serde_json::Value;

use super::lens::{
    Facts, case, creators, found, listers, make_fitting, missing, none_of, paging, seen, selects, used,
    verdict, walk_list,
};
use super::{Case, Law};
use crate::reading::Reading;
use crate::session::{Nameable, Session, Wishes};
use crate::{Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct PagesPartition;

impl Law for PagesPartition {
    fn name(&self) -> &'static str {
        "pages_partition"
    }

    fn about(&self) -> &'static str {
        "walking the pages of a listing shows every record exactly once, no page is longer than asked for, and the first page is the one that comes without asking"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: the `page` of a `list`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            let Some(creator) = creators(reading, collection).first().copied() else { continue };
            for lister in listers(reading, collection) {
                if paging(reading, lister).is_some() {
                    let title = format!("`{}` in pages", reading.operation(lister).id);
                    cases.push(case(reading, title, "lists in pages".to_owned(), &[lister, creator], ""));
                }
            }
        }
        none_of(cases, "a listing in pages of what another operation creates")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (lister, creator) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let (Some(view), Some(turning)) = (reading.view(lister.operation), paging(&reading, lister))
            else {
                return missing("pages");
            };
            let mut records = Vec::new();
            for _ in 0..3 {
                records.push(make_fitting(session, creator, lister).await?);
            }
            let inputs = session.prepare(lister.operation, &[&records[0]], &Wishes::minimal())?;
            let named = [&records[0] as &dyn Nameable];
            let whole = walk_list(session, lister, &named, &[], None).await?;
            // Pages so small that the records stand on several, but no more of them than are worth walking.
            let size = (whole.records.len() as u64).div_ceil(12).max(2);
            let asked = turning.size.is_some().then_some(size);
            let listing = walk_list(session, lister, &named, &[], asked).await?;
            let fail = |message: String, exchange: &crate::Exchange| {
                Ok(verdict(vec![found(self, &reading, case, lister.operation, message, &[exchange])]))
            };
            let limit = asked.or(turning.default_size);
            if let Some(at) =
                listing.pages.iter().position(|length| limit.is_some_and(|limit| *length as u64 > limit))
            {
                let message =
                    format!("a page of at most {} has {} records", limit.unwrap_or(0), listing.pages[at]);
                return fail(message, &listing.exchanges[at]);
            }
            for record in &records {
                let facts = Facts::of(&reading, record);
                if selects(&reading, lister, &inputs, &facts) != Some(true) {
                    return missing("a listing that is known to select the created records");
                }
                let count = listing.places(&reading, view, &facts)?.len();
                if count == 0 {
                    seen(session, record).await?;
                }
                if count != 1 {
                    let message = format!("walking the pages shows a record {count} times instead of once");
                    return fail(message, listing.last());
                }
            }
            let mut first = session.prepare(lister.operation, &[&records[0]], &Wishes::minimal())?;
            if let (Some(slot), Some(size)) = (&turning.size, asked) {
                session.put(lister.operation, &mut first, slot, Value::from(size));
            }
            let plain = session.ask(lister.operation, &first, Purpose::Look).await?;
            let shown: Vec<&Value> = plain.json().map(|body| view.records(body)).unwrap_or_default();
            let due: Vec<&Value> =
                listing.records.iter().take(listing.pages.first().copied().unwrap_or(0)).collect();
            if plain.succeeded() && shown != due {
                return fail("what comes without asking for a page is not the first page".to_owned(), &plain);
            }
            if let (Some(default), Some(_)) = (turning.default_size, &turning.size) {
                let unasked = session.prepare(lister.operation, &[&records[0]], &Wishes::minimal())?;
                let plain = session.ask(lister.operation, &unasked, Purpose::Look).await?;
                let length = plain.json().map_or(0, |body| view.records(body).len()) as u64;
                let due = default.min(whole.records.len() as u64);
                if plain.succeeded() && length != due {
                    let message = format!(
                        "a page has {default} records unless asked otherwise; of {} it has {length}",
                        whole.records.len()
                    );
                    return fail(message, &plain);
                }
            }
            Ok(Verdict::Pass)
        })
    }
}
