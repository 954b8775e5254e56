//! Makes the request of a finding smaller for as long as it still shows the same.

use tercet_spec::contract::Flavour;

use super::judge::Score;
use crate::check::{CHECKS, Check, Judgement, Subject};
use crate::generate::{Breach, Part};
use crate::reading::{Reading, Slot};
use crate::session::Session;
use crate::{Exchange, Finding, Inputs, Purpose, Stop};

/// Requests that are spent on one finding at most, and findings that are made smaller at most.
const REQUESTS: usize = 24;
const FINDINGS: usize = 12;

/// Makes the findings of checks smaller. Findings of laws are short by construction.
pub(super) async fn shrink(session: &mut Session, score: &mut Score) {
    for (check, finding) in score.findings_mut().take(FINDINGS) {
        let Some(check) = CHECKS.iter().find(|one| one.name() == check) else {
            continue;
        };
        match smaller(session, *check, finding).await {
            Ok(Some(found)) => *finding = found,
            // Nothing smaller shows it, or nothing more may be sent: the finding stands as it is.
            Ok(None) | Err(Stop::Blocked(_) | Stop::Missing(_) | Stop::Broken(_)) => {}
        }
    }
}

async fn smaller(
    session: &mut Session,
    check: &dyn Check,
    finding: &Finding,
) -> Result<Option<Finding>, Stop> {
    let [number] = finding.exchanges.as_slice() else {
        return Ok(None);
    };
    let Some(attempt) = session.attempt(*number) else {
        return Ok(None);
    };
    let purpose = session.exchanges()[number - 1].purpose.clone();
    let reading = session.reading();
    let stand_in = session.target().limits.stand_in;
    let mut inputs = attempt.inputs.clone();
    let mut best = None;
    for slot in removable(&reading, attempt.operation, &inputs, &purpose).into_iter().take(REQUESTS) {
        let mut less = inputs.clone();
        less.remove(&slot);
        if !still_allowed(&reading, attempt.operation, &less, &purpose) {
            continue;
        }
        let (sent, exchange) = match session.again(&attempt, &less, purpose.clone()).await {
            Ok(sent) => sent,
            Err(Stop::Missing(_)) => continue,
            Err(stop) => return if best.is_some() { Ok(best) } else { Err(stop) },
        };
        if let Some(found) = shows(check, &reading, &exchange, finding, stand_in) {
            inputs = sent;
            best = Some(found);
        }
    }
    Ok(best)
}

/// The same finding on another exchange, if it is there.
fn shows(
    check: &dyn Check,
    reading: &Reading,
    exchange: &Exchange,
    finding: &Finding,
    stand_in: bool,
) -> Option<Finding> {
    let contract = reading.contract();
    let operation = contract.operation(&exchange.operation)?;
    match check.check(&Subject { contract, operation, exchange, beside: None, stand_in }) {
        Judgement::Broken(found) => found.into_iter().find(|one| one.bucket() == finding.bucket()),
        _ => None,
    }
}

/// What may be left out: parameters and members of the body that are not required and not what the request is about.
fn removable(reading: &Reading, operation: usize, inputs: &Inputs, purpose: &Purpose) -> Vec<Slot> {
    let contract = reading.contract();
    let owner = &contract.operations[operation];
    let about = match purpose {
        Purpose::Invalid(breach) => breach.instance.tokens().next(),
        _ => None,
    };
    // The parameter that breaks the rule is what the request is about: without it there is nothing to refuse.
    let breaking = match purpose {
        Purpose::Invalid(Breach { part: Part::Parameter(index), .. }) => owner.parameters.get(*index),
        _ => None,
    };
    let required = |name: &str| {
        breaking.is_some_and(|one| one.name == name)
            || owner.parameters.iter().any(|one| one.required && one.name == name)
    };
    let mut slots: Vec<Slot> = Vec::new();
    slots.extend(inputs.query.keys().filter(|name| !required(name)).cloned().map(Slot::Query));
    slots.extend(inputs.header.keys().filter(|name| !required(name)).cloned().map(Slot::Header));
    let named = |slot: &Slot| reading.namings(operation).iter().any(|naming| naming.slot == *slot);
    if let Some(members) = inputs.body_value().and_then(|body| body.as_object()) {
        let free = members.keys().filter(|name| about.as_deref() != Some(name.as_str()));
        slots.extend(free.map(|name| Slot::Body(vec![name.clone()])).filter(|slot| !named(slot)));
    }
    slots
}

/// Whether the document still says the same of the smaller request: that it is good, or that it breaks that one rule.
fn still_allowed(reading: &Reading, operation: usize, inputs: &Inputs, purpose: &Purpose) -> bool {
    let contract = reading.contract();
    let owner = &contract.operations[operation];
    let schema = owner.body.iter().flat_map(|body| &body.content).find_map(|media| media.schema);
    let (Some(schema), Some(body)) = (schema, inputs.body_value()) else {
        return true;
    };
    let violations = contract.validators.violations(schema, Flavour::Request, body);
    match purpose {
        Purpose::Invalid(breach) if breach.part == Part::Body => {
            !violations.is_empty()
                && violations.iter().all(|one| one.rule == breach.rule && one.instance == breach.instance)
        }
        _ => violations.is_empty(),
    }
}
