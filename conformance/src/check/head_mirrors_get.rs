//! HEAD is GET without the body.

use super::{Check, Judgement, Subject};
use crate::Purpose;

/// HEAD and GET agree.
#[derive(Debug)]
pub(super) struct HeadMirrorsGet;

impl Check for HeadMirrorsGet {
    fn name(&self) -> &'static str {
        "head_mirrors_get"
    }

    fn about(&self) -> &'static str {
        "HEAD has the status and media type of GET and no body"
    }

    fn clause(&self) -> &'static str {
        "`x-conduct.head`; RFC 9110, 9.3.2"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let (Purpose::Head(_), Some(answer)) = (&subject.exchange.purpose, subject.answer()) else {
            return Judgement::Silent;
        };
        let Some(get) = subject.beside.and_then(|get| get.answer.as_ref().ok()) else {
            return Judgement::Silent;
        };
        let mut wrong = Vec::new();
        if answer.status != get.status {
            wrong.push(format!("its status is {} where that of GET is {}", answer.status, get.status));
        }
        if !answer.body.is_empty() {
            wrong.push("it has a body".to_owned());
        }
        let (own, other) = (answer.media_type(), get.media_type());
        if own.is_some() && other.is_some() && own != other {
            wrong.push("its `Content-Type` is not that of GET".to_owned());
        }
        if wrong.is_empty() {
            return Judgement::Held;
        }
        let says = "HEAD is answered as GET is, without the body (RFC 9110, 9.3.2)";
        let message = format!("{}: {}", wrong.join(", "), subject.exchange.summary());
        Judgement::Broken(vec![subject.finding(self.name(), &subject.operation.pointer, says, message)])
    }
}
