//! What was created stands in the listings exactly once, as it is read.

use futures::future::BoxFuture;

use super::lens::{
    Facts, case, creators, differences, found, listers, make_fitting, missing, none_of, seen, selects, used,
    verdict, walk_list,
};
use super::{Case, Law};
use crate::reading::Reading;
use crate::session::{Nameable, Session, Wishes};
use crate::{Stop, Verdict};

/// See [`Law::about`].
pub(super) struct CreatedIsListed;

impl Law for CreatedIsListed {
    fn name(&self) -> &'static str {
        "created_is_listed"
    }

    fn about(&self) -> &'static str {
        "what was created stands exactly once in every listing that selects it, equal in every field that was sent"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: the `list` of the listing operation"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            for creator in creators(reading, collection) {
                for lister in listers(reading, collection) {
                    let title = format!(
                        "`{}`, then `{}`",
                        reading.operation(creator).id,
                        reading.operation(lister).id
                    );
                    let says = format!("lists records of `{collection}`");
                    cases.push(case(reading, title, says, &[lister, creator], ""));
                }
            }
        }
        none_of(cases, "an operation that creates a record and one that lists it")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (lister, creator) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let record = make_fitting(session, creator, lister).await?;
            let facts = Facts::of(&reading, &record);
            let inputs = session.prepare(lister.operation, &[&record], &Wishes::minimal())?;
            if selects(&reading, lister, &inputs, &facts) != Some(true) {
                return missing("a listing that is known to select the created record");
            }
            let listing = walk_list(session, lister, &[&record as &dyn Nameable], &[], None).await?;
            let Some(view) = reading.view(lister.operation) else {
                return missing("an answer that shows records");
            };
            let places = listing.places(&reading, view, &facts)?;
            let fail = |message: String| {
                Ok(verdict(vec![found(self, &reading, case, lister.operation, message, &[listing.last()])]))
            };
            match places.as_slice() {
                [] => {
                    seen(session, &record).await?;
                    fail(format!("what was created is not listed among {} records", listing.records.len()))
                }
                [place] => {
                    let wrong = differences(&reading, view, &facts, &listing.records[*place]);
                    if wrong.is_empty() {
                        return Ok(Verdict::Pass);
                    }
                    fail(format!("what was created is not what is listed: {}", wrong.join(", ")))
                }
                several => fail(format!("what was created once is listed {} times", several.len())),
            }
        })
    }
}
