//! A field that is assigned at every change changes when its record does.

use futures::future::BoxFuture;
use tercet_spec::contract::{AssignAt, AssignKind};

use super::changes::before;
use super::lens::{
    case, creators, found, missing, none_of, property, read, readers, shown_in, used, verdict, writers,
};
use super::{Case, Law};
use crate::reading::{Does, Reading};
use crate::session::{Session, Wishes};
use crate::{Clause, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct ChangedIsMarked;

/// Two changes within one tick of a clock leave the same stamp; so many do not fit into one.
const CHANGES: usize = 25;

impl Law for ChangedIsMarked {
    fn name(&self) -> &'static str {
        "changed_is_marked"
    }

    fn about(&self) -> &'static str {
        "a field that the server assigns at every change has another value after a change"
    }

    fn clause(&self) -> &'static str {
        "`x-assign`: `at: [ …, updated ]`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for (name, collection) in &reading.contract().collections {
            let Some(creator) = creators(reading, name).first().copied() else { continue };
            let Some(reader) = readers(reading, name).first().copied() else { continue };
            let Some(view) = reading.view(reader.operation) else { continue };
            let all =
                writers(reading, name, Does::Update).into_iter().chain(writers(reading, name, Does::Replace));
            for writer in all {
                for (field, id) in &reading.contract().schema(collection.schema).properties {
                    let moves = reading.contract().schema(*id).assign.as_ref().is_some_and(|assign| {
                        assign.at.contains(&AssignAt::Updated)
                            && !matches!(assign.kind, AssignKind::Value(_) | AssignKind::Jwt(_))
                    });
                    if moves && view.member(field).is_some() {
                        let title = format!("`{}` marks `{field}`", reading.operation(writer).id);
                        let says = format!("`{field}` is assigned at every change");
                        let mut one = case(reading, title, says.clone(), &[writer, creator, reader], field);
                        let pointer = reading.contract().schema(*id).pointer.child("x-assign");
                        one.clause = Clause::at(reading.contract(), &pointer, says);
                        cases.push(one);
                    }
                }
            }
        }
        none_of(cases, "a field that is assigned at every change and that an operation shows")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (writer, creator, reader) =
                (used(&reading, case, 0)?, used(&reading, case, 1)?, used(&reading, case, 2)?);
            if property(&reading, &writer.collection, &case.detail).is_none() {
                return missing("the field");
            }
            let start = before(session, creator, reader).await?;
            let member =
                reading.view(reader.operation).and_then(|view| view.member(&case.detail)).unwrap_or_default();
            let mut last = None;
            for _ in 0..CHANGES {
                let (_, change) = session.update(writer, &start.record, &Wishes::plain()).await?;
                let change = super::lens::succeeded(change)?;
                let answer = read(session, reader, &start.record).await?;
                let Some(shown) = shown_in(&reading, reader.operation, &answer) else {
                    return Err(Stop::Blocked(answer.summary()));
                };
                if shown.get(member) != start.shown.get(member) {
                    return Ok(Verdict::Pass);
                }
                last = Some((change, answer));
            }
            let Some((change, answer)) = last else {
                return missing("a change");
            };
            let message = format!("`{member}` is the same after {CHANGES} changes");
            let shown_by = [&*start.exchange, &*change, &*answer];
            Ok(verdict(vec![found(self, &reading, case, writer.operation, message, &shown_by)]))
        })
    }
}
