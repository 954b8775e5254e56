//! The statuses by which the document lets an outcome be known.

use tercet_spec::contract::{Operation, Status, Verb};
use tercet_spec::{Contract, Pointer};

use crate::Exchange;
use crate::reading::{Reading, Use, ends_in, spoken, statuses_of};

/// The answers that speak an outcome.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::law) struct Expected {
    /// The outcome.
    pub outcome: String,
    /// The statuses that speak it.
    pub statuses: Vec<Status>,
    /// Where the first of them stands.
    pub pointer: Pointer,
}

impl Expected {
    /// Whether an answer has one of the statuses.
    pub(in crate::law) fn met_by(&self, exchange: &Exchange) -> bool {
        exchange.status().is_some_and(|code| self.statuses.iter().any(|one| one.covers(code)))
    }

    /// `422 (conflict)`, for messages.
    pub(in crate::law) fn words(&self) -> String {
        let all: Vec<String> = self.statuses.iter().map(ToString::to_string).collect();
        format!("{} ({})", all.join(" or "), self.outcome)
    }
}

/// How an operation says that it ended in `outcome`; `None` when the document does not say.
pub(in crate::law) fn expected(
    contract: &Contract,
    operation: &Operation,
    outcome: &str,
) -> Option<Expected> {
    let own = operation.responses.iter().filter(|one| one.outcomes.iter().any(|name| name == outcome));
    let own: Vec<(Status, Pointer)> = own.map(|one| (one.status, one.pointer.clone())).collect();
    let all = if own.is_empty() {
        let default = contract.conduct.responses.get(outcome)?;
        vec![(Status::Code(default.status), default.response.pointer.clone())]
    } else {
        own
    };
    let pointer = all.first().map(|(_, pointer)| pointer.clone())?;
    Some(Expected {
        outcome: outcome.to_owned(),
        statuses: all.into_iter().map(|(status, _)| status).collect(),
        pointer,
    })
}

/// Whether an answer speaks an outcome: by its status and, where the document shows by an example what is said then, by its body.
pub(in crate::law) fn spoken_by(
    contract: &Contract,
    operation: &Operation,
    outcome: &str,
    exchange: &Exchange,
) -> bool {
    let (Some(due), Some(status)) = (expected(contract, operation, outcome), exchange.status()) else {
        return false;
    };
    let body = exchange.json();
    let shown = |one: &&tercet_spec::contract::Response| one.outcomes.iter().any(|own| own == outcome);
    let mut own = operation.responses.iter().filter(|one| one.status.covers(status)).filter(shown);
    // Where something has to be said, silence does not say it.
    let silent = body.is_none() && own.any(|one| one.example_for(outcome).is_some());
    due.met_by(exchange)
        && !silent
        && spoken(contract, operation, status, body).iter().any(|one| one == outcome)
}

/// Whether an answer says that the caller may not, where nobody says who may: an action ends in `forbidden`, without a word of `strangers`.
pub(in crate::law) fn forbidden(reading: &Reading, one: &Use, exchange: &Exchange) -> bool {
    let step = reading.step(one);
    let Verb::Call { outcomes, .. } = &step.verb else { return false };
    let Some(status) = exchange.status().filter(|_| !exchange.succeeded()) else { return false };
    let speaks = |outcome: &str| {
        let all = statuses_of(reading.contract(), reading.operation(one), outcome);
        all.iter().any(|own| own.covers(status))
    };
    outcomes.iter().any(|own| own == FORBIDDEN)
        && step.rights.strangers.is_empty()
        && speaks(FORBIDDEN)
        && !speaks(&step.conflict)
}

const FORBIDDEN: &str = "forbidden";

/// Whether an answer is one that the operation of a use is said to end in.
pub(in crate::law) fn documented(reading: &Reading, one: &Use, exchange: &Exchange) -> bool {
    exchange.status().is_some_and(|status| ends_in(reading.contract(), reading.operation(one), status))
}
