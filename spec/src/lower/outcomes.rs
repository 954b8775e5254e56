//! Whether every outcome an operation can end in is spoken by some response.

use std::collections::BTreeMap;

use super::{is_31, keys_but_extensions};
use crate::contract::{Location, Miss, Operation, Parameter, SchemeUse, Type, Verb};
use crate::{Contract, Diagnostic, Pointer};

/// Reports outcomes that nothing speaks.
pub(super) fn check(contract: &Contract) -> Vec<Diagnostic> {
    // Asked of the document: what is wrong elsewhere in `x-conduct` must not make every operation look wrong.
    let conduct = Pointer::root().child("x-conduct");
    let mut diagnostics = before_routing(contract);
    let with_effect = contract.operations.iter().filter(|operation| !operation.effect.is_empty());
    for operation in with_effect.filter(|operation| responses_are_readable(contract, operation)) {
        for (outcome, (at, why)) in endings(contract, operation) {
            let speaks = |outcomes: &[String]| outcomes.contains(&outcome);
            let spoken = operation.responses.iter().any(|response| speaks(&response.outcomes))
                || contract.document.get(&conduct.child("responses").child(&outcome)).is_some();
            if spoken {
                continue;
            }
            let id = &operation.id;
            let message = format!("`{id}` can end in `{outcome}`, but none of its responses says so");
            let mut diagnostic = Diagnostic::error("outcome-not-spoken", message)
                .at(&contract.document, &operation.pointer)
                .help(format!("add a response for it, or an example with `x-outcome: {outcome}`"));
            if at != operation.pointer {
                diagnostic = diagnostic.label(&contract.document, &at, why);
            }
            diagnostics.push(diagnostic);
        }
    }
    diagnostics
}

/// What a credential ends in that is refused before the path is looked up: no operation speaks for it.
fn before_routing(contract: &Contract) -> Vec<Diagnostic> {
    let at = contract.conduct.pointer.child("order");
    let responses = contract.conduct.pointer.child("responses");
    let mut diagnostics = Vec::new();
    for one in contract.conduct.refused_first.iter().flatten().flatten() {
        let Some(credential) = contract.scheme(&one.scheme).and_then(|scheme| scheme.credential.as_ref())
        else {
            continue;
        };
        let refused = credential.refused.as_deref().unwrap_or("unauthenticated");
        let malformed = credential.malformed.as_deref().unwrap_or(refused);
        let unknown = credential.unknown.as_deref().unwrap_or(refused);
        for outcome in [refused, malformed, unknown] {
            if contract.document.get(&responses.child(outcome)).is_none() {
                let message = format!(
                    "before the path is looked up a credential can end in `{outcome}`, but `x-conduct.responses` has no such outcome"
                );
                let help = format!("add `{outcome}: {{ status: 401, response: … }}` to `responses`");
                let diagnostic = Diagnostic::error("outcome-not-spoken", message);
                diagnostics.push(diagnostic.at(&contract.document, &at).help(help));
            }
        }
    }
    diagnostics
}

/// Whether every response could be read: one under a wrong status code may be the one that seems to be missing.
fn responses_are_readable(contract: &Contract, operation: &Operation) -> bool {
    let at = operation.pointer.child("responses");
    // OpenAPI 3.1 does not demand any; where they are demanded, that has been said.
    let is_told = contract.document.get(&at).is_none() && !is_31(&contract.document);
    !is_told && keys_but_extensions(&contract.document, &at).len() == operation.responses.len()
}

