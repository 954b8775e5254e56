//! What does not exist is not found.

use tercet_spec::contract::{Miss, Verb};

use super::expect::refused_by_any;
use super::{Check, Judgement, Subject};
use crate::{Clause, Purpose};

/// Unknown names are refused.
#[derive(Debug)]
pub(super) struct UnknownRecordRefusal;

impl Check for UnknownRecordRefusal {
    fn name(&self) -> &'static str {
        "unknown_record_refusal"
    }

    fn about(&self) -> &'static str {
        "a request that names a record which does not exist ends in the documented outcome"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: the first step that takes a record, and its `else`"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        if subject.exchange.purpose != Purpose::MadeUp {
            return Judgement::Silent;
        }
        let takes = |verb: &Verb| {
            matches!(verb, Verb::Find(_) | Verb::Update(..) | Verb::Replace(..) | Verb::Delete(_))
        };
        let first = subject.operation.effect.iter().find(|step| takes(&step.verb) && step.when.is_none());
        let Some(step) = first else {
            return Judgement::Missing("a step that takes a record");
        };
        let Miss::Outcome(outcome) = &step.miss else {
            return Judgement::Silent;
        };
        let clause = Clause::at(subject.contract, &step.pointer, format!("a miss ends in `{outcome}`"));
        // Actions that stand before it may refuse for reasons of their own.
        let steps = subject.operation.effect.iter().take_while(|one| one.pointer != step.pointer);
        let mut outcomes = vec![outcome.as_str()];
        for earlier in steps {
            if let Verb::Call { outcomes: own, .. } = &earlier.verb {
                outcomes.extend(own.iter().map(String::as_str));
            }
        }
        refused_by_any(self.name(), subject, &outcomes, clause, "the record that is named was made up")
    }
}
