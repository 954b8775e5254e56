//! What several checks need: the response an answer is held to, and whether a refusal is the documented one.

use tercet_spec::Pointer;
use tercet_spec::contract::{Operation, Response, Status};

use super::{Judgement, Subject};
use crate::reading::{response_for, statuses_of};
use crate::{Clause, Finding, Purpose, Received};

impl<'s> Subject<'s> {
    /// The answer, when there is one.
    pub(super) fn answer(&self) -> Option<&'s Received> {
        self.exchange.answer.as_ref().ok()
    }

    /// Whether the exchange used the operation's own method and path.
    pub(super) fn is_own_method(&self) -> bool {
        !matches!(self.exchange.purpose, Purpose::UndeclaredMethod | Purpose::OtherPath(_))
            && self.exchange.request.method == self.operation.method
    }

    /// The response that the contract has for the answer's status.
    pub(super) fn response(&self) -> Option<&'s Response> {
        let answer = self.answer()?;
        response_for(self.contract, self.operation, answer.status)
    }

    /// A finding of `check` against the clause at `pointer`.
    pub(super) fn finding(
        &self,
        check: &str,
        pointer: &Pointer,
        says: impl Into<String>,
        message: impl Into<String>,
    ) -> Finding {
        Finding::new(check, Clause::at(self.contract, pointer, says), message)
            .of(self.operation)
            .shown_by(self.exchange)
    }
}

/// The statuses that speak an outcome, as words: `400 or 422`.
pub(super) fn list(statuses: &[Status]) -> String {
    let words: Vec<String> = statuses.iter().map(ToString::to_string).collect();
    words.join(" or ")
}

/// The pointer to an operation's responses.
pub(super) fn responses(operation: &Operation) -> Pointer {
    operation.pointer.child("responses")
}

/// Holds a request that must be refused to the outcome that the contract has for it; where it has none, to any status of
/// the 4xx class.
pub(super) fn refused(
    check: &str,
    subject: &Subject<'_>,
    outcome: &str,
    clause: Clause,
    what: &str,
) -> Judgement {
    refused_by_any(check, subject, &[outcome], clause, what)
}

/// As [`refused`], where more than one outcome will do.
pub(super) fn refused_by_any(
    check: &str,
    subject: &Subject<'_>,
    outcomes: &[&str],
    clause: Clause,
    what: &str,
) -> Judgement {
    let Some(answer) = subject.answer() else {
        return Judgement::Silent;
    };
    let mut statuses: Vec<Status> = Vec::new();
    for status in outcomes.iter().flat_map(|one| statuses_of(subject.contract, subject.operation, one)) {
        if !statuses.contains(&status) {
            statuses.push(status);
        }
    }
    let kept = match statuses.as_slice() {
        [] => (400..500).contains(&answer.status),
        some => some.iter().any(|status| status.covers(answer.status)),
    };
    // A server error has a check of its own, and says nothing about refusing.
    if kept || answer.status >= 500 {
        return Judgement::Held;
    }
    let wanted = if statuses.is_empty() { "a status of the 4xx class".to_owned() } else { list(&statuses) };
    let names = outcomes.join("` or `");
    let message = format!("{what}; expected {wanted} (`{names}`), {}", subject.exchange.summary());
    Judgement::Broken(vec![
        Finding::new(check, clause, message).of(subject.operation).shown_by(subject.exchange),
    ])
}
