//! A method that a path does not have is refused.

use super::expect::refused;
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
        let outcome = &subject.contract.conduct.method_not_allowed;
        if statuses_of(subject.contract, subject.operation, outcome).is_empty() {
            return Judgement::Missing("a response for a method that a path does not have");
        }
        let path = subject.operation.pointer.parent().unwrap_or_default();
        let says = format!("`{}` has no {}", subject.operation.path.text, subject.exchange.request.method);
        let clause = Clause::at(subject.contract, &path, says);
        refused(self.name(), subject, outcome, clause, "the path does not have this method")
    }
}
