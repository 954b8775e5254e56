//! What a creation leaves out has the default that the document gives.

use futures::future::BoxFuture;

use super::lens::{
    Facts, case, creators, differences, found, missing, none_of, property, read, readers, shown_in, used,
    verdict,
};
use super::{Case, Law};
use crate::reading::{Reading, Use};
use crate::session::{Session, Wishes};
use crate::{Stop, Verdict};

/// See [`Law::about`].
pub(super) struct DefaultsApply;

impl Law for DefaultsApply {
    fn name(&self) -> &'static str {
        "defaults_apply"
    }

    fn about(&self) -> &'static str {
        "what a creation leaves out has the documented default, or nothing where there is none"
    }

    fn clause(&self) -> &'static str {
        "`default` of a record's fields"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            for creator in creators(reading, collection) {
                let Some(reader) = readers(reading, collection).first().copied() else { continue };
                for field in optional(reading, creator, reader) {
                    let mut one = case(
                        reading,
                        format!("`{}` without `{field}`", reading.operation(creator).id),
                        format!("the default of `{field}`"),
                        &[creator, reader],
                        &field,
                    );
                    if let Some(id) = property(reading, collection, &field) {
                        one.clause.pointer = reading.contract().schema(id).pointer.as_str().to_owned();
                        one.clause = crate::Clause::at(
                            reading.contract(),
                            &reading.contract().schema(id).pointer,
                            one.clause.says,
                        );
                    }
                    cases.push(one);
                }
            }
        }
        none_of(cases, "a field that a creation may leave out and that another operation shows")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (creator, reader) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let Some(slot) = super::lens::slot_of(&reading, creator, &case.detail) else {
                return missing("a part of the request that decides the field");
            };
            let record = session.create(creator, &Wishes::minimal().without(slot)).await?;
            let facts = Facts::of(&reading, &record).only(|field| field == case.detail);
            let answer = read(session, reader, &record).await?;
            let (Some(view), Some(shown)) =
                (reading.view(reader.operation), shown_in(&reading, reader.operation, &answer))
            else {
                return Err(Stop::Blocked(answer.summary()));
            };
            let wrong = differences(&reading, view, &facts, shown);
            if wrong.is_empty() {
                return Ok(Verdict::Pass);
            }
            let message = format!("`{}` was left out: {}", case.detail, wrong.join(", "));
            Ok(verdict(vec![found(self, &reading, case, creator.operation, message, &[&answer])]))
        })
    }
}

/// Fields that the request decides, may leave out, and that a read shows; only those with a default, or with none at all.
fn optional(reading: &Reading, creator: &Use, reader: &Use) -> Vec<String> {
    let Some(view) = reading.view(reader.operation) else {
        return Vec::new();
    };
    let contract = reading.contract();
    let Some(collection) = reading.collection(&creator.collection) else {
        return Vec::new();
    };
    let stored = contract.schema(collection.schema);
    let is_optional = |field: &&String| {
        let Some(slot) = super::lens::slot_of(reading, creator, field) else { return false };
        let crate::reading::Slot::Body(path) = &slot else { return false };
        let Some((name, before)) = path.split_last() else { return false };
        let parent = super::lens::parameter_schema(
            reading,
            creator.operation,
            &crate::reading::Slot::Body(before.to_vec()),
        );
        let declared = parent.is_some_and(|id| {
            let schema = contract.schema(id);
            schema.properties.contains_key(name) && !schema.required.contains(name)
        });
        let given = stored.properties.get(*field).is_some_and(|id| contract.schema(*id).default.is_some());
        declared && (given || !stored.required.contains(field))
    };
    view.members.values().filter(is_optional).cloned().collect()
}
