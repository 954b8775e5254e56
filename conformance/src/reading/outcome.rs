//! Which outcome an answer speaks, and which answers speak an outcome.

use serde_json::Value;
use tercet_spec::contract::{Contract, Miss, Operation, Response, Status, Verb};
use tercet_spec::language::{Source, TextPart, ValueExpr};

/// The response that the contract has for a status of an operation: its own, else the platform's.
#[must_use]
pub fn response_for<'c>(
    contract: &'c Contract,
    operation: &'c Operation,
    status: u16,
) -> Option<&'c Response> {
    responses_for(contract, operation, status).into_iter().next()
}

/// Every response that the contract has for a status, the most specific first.
#[must_use]
pub fn responses_for<'c>(contract: &'c Contract, operation: &'c Operation, status: u16) -> Vec<&'c Response> {
    let mut own: Vec<&Response> =
        operation.responses.iter().filter(|one| one.status.covers(status)).collect();
    own.sort_by_key(|one| match one.status {
        Status::Code(_) => 0,
        Status::Range(_) => 1,
        Status::Default => 2,
    });
    let exact: Vec<&Response> =
        own.iter().copied().filter(|one| matches!(one.status, Status::Code(_))).collect();
    // A code that is written out says more than a range, and a range more than `default` (OpenAPI 3.0.3, "Responses Object").
    let mut all = if exact.is_empty() { own } else { exact };
    let shared =
        contract.conduct.responses.values().filter(|one| one.status == status).map(|one| &one.response);
    all.extend(shared);
    all
}

/// The status codes that speak an outcome of an operation; none when the contract does not say.
#[must_use]
pub fn statuses_of(contract: &Contract, operation: &Operation, outcome: &str) -> Vec<Status> {
    let speaks = |one: &&Response| one.outcomes.iter().any(|own| own == outcome);
    let own: Vec<Status> = operation.responses.iter().filter(speaks).map(|one| one.status).collect();
    if !own.is_empty() {
        return own;
    }
    contract.conduct.responses.get(outcome).map(|one| Status::Code(one.status)).into_iter().collect()
}

/// The outcomes that an answer may speak: those of its status whose example, where they have one, it looks like.
#[must_use]
pub fn spoken(contract: &Contract, operation: &Operation, status: u16, body: Option<&Value>) -> Vec<String> {
    let mut outcomes: Vec<String> = Vec::new();
    let mut add = |name: &str, response: &Response| {
        let fits = match (response.example_for(name).and_then(|(_, example)| example.template.as_ref()), body)
        {
            (Some(template), Some(body)) => looks_like(template, body),
            _ => true,
        };
        if fits && !outcomes.iter().any(|own| own == name) {
            outcomes.push(name.to_owned());
        }
    };
    for response in operation.responses.iter().filter(|one| one.status.covers(status)) {
        response.outcomes.iter().for_each(|name| add(name, response));
    }
    for (name, one) in contract.conduct.responses.iter().filter(|(_, one)| one.status == status) {
        add(name, &one.response);
    }
    outcomes
}

/// The outcomes, besides `ok`, that the effect itself can end in when everything about the request is as it should be.
#[must_use]
pub fn endings(contract: &Contract, operation: &Operation) -> Vec<String> {
    let mut all: Vec<String> = contract.conduct.require.iter().map(|guard| guard.outcome.clone()).collect();
    for step in &operation.effect {
        match &step.verb {
            Verb::Find(_) | Verb::Delete(_) | Verb::Require(_) => all.extend(miss(&step.miss)),
            Verb::Create { .. } | Verb::Update(..) | Verb::Replace(..) => {
                if !matches!(step.verb, Verb::Create { .. }) {
                    all.extend(miss(&step.miss));
                }
                all.push(step.conflict.clone());
                let own = step.verb.collection().and_then(|name| contract.collections.get(name));
                if own.is_none_or(|own| !own.references.is_empty()) {
                    all.push("invalid".to_owned());
                }
            }
            Verb::Call { outcomes, .. } => all.extend(outcomes.iter().cloned()),
            Verb::List(_) | Verb::Serve(_) => {}
        }
        if matches!(step.verb, Verb::Delete(_)) {
            all.push(step.conflict.clone());
        }
    }
    all
}

/// Whether the document says of the operation that it can end so: an outcome that its steps name has this status. That the status is
/// declared is not enough.
#[must_use]
pub fn ends_in(contract: &Contract, operation: &Operation, status: u16) -> bool {
    let covers =
        |outcome: &String| statuses_of(contract, operation, outcome).iter().any(|one| one.covers(status));
    endings(contract, operation).iter().any(covers)
}

fn miss(miss: &Miss) -> Option<String> {
    match miss {
        Miss::Outcome(name) => Some(name.clone()),
        Miss::Pass => None,
    }
}

/// Whether a value could have been made from a template: literal parts are the same, the rest has the right kind.
fn looks_like(template: &ValueExpr, value: &Value) -> bool {
    match template {
        ValueExpr::Literal(literal) => literal == value,
        ValueExpr::Expression(expression) => {
            match (&expression.source, expression.path.first().map(String::as_str)) {
                (Source::Outcome, Some("messages")) => value.is_array(),
                (Source::Outcome, Some("message" | "name"))
                | (Source::Now | Source::Url | Source::Origin | Source::Method, None) => value.is_string(),
                _ => true,
            }
        }
        ValueExpr::Text(parts) => value.as_str().is_some_and(|text| text_fits(parts, text)),
        ValueExpr::Object(members) => members.iter().all(|(name, member)| match value.get(name) {
            Some(value) => looks_like(member, value),
            None => !matches!(member, ValueExpr::Literal(_) | ValueExpr::Object(_)),
        }),
        ValueExpr::List(items) => value.as_array().is_some_and(|own| {
            own.len() == items.len() && items.iter().zip(own).all(|(item, own)| looks_like(item, own))
        }),
        ValueExpr::Concat(_)
        | ValueExpr::PercentEncode(_)
        | ValueExpr::Checksum(..)
        | ValueExpr::HttpDate(_)
        | ValueExpr::After(..) => value.is_string(),
        ValueExpr::Epoch(..) => value.is_number() || value.is_null(),
        ValueExpr::First(_) | ValueExpr::Split(_) | ValueExpr::Count(_) | ValueExpr::Select(..) => true,
    }
}

/// Whether the literal parts stand in the text, in order, the first and last at its ends.
fn text_fits(parts: &[TextPart], text: &str) -> bool {
    let mut rest = text;
    for (index, part) in parts.iter().enumerate() {
        let TextPart::Literal(literal) = part else {
            continue;
        };
        match rest.find(literal.as_str()) {
            Some(at) if index > 0 || at == 0 => rest = &rest[at + literal.len()..],
            _ => return false,
        }
    }
    rest.is_empty() || matches!(parts.last(), Some(TextPart::Expression(_)))
}
