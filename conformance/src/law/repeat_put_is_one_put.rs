//! A PUT that is sent twice leaves what it left the first time.

use futures::future::BoxFuture;

use super::changes::{before, cases, change, lasting};
use super::lens::{differences, found, none_of, read, shown_in, used, verdict};
use super::{Case, Law};
use crate::reading::{Does, Reading};
use crate::session::{Aim, Session, Wishes};
use crate::{Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct RepeatPutIsOnePut;

impl Law for RepeatPutIsOnePut {
    fn name(&self) -> &'static str {
        "repeat_put_is_one_put"
    }

    fn about(&self) -> &'static str {
        "a PUT that is sent twice is answered alike and leaves the same record (RFC 9110, 9.2.2)"
    }

    fn clause(&self) -> &'static str {
        "`x-effect` of a PUT: `replace` or `update`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let says = "a PUT, which is idempotent (RFC 9110, 9.2.2)";
        let mut all = cases(reading, Does::Replace, says);
        all.extend(cases(reading, Does::Update, says));
        all.retain(|one| reading.contract().operations[one.operations[0]].method == "PUT");
        none_of(all, "a PUT that changes a record which another operation reads")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (writer, creator, reader) =
                (used(&reading, case, 0)?, used(&reading, case, 1)?, used(&reading, case, 2)?);
            let start = before(session, creator, reader).await?;
            let once = change(session, writer, reader, &start.record, Wishes::plain()).await?;
            let Some(shown) = &once.shown else {
                return Err(Stop::Blocked(once.exchange.summary()));
            };
            let again =
                session.write(writer.operation, Aim::Own(&start.record), &once.inputs, Purpose::Look).await?;
            let fail = |message: String, last: &crate::Exchange| {
                let shown_by = [&*once.change, &*again, last];
                Ok(verdict(vec![found(self, &reading, case, writer.operation, message, &shown_by)]))
            };
            if again.status() != once.change.status() {
                return fail(
                    format!("the same PUT was answered otherwise the second time: {}", again.summary()),
                    &again,
                );
            }
            let after = read(session, reader, &start.record).await?;
            let (Some(view), Some(seen)) =
                (reading.view(reader.operation), shown_in(&reading, reader.operation, &after))
            else {
                return fail(
                    format!("after the second PUT the record cannot be read: {}", after.summary()),
                    &after,
                );
            };
            let wrong = differences(&reading, view, &lasting(&reading, reader, shown), seen);
            if wrong.is_empty() {
                return Ok(Verdict::Pass);
            }
            fail(format!("the second PUT changed what the first had left: {}", wrong.join(", ")), &after)
        })
    }
}
