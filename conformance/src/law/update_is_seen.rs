//! What an update or a replacement writes is what is read afterwards.

use futures::future::BoxFuture;

use super::changes::{Before, all_other, bare_before, cases, change, lasting};
use super::lens::{differences, found, missing, none_of, selects, shown_in, used, verdict};
use super::{Case, Law};
use crate::reading::{Does, Reading};
use crate::session::{Session, Wishes};
use crate::{Stop, Verdict};

/// See [`Law::about`].
pub(super) struct UpdateIsSeen;

impl Law for UpdateIsSeen {
    fn name(&self) -> &'static str {
        "update_is_seen"
    }

    fn about(&self) -> &'static str {
        "after an update or a replacement the record has the values that were sent, in the answer and when it is read"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: `update` and `replace`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut all = cases(reading, Does::Update, "writes what is sent into the record");
        all.extend(cases(reading, Does::Replace, "writes what is sent into the record"));
        none_of(all, "operations that create, change and read a record")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (writer, creator, reader) =
                (used(&reading, case, 0)?, used(&reading, case, 1)?, used(&reading, case, 2)?);
            // A bare record: what is sent must not happen to be what it would be anyway.
            let start = bare_before(session, creator, reader).await?;
            let full = all_other(session, writer, &start.facts, Wishes::full());
            let after = match change(session, writer, reader, &start.record, full).await {
                Err(Stop::Blocked(_)) => {
                    let plain = all_other(session, writer, &start.facts, Wishes::plain());
                    change(session, writer, reader, &start.record, plain).await?
                }
                other => other?,
            };
            let mut facts = start.facts.only(|_| false);
            facts.take(&after.says);
            if facts.all_known().next().is_none() {
                return missing("a field that the request decides");
            }
            let mut findings = Vec::new();
            let mut fail = |operation: usize, message: String, shown_by: &[&crate::Exchange]| {
                findings.push(found(self, &reading, case, operation, message, shown_by));
            };
            match (reading.view(reader.operation), &after.shown) {
                (Some(view), Some(shown)) => {
                    let wrong = differences(&reading, view, &facts, shown);
                    if !wrong.is_empty() {
                        let message = format!("what was written is not what is read: {}", wrong.join(", "));
                        fail(writer.operation, message, &[&after.change, &after.exchange]);
                    }
                    // What an action assigns anew is its own affair.
                    let moved =
                        (!reading.is_said(writer)).then(|| moved(&reading, &start.shown, shown, reader));
                    moved.flatten().into_iter().for_each(|message| {
                        fail(writer.operation, message, &[&start.exchange, &after.change, &after.exchange]);
                    });
                }
                // The change may have put it out of what is shown.
                _ if shown_no_more(session, reader, &start, &facts)? => {
                    return missing("a change after which the record is shown");
                }
                _ => {
                    let message =
                        format!("after the change the record cannot be read: {}", after.exchange.summary());
                    fail(writer.operation, message, &[&after.change, &after.exchange]);
                }
            }
            let answered = reading.view(writer.operation).filter(|view| view.collection == writer.collection);
            if let (Some(view), Some(shown)) = (answered, shown_in(&reading, writer.operation, &after.change))
            {
                let wrong = differences(&reading, view, &facts, shown);
                if !wrong.is_empty() {
                    let message =
                        format!("what was written is not what the answer shows: {}", wrong.join(", "));
                    fail(writer.operation, message, &[&after.change]);
                }
            }
            Ok(verdict(findings))
        })
    }
}

/// Whether what a change says puts the record out of what the reader selects.
fn shown_no_more(
    session: &mut Session,
    reader: &crate::reading::Use,
    start: &Before,
    says: &super::lens::Facts,
) -> Result<bool, Stop> {
    let reading = session.reading();
    let inputs = session.prepare(reader.operation, &[&start.record], &Wishes::minimal())?;
    Ok(selects(&reading, reader, &inputs, says) == Some(false))
}

/// The key, and fields that are assigned only when a record is made, never change.
fn moved(
    reading: &Reading,
    start: &serde_json::Value,
    after: &serde_json::Value,
    reader: &crate::reading::Use,
) -> Option<String> {
    let view = reading.view(reader.operation)?;
    let contract = reading.contract();
    let born = lasting(reading, reader, start).only(|field| {
        super::lens::property(reading, &view.collection, field)
            .is_some_and(|id| contract.schema(id).assign.is_some())
    });
    let wrong = differences(reading, view, &born, after);
    (!wrong.is_empty()).then(|| format!("the change moved what is set once: {}", wrong.join(", ")))
}
