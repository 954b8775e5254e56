//! Every status is a documented one.

use super::expect::responses;
use super::{Check, Judgement, Subject};
use crate::Purpose;

/// Only documented statuses.
#[derive(Debug)]
pub(super) struct StatusCodeConformance;

impl Check for StatusCodeConformance {
    fn name(&self) -> &'static str {
        "status_code_conformance"
    }

    fn about(&self) -> &'static str {
        "the status of every answer is documented for its operation"
    }

    fn clause(&self) -> &'static str {
        "`responses` of the operation, `x-conduct.responses`"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let Some(answer) = subject.answer() else {
            return Judgement::Silent;
        };
        // Server errors, undeclared methods and paths that are written otherwise are judged elsewhere.
        let elsewhere = matches!(subject.exchange.purpose, Purpose::UndeclaredMethod | Purpose::OtherPath(_));
        if elsewhere || answer.status >= 500 {
            return Judgement::Silent;
        }
        // A media type that the document does not speak of is refused by HTTP's own words (RFC 9110, 15.5.16).
        if subject.exchange.purpose == Purpose::WrongMediaType && answer.status == 415 {
            return Judgement::Silent;
        }
        if subject.operation.responses.is_empty() {
            return Judgement::Missing("`responses` of the operation");
        }
        if subject.response().is_some() {
            return Judgement::Held;
        }
        let made_up = (400..500).contains(&answer.status) && subject.operation.effect.is_empty();
        if subject.stand_in && made_up {
            return Judgement::Missing("a response for refusals (`4XX` or `default`)");
        }
        let mut known: Vec<String> =
            subject.operation.responses.iter().map(|one| one.status.to_string()).collect();
        let shared = subject.contract.conduct.responses.values().map(|one| one.status.to_string());
        known.extend(shared);
        known.sort();
        known.dedup();
        let message = format!("status {} is not documented: {}", answer.status, subject.exchange.summary());
        let says = format!("`{}` answers with {}", subject.operation.id, known.join(", "));
        Judgement::Broken(vec![subject.finding(self.name(), &responses(subject.operation), says, message)])
    }
}
