//! A body that cannot be read is refused.

use super::expect::refused;
use super::{Check, Judgement, Subject};
use crate::{Clause, Purpose};

/// Bodies must be readable.
#[derive(Debug)]
pub(super) struct BrokenBodyRejection;

impl Check for BrokenBodyRejection {
    fn name(&self) -> &'static str {
        "broken_body_rejection"
    }

    fn about(&self) -> &'static str {
        "a body that is not of the syntax of its media type is refused as documented"
    }

    fn clause(&self) -> &'static str {
        "`requestBody` of the operation"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let (Purpose::BrokenBody, Some(body)) = (&subject.exchange.purpose, &subject.operation.body) else {
            return Judgement::Silent;
        };
        let clause = Clause::at(subject.contract, &body.pointer, "the body is JSON");
        refused(self.name(), subject, "invalid", clause, "the body is no JSON")
    }
}
