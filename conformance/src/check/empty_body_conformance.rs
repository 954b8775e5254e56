//! What is documented without a body has none.

use super::{Check, Judgement, Subject};

/// No body where none is documented.
#[derive(Debug)]
pub(super) struct EmptyBodyConformance;

impl Check for EmptyBodyConformance {
    fn name(&self) -> &'static str {
        "empty_body_conformance"
    }

    fn about(&self) -> &'static str {
        "an answer that is documented without content has no body"
    }

    fn clause(&self) -> &'static str {
        "a response without `content`; RFC 9110, 15.3.5"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let (Some(answer), true) = (subject.answer(), subject.is_own_method()) else {
            return Judgement::Silent;
        };
        let Some(response) = subject.response() else {
            return Judgement::Silent;
        };
        let says = match answer.status {
            204 | 304 => "a 204 or 304 has no body (RFC 9110, 15.3.5 and 15.4.5)",
            _ if response.content.is_empty() => "no `content`: the answer has no body",
            _ => return Judgement::Silent,
        };
        // Client libraries do not read a body where there can be none; that one was announced is still seen.
        let promised =
            answer.header("content-length").filter(|length| answer.status == 204 && *length != "0");
        if let Some(length) = promised {
            let message = format!("a body of {length} bytes is announced: {}", subject.exchange.summary());
            return Judgement::Broken(vec![subject.finding(self.name(), &response.pointer, says, message)]);
        }
        if answer.body.is_empty() {
            return Judgement::Held;
        }
        let message =
            format!("there is a body of {} bytes: {}", answer.body.len(), subject.exchange.summary());
        Judgement::Broken(vec![subject.finding(self.name(), &response.pointer, says, message)])
    }
}