/// The outcomes an operation can end in, where each comes from, and why.
pub(super) fn endings(contract: &Contract, operation: &Operation) -> BTreeMap<String, (Pointer, String)> {
    let mut all: BTreeMap<String, (Pointer, String)> = BTreeMap::new();
    let mut add = |outcome: &str, at: &Pointer, why: &str| {
        all.entry(outcome.to_owned()).or_insert_with(|| (at.clone(), why.to_owned()));
    };
    add("ok", &operation.pointer, "");
    let needs_credential = |alternative: &Vec<SchemeUse>| {
        !alternative.is_empty()
            && alternative
                .iter()
                .all(|one| contract.scheme(&one.scheme).is_some_and(|scheme| scheme.credential.is_some()))
    };
    if !operation.security.is_empty() && operation.security.iter().all(needs_credential) {
        add("unauthenticated", &operation.pointer, "");
    }
    for one in operation.security.iter().flatten() {
        let Some(credential) = contract.scheme(&one.scheme).and_then(|scheme| scheme.credential.as_ref())
        else {
            continue;
        };
        let malformed = credential.malformed.iter().map(|outcome| (outcome, "malformed"));
        let unknown = credential.unknown.iter().map(|outcome| (outcome, "unknown"));
        let refused = credential.refused.iter().map(|outcome| (outcome, "else"));
        for (outcome, key) in malformed.chain(unknown).chain(refused) {
            add(outcome, &credential.pointer.child(key), "a credential that is presented can end so");
        }
    }
    for guard in &contract.conduct.require {
        add(&guard.outcome, &guard.pointer, "what fails this precondition ends so");
    }
    for parameter in &operation.parameters {
        let is_unknown_path = parameter.location == Location::Path && contract.conduct.match_parameters;
        if !is_unknown_path && can_be_refused(contract, parameter) {
            add(&parameter.outcome, &parameter.pointer, "a value that breaks its schema ends so");
        }
    }
    if let Some(body) = &operation.body {
        add("invalid", &body.pointer, "a body that breaks its schema ends so");
        // `too-large` has an answer of its own (RFC 9110, 15.5.14); a name of the document's needs one.
        if let Some(limit) = contract.conduct.body_limit.as_ref().filter(|limit| limit.outcome != "too-large")
        {
            add(&limit.outcome, &contract.conduct.pointer.child("body-limit"), "a larger body ends so");
        }
    }
    for step in &operation.effect {
        let collection = step.verb.collection().and_then(|name| contract.collections.get(name));
        let misses = matches!(
            step.verb,
            Verb::Find(_) | Verb::Update(..) | Verb::Replace(..) | Verb::Delete(_) | Verb::Require(_)
        );
        if let (true, Miss::Outcome(outcome)) = (misses, &step.miss) {
            add(outcome, &step.pointer, "a miss here ends so");
        }
        let writes = matches!(step.verb, Verb::Create { .. } | Verb::Update(..) | Verb::Replace(..));
        if writes && collection.is_some_and(|collection| !collection.unique.is_empty()) {
            add(&step.conflict, &step.pointer, "a value that another record has ends so");
        }
        if matches!(step.verb, Verb::Delete(_))
            && collection.is_some_and(|one| is_restricted(contract, &one.name))
        {
            add(&step.conflict, &step.pointer, "a record that others refer to ends so");
        }
        if let Verb::Call { outcomes, .. } = &step.verb {
            for outcome in outcomes {
                add(outcome, &step.pointer.child("outcomes"), "the action can end so");
            }
        }
    }
    all
}

/// Whether a request can break what is said of a parameter.
pub(super) fn can_be_refused(contract: &Contract, parameter: &Parameter) -> bool {
    let schema = contract.schema(parameter.schema);
    let any_text = schema.types == [Type::String]
        && schema.pattern.is_none()
        && schema.values.is_empty()
        && schema.format.is_none()
        && schema.length == (None, None);
    // What is missing from a path makes it another one.
    !any_text || parameter.required && parameter.location != Location::Path
}

fn is_restricted(contract: &Contract, name: &str) -> bool {
    contract.collections.values().flat_map(|collection| &collection.references).any(|(_, reference)| {
        reference.to == name && reference.on_delete == crate::contract::OnDelete::Restrict
    })
}
