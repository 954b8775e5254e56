//! What is only ever written never comes back.

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::contract::SchemaId;

use super::lens::{
    case, creators, found, listers, missing, none_of, parameter_schema, property, read, readers, used,
    verdict, walk_list,
};
use super::{Case, Law};
use crate::reading::{Reading, Use};
use crate::session::{Nameable, Session, Wishes};
use crate::{Clause, Exchange, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct WriteOnlyStaysUnread;

impl Law for WriteOnlyStaysUnread {
    fn name(&self) -> &'static str {
        "write_only_stays_unread"
    }

    fn about(&self) -> &'static str {
        "the value of a write-only field is in no later answer: not in a read, not in a listing"
    }

    fn clause(&self) -> &'static str {
        "`writeOnly`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            for creator in creators(reading, collection) {
                for (field, id) in secrets(reading, creator) {
                    let title = format!("`{}` with `{field}`", reading.operation(creator).id);
                    let says = format!("`{field}` is write-only");
                    let mut one = case(reading, title, says.clone(), &[creator], &field);
                    let pointer = reading.contract().schema(id).pointer.child("writeOnly");
                    one.clause = Clause::at(reading.contract(), &pointer, says);
                    cases.push(one);
                }
            }
        }
        none_of(cases, "a write-only text that a creation decides")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let creator = used(&reading, case, 0)?;
            let Some(slot) = super::lens::slot_of(&reading, creator, &case.detail) else {
                return missing("a part of the request that decides the field");
            };
            let Some(schema) = parameter_schema(&reading, creator.operation, &slot) else {
                return missing("the schema of the field");
            };
            let Some(secret) = telling(session, schema) else {
                return missing("a value that would be recognised");
            };
            let record =
                session.create(creator, &Wishes::plain().with(slot, Value::from(secret.clone()))).await?;
            let mut answers = Vec::new();
            for reader in readers(&reading, &creator.collection) {
                answers.push(read(session, reader, &record).await?);
            }
            for lister in listers(&reading, &creator.collection) {
                let listing = walk_list(session, lister, &[&record as &dyn Nameable], &[], None).await;
                answers.extend(listing.map(|listing| listing.exchanges).unwrap_or_default());
            }
            let findings = answers.iter().filter(|answer| reveals(answer, &secret)).map(|answer| {
                let message =
                    format!("the value of `{}` is in the answer: {}", case.detail, answer.summary());
                let operation =
                    reading.contract().operations.iter().position(|one| one.id == answer.operation);
                found(self, &reading, case, operation.unwrap_or(creator.operation), message, &[answer])
            });
            Ok(verdict(findings.collect()))
        })
    }
}

/// Write-only fields that a request decides.
fn secrets(reading: &Reading, creator: &Use) -> Vec<(String, SchemaId)> {
    let contract = reading.contract();
    let Some(collection) = reading.collection(&creator.collection) else {
        return Vec::new();
    };
    let fields = contract.schema(collection.schema).properties.keys();
    fields
        .filter_map(|field| {
            let sent =
                parameter_schema(reading, creator.operation, &super::lens::slot_of(reading, creator, field)?);
            let stored = property(reading, &creator.collection, field);
            let hidden = [sent, stored].into_iter().flatten().find(|id| contract.schema(*id).write_only)?;
            Some((field.clone(), hidden))
        })
        .collect()
}

/// A text that the schema allows and that stands nowhere by chance.
fn telling(session: &mut Session, schema: SchemaId) -> Option<String> {
    let value = super::lens::another(session, schema, &[])?;
    value.as_str().filter(|text| text.chars().count() >= 6).map(str::to_owned)
}

fn reveals(exchange: &Exchange, secret: &str) -> bool {
    exchange.answer.as_ref().is_ok_and(|answer| {
        let body = String::from_utf8_lossy(&answer.body);
        let quoted = Value::from(secret).to_string();
        body.contains(secret) || body.contains(quoted.trim_matches('"'))
    })
}
