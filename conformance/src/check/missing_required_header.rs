//! A request without a required header is refused.

use tercet_spec::contract::Location;

use super::expect::refused;
use super::{Check, Judgement, Subject};
use crate::Purpose;
use crate::generate::{Breach, Part};

/// Required headers are required.
#[derive(Debug)]
pub(super) struct MissingRequiredHeader;

impl Check for MissingRequiredHeader {
    fn name(&self) -> &'static str {
        "missing_required_header"
    }

    fn about(&self) -> &'static str {
        "a request without a required header parameter is refused as documented"
    }

    fn clause(&self) -> &'static str {
        "`required` of a header parameter"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        match &subject.exchange.purpose {
            Purpose::Invalid(breach) if is_about(subject, breach) => {
                refused(self.name(), subject, &breach.outcome, breach.clause.clone(), &breach.what)
            }
            _ => Judgement::Silent,
        }
    }
}

/// Whether a breach is the absence of a required header.
pub(super) fn is_about(subject: &Subject<'_>, breach: &Breach) -> bool {
    let Part::Parameter(index) = breach.part else {
        return false;
    };
    breach.rule == "required"
        && subject.operation.parameters.get(index).is_some_and(|one| one.location == Location::Header)
}
