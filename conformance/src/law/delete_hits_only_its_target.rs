//! A deletion removes what it names and nothing else.

use futures::future::BoxFuture;

use super::gone;
use super::lens::{found, none_of, read, readers, used, verdict};
use super::{Case, Law};
use crate::reading::Reading;
use crate::session::{Session, Wishes};
use crate::{Stop, Verdict};

/// See [`Law::about`].
pub(super) struct DeleteHitsOnlyItsTarget;

impl Law for DeleteHitsOnlyItsTarget {
    fn name(&self) -> &'static str {
        "delete_hits_only_its_target"
    }

    fn about(&self) -> &'static str {
        "a deletion removes the record it names and leaves its neighbours alone"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: the `where` of a `delete`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let first_reader = |reading, collection| readers(reading, collection).into_iter().take(1).collect();
        let cases = gone::cases(reading, first_reader, "removes what its `where` selects");
        none_of(cases, "an operation that reads what another deletes")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (reader, remover, creator) =
                (used(&reading, case, 0)?, used(&reading, case, 1)?, used(&reading, case, 2)?);
            // Nothing optional, so that none of them refers to another.
            let before = session.create(creator, &Wishes::minimal()).await?;
            let target = session.create(creator, &Wishes::minimal()).await?;
            let after = session.create(creator, &Wishes::minimal()).await?;
            for neighbour in [&before, &after] {
                let answer = read(session, reader, neighbour).await?;
                if !answer.succeeded() {
                    return Err(Stop::Blocked(answer.summary()));
                }
            }
            let deletion = gone::delete(session, remover, &target).await?;
            let mut findings = Vec::new();
            for neighbour in [&before, &after] {
                let answer = read(session, reader, neighbour).await?;
                if !answer.succeeded() {
                    let message =
                        format!("a neighbour of what was deleted is gone too: {}", answer.summary());
                    findings.push(found(
                        self,
                        &reading,
                        case,
                        remover.operation,
                        message,
                        &[&deletion, &answer],
                    ));
                }
            }
            Ok(verdict(findings))
        })
    }
}
