//! What a replacement does not mention returns to its default.

use futures::future::BoxFuture;

use super::changes::{before, cases, change};
use super::lens::{differences, found, none_of, used, verdict};
use super::{Case, Law};
use crate::reading::{Does, Reading};
use crate::session::{Session, Wishes};
use crate::{Stop, Verdict};

/// See [`Law::about`].
pub(super) struct ReplaceClearsTheRest;

impl Law for ReplaceClearsTheRest {
    fn name(&self) -> &'static str {
        "replace_clears_the_rest"
    }

    fn about(&self) -> &'static str {
        "a replacement that sends only what is required returns every other field to its default, or to nothing"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: `replace`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let all =
            cases(reading, Does::Replace, "replaces the record: what is not sent returns to its default");
        none_of(all, "operations that create, replace and read a record")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (writer, creator, reader) =
                (used(&reading, case, 0)?, used(&reading, case, 1)?, used(&reading, case, 2)?);
            let start = before(session, creator, reader).await?;
            let after = change(session, writer, reader, &start.record, Wishes::minimal()).await?;
            let mut facts = start.facts.only(|_| false);
            facts.take(&after.says);
            let (Some(view), Some(shown)) = (reading.view(reader.operation), &after.shown) else {
                return Err(Stop::Blocked(after.exchange.summary()));
            };
            // What was sent is another law's business.
            let sent: Vec<String> = view
                .members
                .values()
                .filter(|field| {
                    super::lens::slot_of(&reading, writer, field)
                        .is_some_and(|slot| after.inputs.get(&slot).is_some())
                })
                .cloned()
                .collect();
            let wrong =
                differences(&reading, view, &facts.only(|field| !sent.iter().any(|own| own == field)), shown);
            if wrong.is_empty() {
                return Ok(Verdict::Pass);
            }
            let message = format!("the replacement left something of the old record: {}", wrong.join(", "));
            let shown_by = [&*start.exchange, &*after.change, &*after.exchange];
            Ok(verdict(vec![found(self, &reading, case, writer.operation, message, &shown_by)]))
        })
    }
}
