//! What was deleted can be neither read, changed nor deleted again.

use futures::future::BoxFuture;

use super::gone;
use super::lens::{
    expected, found, make_plain, missing, none_of, read, readers, removers, used, verdict, writers,
};
use super::{Case, Law};
use crate::reading::{Does, Reading};
use crate::session::{Session, Wishes};
use crate::{Stop, Verdict};

/// See [`Law::about`].
pub(super) struct UseAfterFree;

impl Law for UseAfterFree {
    fn name(&self) -> &'static str {
        "use_after_free"
    }

    fn about(&self) -> &'static str {
        "what was deleted can be neither read, changed nor deleted again"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: `delete`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let after = |reading, collection| {
            let mut all = readers(reading, collection);
            all.extend(writers(reading, collection, Does::Update));
            all.extend(writers(reading, collection, Does::Replace));
            all.extend(removers(reading, collection));
            all
        };
        none_of(
            gone::cases(reading, after, "removes the record"),
            "an operation that deletes what another creates",
        )
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (next, remover, creator) =
                (used(&reading, case, 0)?, used(&reading, case, 1)?, used(&reading, case, 2)?);
            let Some(outcome) = reading.miss(next) else {
                return missing("an outcome of naming what is not there");
            };
            let Some(refusal) = expected(reading.contract(), reading.operation(next), outcome) else {
                return missing(format!("a response that speaks `{outcome}`"));
            };
            let record = make_plain(session, creator).await?;
            let deletion = gone::delete(session, remover, &record).await?;
            let exchange = match next.does {
                Does::Find => read(session, next, &record).await?,
                Does::Delete => session.delete(next, &record).await?,
                _ => session.update(next, &record, &Wishes::plain()).await?.1,
            };
            if refusal.met_by(&exchange) {
                return Ok(Verdict::Pass);
            }
            let message =
                format!("after the deletion {} is due, but {}", refusal.words(), exchange.summary());
            Ok(verdict(vec![found(self, &reading, case, next.operation, message, &[&deletion, &exchange])]))
        })
    }
}
