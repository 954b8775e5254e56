//! The server does not fail.

use super::expect::responses;
use super::{Check, Judgement, Subject};
use crate::reading::{ends_in, statuses_of};
use crate::{Fault, Girth, Purpose};

/// No 5xx, no torn connection.
#[derive(Debug)]
pub(super) struct NotAServerError;

impl Check for NotAServerError {
    fn name(&self) -> &'static str {
        "not_a_server_error"
    }

    fn about(&self) -> &'static str {
        "no request is answered with a server error or a torn connection"
    }

    fn clause(&self) -> &'static str {
        "`responses` of the operation; RFC 9110, 15.6"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let says = "whatever is asked, the answer is a documented one (RFC 9110, 15.6: a 5xx is the server's own fault)";
        let message = match &subject.exchange.answer {
            Ok(answer) if answer.status < 500 => return Judgement::Held,
            Ok(answer) if ends_in(subject.contract, subject.operation, answer.status) => {
                return Judgement::Held;
            }
            // A platform may have such an answer for methods that a path does not have.
            Ok(answer)
                if subject.exchange.purpose == Purpose::UndeclaredMethod
                    && for_other_methods(subject, answer.status) =>
            {
                return Judgement::Held;
            }
            Ok(answer) => {
                format!("the server failed with status {}: {}", answer.status, subject.exchange.summary())
            }
            // RFC 9110, 15.5.14: who is sent too much may close the connection.
            Err(Fault::Torn(_)) if subject.exchange.purpose == Purpose::Padded(Girth::TooLarge) => {
                return Judgement::Silent;
            }
            Err(Fault::Torn(_)) => {
                format!("the connection broke instead of an answer: {}", subject.exchange.summary())
            }
            Err(_) => return Judgement::Silent,
        };
        Judgement::Broken(vec![subject.finding(self.name(), &responses(subject.operation), says, message)])
    }
}

fn for_other_methods(subject: &Subject<'_>, status: u16) -> bool {
    let conduct = &subject.contract.conduct;
    let outcomes = conduct.unrouted.iter().map(|rule| &rule.outcome).chain([&conduct.method_not_allowed]);
    let mut statuses = outcomes.flat_map(|outcome| statuses_of(subject.contract, subject.operation, outcome));
    statuses.any(|one| one.covers(status))
}
