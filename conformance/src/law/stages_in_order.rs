//! Who is calling and what is asked are looked at in the order that the document gives.

use futures::future::BoxFuture;
use tercet_spec::contract::{Operation, Stage, Status};

use super::lens::missing;
use super::{Case, Law};
use crate::generate::{Breach, Part, invalids};
use crate::probe::subject::harmless;
use crate::reading::{Reading, Slot, is_json, statuses_of};
use crate::session::{Session, Wishes};
use crate::wire::is_public;
use crate::{Clause, Finding, Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct StagesInOrder;

impl Law for StagesInOrder {
    fn name(&self) -> &'static str {
        "stages_in_order"
    }

    fn about(&self) -> &'static str {
        "a request that both lacks its credential and breaks a rule is refused by the stage that comes first"
    }

    fn clause(&self) -> &'static str {
        "`x-conduct.order`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let contract = reading.contract();
        let pointer = contract.conduct.pointer.child("order");
        if contract.document.get(&pointer).is_none() {
            return Err("`x-conduct.order`".to_owned());
        }
        let first = match contract.conduct.order[0] {
            Stage::Authenticate => "authenticate",
            Stage::Validate => "validate",
        };
        let mut cases = Vec::new();
        for (index, operation) in contract.operations.iter().enumerate() {
            let has_body =
                operation.body.as_ref().is_some_and(|body| body.content.iter().any(|one| is_json(&one.name)));
            if is_public(operation) || !has_body {
                continue;
            }
            cases.push(Case {
                title: format!("`{}` with a wrong body and without a credential", operation.id),
                clause: Clause::at(contract, &pointer, format!("`{first}` comes first")),
                operations: vec![index],
                uses: Vec::new(),
                detail: first.to_owned(),
            });
        }
        if cases.is_empty() {
            Err("an operation that needs a credential and takes a body".to_owned())
        } else {
            Ok(cases)
        }
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let operation = case.operations[0];
            let owner = &reading.contract().operations[operation];
            let (subject, mut inputs) = harmless(session, operation, &Wishes::full())?;
            let Some((body, breach)) = broken(session, owner, inputs.body_value()) else {
                return missing("a rule of the body that a request can break");
            };
            let [first, second] =
                reading.contract().conduct.order.map(|stage| refusals(&reading, owner, stage, &breach));
            if first.is_empty() || second.iter().any(|status| first.contains(status)) {
                return missing("answers by which the two refusals can be told apart");
            }
            inputs.set(&Slot::Body(Vec::new()), body);
            session.invent(operation, &inputs);
            let purpose = Purpose::InvalidAndDenied(breach.clone());
            let exchange = session.write(operation, subject.aim(), &inputs, purpose).await?;
            if exchange.status().is_some_and(|code| first.iter().any(|status| status.covers(code))) {
                return Ok(Verdict::Pass);
            }
            let words: Vec<String> = first.iter().map(ToString::to_string).collect();
            let message = format!(
                "without a credential, and with a body that breaks a rule ({}): expected {}, {}",
                breach.what,
                words.join(" or "),
                exchange.summary()
            );
            let finding = Finding::new(self.name(), case.clause.clone(), message).of(owner);
            Ok(Verdict::fail(finding.shown_by(&exchange)))
        })
    }
}

/// How a stage refuses such a request.
fn refusals(reading: &Reading, operation: &Operation, stage: Stage, breach: &Breach) -> Vec<Status> {
    let outcome = match stage {
        Stage::Authenticate => "unauthenticated",
        Stage::Validate => &breach.outcome,
    };
    statuses_of(reading.contract(), operation, outcome)
}

/// A body that breaks one rule.
fn broken(
    session: &mut Session,
    operation: &Operation,
    good: Option<&serde_json::Value>,
) -> Option<(serde_json::Value, Breach)> {
    let reading = session.reading();
    let contract = reading.contract();
    let media = operation.body.as_ref()?.content.iter().find(|one| is_json(&one.name))?;
    let one = invalids(contract, media.schema?, good?, session.chance()).into_iter().next()?;
    let breach = Breach {
        part: Part::Body,
        instance: one.instance,
        outcome: "invalid".to_owned(),
        clause: Clause::at(contract, &one.schema, format!("`{}`", one.rule)),
        rule: one.rule,
        what: one.what,
    };
    Some((one.value, breach))
}
