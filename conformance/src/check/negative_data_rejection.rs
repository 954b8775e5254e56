//! What breaks one rule is refused.

use tercet_spec::contract::{Miss, Operation, Verb};

use super::expect::refused_by_any;
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
        let mut outcomes = vec![breach.outcome.as_str()];
        if breach.part == Part::Body {
            outcomes.extend(early(subject.operation));
        }
        refused_by_any(self.name(), subject, &outcomes, breach.clause.clone(), &what)
    }
}

/// What steps end in that come before the body is validated: the record that a breach is sent at may be one they miss.
fn early(operation: &Operation) -> impl Iterator<Item = &str> {
    let steps = operation.effect.iter().take_while(|step| step.before_validation);
    steps.flat_map(|step| {
        let miss = match (&step.verb, &step.miss) {
            (Verb::Find(_) | Verb::Require(_), Miss::Outcome(name)) => Some(name.as_str()),
            _ => None,
        };
        let action = match &step.verb {
            Verb::Call { outcomes, .. } => outcomes.as_slice(),
            _ => &[],
        };
        miss.into_iter().chain(action.iter().map(String::as_str))
    })
}
