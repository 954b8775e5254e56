//! What the document allows is accepted.

use tercet_spec::contract::{Miss, Operation, Verb};

use super::{Check, Judgement, Subject};
use crate::Purpose;
use crate::reading::{endings, spoken, statuses_of};

/// Good data is accepted.
#[derive(Debug)]
pub(super) struct PositiveDataAcceptance;

impl Check for PositiveDataAcceptance {
    fn name(&self) -> &'static str {
        "positive_data_acceptance"
    }

    fn about(&self) -> &'static str {
        "a request that keeps every rule of the document is not refused as invalid"
    }

    fn clause(&self) -> &'static str {
        "`parameters`, `requestBody` and `x-effect` of the operation"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let (Some(answer), Purpose::Valid { variant, certain, sound }) =
            (subject.answer(), &subject.exchange.purpose)
        else {
            return Judgement::Silent;
        };
        // Undocumented statuses and server errors have checks of their own.
        if (200..300).contains(&answer.status) || answer.status >= 500 || subject.response().is_none() {
            return Judgement::Held;
        }
        let (contract, operation) = (subject.contract, subject.operation);
        let said = spoken(contract, operation, answer.status, answer.json.as_ref());
        if said.is_empty() {
            return Judgement::Silent;
        }
        // A success by another name: what is asked for may be a teapot's refusal.
        if said.iter().any(|outcome| outcome == "ok") {
            return Judgement::Held;
        }
        let mut by_effect = endings(contract, operation);
        if *sound && !requires_invalid(operation) {
            // What a create or update would say of a reference that dangles.
            by_effect.retain(|outcome| outcome != "invalid");
        }
        if !*sound {
            // What it refers to is not there, whatever the schemas allow.
            by_effect.push("invalid".to_owned());
        }
        let allowed = |outcome: &String| {
            if operation.effect.is_empty() {
                outcome != "invalid"
            } else {
                !certain && by_effect.contains(outcome)
            }
        };
        if said.iter().any(allowed) {
            return Judgement::Held;
        }
        let success = super::expect::list(&statuses_of(contract, operation, "ok"));
        let message = format!(
            "what the document allows ({variant}) is refused as `{}`; expected {success}, {}",
            said.join("` or `"),
            subject.exchange.summary()
        );
        let pointer = operation.body.as_ref().map_or(&operation.pointer, |body| &body.pointer);
        let says = format!("what `{}` accepts", operation.id);
        Judgement::Broken(vec![subject.finding(self.name(), pointer, says, message)])
    }
}

/// Whether a step's own test can end in `invalid`.
fn requires_invalid(operation: &Operation) -> bool {
    operation.effect.iter().any(|step| match (&step.verb, &step.miss) {
        (Verb::Call { outcomes, .. }, _) => outcomes.iter().any(|one| one == "invalid"),
        (_, Miss::Outcome(outcome)) => outcome == "invalid",
        _ => false,
    })
}
