//! What breaks one rule is refused.

use super::expect::refused;
use super::{Check, Judgement, Subject};
use crate::Purpose;
use crate::generate::Part;

/// Bad data is refused.
#[derive(Debug)]
pub(super) struct NegativeDataRejection;

impl Check for NegativeDataRejection {
    fn name(&self) -> &'static str {
        "negative_data_rejection"
    }

    fn about(&self) -> &'static str {
        "a request that breaks exactly one rule of the document is refused as documented"
    }

    fn clause(&self) -> &'static str {
        "the broken rule of a schema"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let Purpose::Invalid(breach) = &subject.exchange.purpose else {
            return Judgement::Silent;
        };
        if super::missing_required_header::is_about(subject, breach) {
            return Judgement::Silent;
        }
        let part = match breach.part {
            Part::Body => "body".to_owned(),
            Part::Parameter(index) => subject
                .operation
                .parameters
                .get(index)
                .map_or_else(String::new, |one| format!("parameter `{}`", one.name)),
        };
        let what = format!("the {part} breaks a rule: {}", breach.what);
        refused(self.name(), subject, &breach.outcome, breach.clause.clone(), &what)
    }
}
