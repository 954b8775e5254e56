//! A method that a path does not have is refused.

use super::expect::refused_by_any;
use super::{Check, Judgement, Subject};
use crate::reading::statuses_of;
use crate::{Clause, Purpose};

/// Undeclared methods are refused.
#[derive(Debug)]
pub(super) struct UnsupportedMethod;

impl Check for UnsupportedMethod {
    fn name(&self) -> &'static str {
        "unsupported_method"
    }

    fn about(&self) -> &'static str {
        "a method that the document does not declare for a path is refused as documented"
    }

    fn clause(&self) -> &'static str {
        "`paths`, `x-conduct.method-not-allowed`, a response for 405"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        if subject.exchange.purpose != Purpose::UndeclaredMethod {
            return Judgement::Silent;
        }
        let conduct = &subject.contract.conduct;
        let unrouted = conduct.unrouted.iter().map(|rule| &rule.outcome);
        let outcomes: Vec<&str> = unrouted.chain([&conduct.method_not_allowed]).map(String::as_str).collect();
        let speaks = |outcome: &&str| !statuses_of(subject.contract, subject.operation, outcome).is_empty();
        if !outcomes.iter().any(speaks) {
            return Judgement::Missing("a response for a method that a path does not have");
        }
        let path = subject.operation.pointer.parent().unwrap_or_default();
        let says = format!("`{}` has no {}", subject.operation.path.text, subject.exchange.request.method);
        let clause = Clause::at(subject.contract, &path, says);
        refused_by_any(self.name(), subject, &outcomes, clause, "the path does not have this method")
    }
}
