//! What was deleted stands in no listing.

use futures::future::BoxFuture;

use super::gone;
use super::lens::{Facts, found, listers, make_fitting, missing, none_of, used, verdict, walk_list};
use super::{Case, Law};
use crate::reading::Reading;
use crate::session::{Nameable, Session};
use crate::{Stop, Verdict};

/// See [`Law::about`].
pub(super) struct DeletedIsUnlisted;

impl Law for DeletedIsUnlisted {
    fn name(&self) -> &'static str {
        "deleted_is_unlisted"
    }

    fn about(&self) -> &'static str {
        "what was deleted stands in no listing"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: `delete`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let cases = gone::cases(reading, listers, "removes the record");
        none_of(cases, "an operation that lists what another deletes")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (lister, remover, creator) =
                (used(&reading, case, 0)?, used(&reading, case, 1)?, used(&reading, case, 2)?);
            let record = make_fitting(session, creator, lister).await?;
            let facts = Facts::of(&reading, &record);
            let deletion = gone::delete(session, remover, &record).await?;
            let Some(view) = reading.view(lister.operation) else {
                return missing("an answer that shows records");
            };
            let listing = walk_list(session, lister, &[&record as &dyn Nameable], &[], None).await?;
            if listing.places(&reading, view, &facts)?.is_empty() {
                return Ok(Verdict::Pass);
            }
            let message = format!("what was deleted is still listed: {}", listing.last().summary());
            let shown_by = [&*deletion, listing.last()];
            Ok(verdict(vec![found(self, &reading, case, lister.operation, message, &shown_by)]))
        })
    }
}
