//! Other methods on the paths of the document: HEAD beside GET, and those that a path does not have.

use futures::future::BoxFuture;

use super::Probe;
use super::subject::{nowhere, own};
use crate::reading::{Reading, statuses_of};
use crate::session::{Session, Wishes};
use crate::{Purpose, Stop};

#[derive(Debug)]
pub(super) struct Head;

impl Probe for Head {
    fn name(&self) -> &'static str {
        "head"
    }

    fn about(&self) -> &'static str {
        "HEAD after the same GET"
    }

    fn serves(&self) -> &'static [&'static str] {
        &["head_mirrors_get"]
    }

    fn applies(&self, reading: &Reading, operation: usize) -> bool {
        let contract = reading.contract();
        let owner = &contract.operations[operation];
        let own_head =
            contract.operations.iter().any(|one| one.method == "HEAD" && one.path.text == owner.path.text);
        contract.conduct.head && owner.method == "GET" && !own_head
    }

    fn succeeds(&self) -> bool {
        true
    }

    fn run<'a>(&'a self, session: &'a mut Session, operation: usize) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(async move {
            let subject = own(session, operation).await?;
            let inputs = session.prepare(operation, &subject.records(), &Wishes::minimal())?;
            let get = session.ask(operation, &inputs, Purpose::Look).await?;
            session.with_method(operation, "HEAD", &inputs, Purpose::Head(get.number)).await.map(drop)
        })
    }
}

#[derive(Debug)]
pub(super) struct UndeclaredMethod;

impl Probe for UndeclaredMethod {
    fn name(&self) -> &'static str {
        "undeclared-method"
    }

    fn about(&self) -> &'static str {
        "the methods that the document does not declare for a path; unsafe ones only where the path names nobody"
    }

    fn serves(&self) -> &'static [&'static str] {
        &["unsupported_method", "allow_header_conformance"]
    }

    fn applies(&self, reading: &Reading, operation: usize) -> bool {
        let contract = reading.contract();
        let owner = &contract.operations[operation];
        let first = contract.operations.iter().position(|one| one.path.text == owner.path.text);
        let states = !statuses_of(contract, owner, &contract.conduct.method_not_allowed).is_empty()
            || !contract.conduct.unrouted.is_empty();
        first == Some(operation) && states
    }

    fn succeeds(&self) -> bool {
        false
    }

    fn run<'a>(&'a self, session: &'a mut Session, operation: usize) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let contract = reading.contract();
            let text = &contract.operations[operation].path.text;
            let declared = |method: &str| {
                contract.operations.iter().any(|one| one.method == method && one.path.text == *text)
            };
            for method in ["GET", "PUT", "PATCH", "DELETE", "POST"] {
                if declared(method) || also_matched(&reading, operation, method) {
                    continue;
                }
                let mut inputs = nowhere(session, operation)?;
                inputs.body = None;
                match session.with_method(operation, method, &inputs, Purpose::UndeclaredMethod).await {
                    Ok(_) | Err(Stop::Blocked(_)) => {}
                    Err(stop) => return Err(stop),
                }
            }
            Ok(())
        })
    }
}

/// Whether another path of the document may match too, so that the method is declared after all.
fn also_matched(reading: &Reading, operation: usize, method: &str) -> bool {
    let contract = reading.contract();
    let own = &contract.operations[operation].path;
    contract.operations.iter().any(|other| {
        other.method == method
            && other.path.text != own.text
            && other.path.segments.len() == own.segments.len()
            && own.segments.iter().zip(&other.path.segments).all(|(a, b)| {
                let literal = |parts: &[tercet_spec::contract::Segment]| {
                    parts.iter().all(|part| matches!(part, tercet_spec::contract::Segment::Literal(_)))
                };
                a == b || !literal(a) || !literal(b)
            })
    })
}
