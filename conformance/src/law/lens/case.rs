//! Cases, and the words for what a contract lacks.

use tercet_spec::Pointer;

use crate::law::{Case, Law};
use crate::reading::{Reading, Use};
use crate::{Clause, Exchange, Finding, Stop, Verdict};

/// A case about these uses, the first of which is the one that the deployment is held to.
pub(in crate::law) fn case(
    reading: &Reading,
    title: String,
    says: String,
    uses: &[&Use],
    detail: &str,
) -> Case {
    let mut operations: Vec<usize> = uses.iter().map(|one| one.operation).collect();
    operations.dedup();
    let place = uses.first().map(|one| &reading.step(one).pointer);
    Case {
        title,
        clause: Clause::at(reading.contract(), place.unwrap_or(&Pointer::root()), says),
        operations,
        uses: uses.iter().map(|one| one.index).collect(),
        detail: detail.to_owned(),
    }
}

/// The cases, or what is missing.
pub(in crate::law) fn none_of(cases: Vec<Case>, fact: &str) -> Result<Vec<Case>, String> {
    if cases.is_empty() { Err(fact.to_owned()) } else { Ok(cases) }
}

/// The law cannot be applied after all.
pub(in crate::law) fn missing<T>(fact: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Missing(fact.into()))
}

/// The use of a case, by its place in it.
pub(in crate::law) fn used<'r>(reading: &'r Reading, case: &Case, at: usize) -> Result<&'r Use, Stop> {
    let found = case.uses.get(at).and_then(|index| reading.uses().get(*index));
    found.ok_or_else(|| Stop::Broken(format!("a fault of the suite: the case has no use {at}")))
}

/// A finding of `law` about an operation of a case.
pub(in crate::law) fn found(
    law: &dyn Law,
    reading: &Reading,
    case: &Case,
    operation: usize,
    message: String,
    shown_by: &[&Exchange],
) -> Finding {
    let finding =
        Finding::new(law.name(), case.clause.clone(), message).of(&reading.contract().operations[operation]);
    shown_by.iter().fold(finding, |finding, exchange| finding.shown_by(exchange))
}

/// Passed, or failed with these.
pub(in crate::law) fn verdict(findings: Vec<Finding>) -> Verdict {
    if findings.is_empty() { Verdict::Pass } else { Verdict::Fail { findings } }
}
