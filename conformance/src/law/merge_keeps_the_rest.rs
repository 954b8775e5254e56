//! An update changes nothing that it does not mention.

use futures::future::BoxFuture;

use super::changes::{before, cases, change, lasting};
use super::lens::{another, differences, found, missing, none_of, parameter_schema, used, verdict};
use super::{Case, Law};
use crate::reading::{Does, Predicted, Reading};
use crate::session::{Session, Wishes};
use crate::{Stop, Verdict};

/// See [`Law::about`].
pub(super) struct MergeKeepsTheRest;

impl Law for MergeKeepsTheRest {
    fn name(&self) -> &'static str {
        "merge_keeps_the_rest"
    }

    fn about(&self) -> &'static str {
        "an update that sends one field leaves all others as they were"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: `update` (RFC 7396)"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let all = cases(reading, Does::Update, "merges what is sent into the record: what is not sent stays");
        none_of(all, "operations that create, update and read a record")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (writer, creator, reader) =
                (used(&reading, case, 0)?, used(&reading, case, 1)?, used(&reading, case, 2)?);
            let start = before(session, creator, reader).await?;
            let mut wishes = Wishes::minimal();
            if let Some(body) = &reading.operation(writer).body
                && !body.required
            {
                // A body that is not required is left out of the minimal request; here it carries one field.
                wishes = Wishes::plain();
            }
            let mut before = start.exchange;
            let mut old = start.shown;
            let mut tried: Option<String> = None;
            // First one field alone, then another, so that each was left out once.
            for last in [false, true] {
                let Some((field, wishes)) = one_field(session, writer, &start.facts, wishes.clone(), last)
                else {
                    return missing("a field that the request alone decides");
                };
                if tried.as_ref() == Some(&field) {
                    break;
                }
                let after = change(session, writer, reader, &start.record, wishes).await?;
                let (Some(view), Some(shown)) = (reading.view(reader.operation), after.shown) else {
                    return Err(Stop::Blocked(after.exchange.summary()));
                };
                let rest = lasting(&reading, reader, &old).only(|own| {
                    // An action may change what nothing is said of.
                    own != field
                        && match after.says.get(own) {
                            Some(Predicted::Known(_) | Predicted::Absent) => false,
                            Some(Predicted::Unknown) => !reading.is_said(writer),
                            None => true,
                        }
                });
                let wrong = differences(&reading, view, &rest, &shown);
                if !wrong.is_empty() {
                    let message = format!("only `{field}` was sent, but more changed: {}", wrong.join(", "));
                    let shown_by = [&*before, &*after.change, &*after.exchange];
                    return Ok(verdict(vec![found(
                        self,
                        &reading,
                        case,
                        writer.operation,
                        message,
                        &shown_by,
                    )]));
                }
                (before, old, tried) = (after.exchange, shown, Some(field));
            }
            Ok(Verdict::Pass)
        })
    }
}

/// Wishes for a request that sends nothing but what is required and another value for one field.
fn one_field(
    session: &mut Session,
    writer: &crate::reading::Use,
    facts: &super::lens::Facts,
    mut wishes: Wishes,
    last: bool,
) -> Option<(String, Wishes)> {
    let reading = session.reading();
    let collection = reading.collection(&writer.collection)?;
    let mut fields: Vec<String> =
        reading.contract().schema(collection.schema).properties.keys().cloned().collect();
    if last {
        fields.reverse();
    }
    let mut chosen = None;
    for field in fields {
        let Some(slot) = super::lens::slot_of(&reading, writer, &field) else { continue };
        let unique =
            collection.unique.iter().any(|fields| fields.contains(&field)) || collection.key == field;
        let refers = collection.references.iter().any(|(own, _)| *own == field);
        let schema = parameter_schema(&reading, writer.operation, &slot);
        let value = match (schema, chosen.is_none() && !unique && !refers) {
            (Some(schema), true) => {
                let old: Vec<&serde_json::Value> = facts.known(&field).into_iter().collect();
                another(session, schema, &old)
            }
            _ => None,
        };
        match value {
            Some(value) => {
                wishes = wishes.with(slot, value);
                chosen = Some(field);
            }
            None => wishes = wishes.without(slot),
        }
    }
    chosen.map(|field| (field, wishes))
}
