//! Without the right credential, no entry.

use super::expect::refused_by_any;
use super::{Check, Judgement, Subject};
use crate::{Clause, Denial, Purpose};

/// Credentials are judged.
#[derive(Debug)]
pub(super) struct IgnoredAuth;

impl Check for IgnoredAuth {
    fn name(&self) -> &'static str {
        "ignored_auth"
    }

    fn about(&self) -> &'static str {
        "an operation that asks for a credential refuses none, a wrong one, and one in another scheme"
    }

    fn clause(&self) -> &'static str {
        "`security` of the operation"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let Purpose::Denied(denial) = &subject.exchange.purpose else {
            return Judgement::Silent;
        };
        let operation = subject.operation;
        let names: Vec<&str> = operation.security.iter().flatten().map(|one| one.scheme.as_str()).collect();
        let own = operation.pointer.child("security");
        let pointer = match subject.contract.document.get(&own) {
            Some(_) => own,
            None => tercet_spec::Pointer::root().child("security"),
        };
        let clause = Clause::at(
            subject.contract,
            &pointer,
            format!("`{}` asks for `{}`", operation.id, names.join("` or `")),
        );
        let what = match denial {
            Denial::None => "no credential was presented",
            Denial::Wrong => "the credential was made up",
            Denial::OtherScheme => "the credential was presented in another scheme",
        };
        let outcomes = outcomes(subject, *denial);
        refused_by_any(self.name(), subject, &outcomes, clause, what)
    }
}

/// What a denial may end in: where something is presented, the outcomes that the schemes have for what they do not accept.
fn outcomes<'s>(subject: &Subject<'s>, denial: Denial) -> Vec<&'s str> {
    let mut all = vec!["unauthenticated"];
    if denial == Denial::None {
        return all;
    }
    let contract = subject.contract;
    let schemes = subject.operation.security.iter().flatten();
    for rule in schemes.filter_map(|one| contract.scheme(&one.scheme)?.credential.as_ref()) {
        let named = rule.malformed.iter().chain(&rule.refused).map(String::as_str);
        all.extend(named.filter(|one| *one != "unauthenticated"));
    }
    all.dedup();
    all
}
