//! `strangers` and `anonymous`: what a step ends in for callers who may not do it.

use super::{Lowering, outcomes};
use crate::contract::{Miss, Operation, Rights, Step, Verb};
use crate::vocabulary::{RawDoes, RawMany, RawStep};
use crate::{Contract, Diagnostic, Pointer};

/// The keys that say it.
const KEYS: [&str; 2] = ["strangers", "anonymous"];

impl Lowering<'_> {
    /// Who may not do what a step does. `name` is its verb, `at` the step.
    pub(super) fn rights(&mut self, raw: &mut RawStep, name: &str, verb: &Verb, at: &Pointer) -> Rights {
        let said = raw.call.as_mut().and_then(|call| call.does.as_mut());
        let (holder, strangers, anonymous) = match said {
            Some(RawDoes { strangers, anonymous, .. }) => {
                (at.child(name).child("does"), strangers.take(), anonymous.take())
            }
            None => (at.clone(), raw.strangers.take(), raw.anonymous.take()),
        };
        if matches!(name, "call" | "require" | "serve") {
            let help = match name {
                "call" => "say in `does` what the action amounts to, and there who may not",
                _ => "say it beside the step that works on the record",
            };
            let written: Vec<&str> = KEYS.into_iter().filter(|key| self.has(&at.child(key))).collect();
            for key in written {
                let message = format!("`{key}` means nothing beside `{name}`");
                self.error("keyword", &at.child(key), message, help);
            }
        }
        let list = |one: Option<RawMany<String>>| one.map(RawMany::into_vec).unwrap_or_default();
        let rights = Rights { strangers: list(strangers), anonymous: list(anonymous) };
        if !verb.seen().reads() {
            for (key, own) in KEYS.into_iter().zip([&rights.strangers, &rights.anonymous]) {
                if own.iter().any(|outcome| outcome == "ok") {
                    let message =
                        format!("`{key}` is `ok` beside a verb that writes: then there is no right");
                    self.error("keyword", &holder.child(key), message, "leave it out, or name a refusal");
                }
            }
        }
        rights
    }
}

/// Reports what cannot hold: outcomes that an operation does not end in, and what is said of callers who are not let in.
pub(super) fn check(contract: &Contract) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for operation in contract.operations.iter() {
        let endings = outcomes::endings(contract, operation);
        let let_in = operation.security.is_empty() || operation.security.iter().any(Vec::is_empty);
        for step in &operation.effect {
            let at = holder(step);
            let keys = KEYS.into_iter().zip([&step.rights.strangers, &step.rights.anonymous]);
            let mut named: Vec<(&str, &String)> =
                keys.flat_map(|(key, own)| own.iter().map(move |one| (key, one))).collect();
            if let (Verb::Call { .. }, Miss::Outcome(miss)) = (&step.verb, &step.miss) {
                let written = contract.document.get(&at.child("else")).is_some();
                named.extend(written.then_some(("else", miss)));
            }
            for (key, outcome) in named.into_iter().filter(|(_, one)| !endings.contains_key(*one)) {
                diagnostics.push(unknown(contract, operation, &at.child(key), key, outcome));
            }
            if !let_in && !step.rights.anonymous.is_empty() {
                let id = &operation.id;
                let message =
                    format!("nobody gets into `{id}` without a credential: there is nothing to say");
                let diagnostic = Diagnostic::error("keyword", message);
                let help = "remove it: such a caller ends in `unauthenticated`; or add `{}` to `security`";
                diagnostics.push(diagnostic.at(&contract.document, &at.child("anonymous")).help(help));
            }
        }
    }
    diagnostics
}

fn unknown(contract: &Contract, operation: &Operation, at: &Pointer, key: &str, outcome: &str) -> Diagnostic {
    let message = format!("`{key}` names `{outcome}`, but `{}` does not end so", operation.id);
    Diagnostic::error("unknown-outcome", message).at_value(&contract.document, at).help(
        "name an outcome that a step of the operation ends in: for an action one of its `outcomes`, else that of a miss",
    )
}

/// Where a step's rights are written.
fn holder(step: &Step) -> Pointer {
    match &step.verb {
        Verb::Call { .. } => step.pointer.child("does"),
        _ => step.pointer.parent().unwrap_or_default(),
    }
}
