//! Which operations may have the body itself instead of a copy: it may be megabytes, and most look at it only once.

use tercet_spec::Contract;
use tercet_spec::contract::{Operation, Verb};
use tercet_spec::language::{Expression, Source, ValueExpr};

use crate::mention;

const BODY: &str = "$request.body";

/// By operation: whether one step takes the whole body and nothing else looks at it, before or after.
pub(crate) fn hands_over(contract: &Contract) -> Vec<bool> {
    let effects: Vec<_> =
        contract.operations.iter().map(|operation| in_effect(contract, operation)).collect();
    // A response or a schema that reads the body does so after the effect.
    let elsewhere = mention::count(contract.document.root(), BODY) != effects.iter().sum::<usize>();
    let operations = contract.operations.iter().zip(effects);
    operations.map(|(operation, mentioned)| !elsewhere && takes_whole(operation, mentioned)).collect()
}

/// Whether exactly one step reads the body, and all of it.
fn takes_whole(operation: &Operation, mentioned: usize) -> bool {
    let is_body = |value: &ValueExpr| matches!(value, ValueExpr::Expression(one) if is_whole(one));
    let (mut given, mut unsaid, mut calls) = (0, 0, false);
    for step in &operation.effect {
        match &step.verb {
            Verb::Call { with, .. } => {
                calls = true;
                given += with.iter().filter(|(_, value)| is_body(value)).count();
            }
            Verb::Create { set: None, each: None, .. } | Verb::Update(_, None) | Verb::Replace(_, None) => {
<<<<<<< HEAD
                unsaid += 1;
=======
                unsaid += 1
>>>>>>> b-trash
            }
            _ => {}
        }
    }
    match (given, unsaid) {
        (1, 0) => mentioned == 1,
        // An action sees the request: where there is one, the body stays in it.
        (0, 1) => mentioned == 0 && !calls,
        _ => false,
    }
}

/// `$request.body`
pub(crate) fn is_whole(expression: &Expression) -> bool {
    expression.source == Source::Body && expression.path.is_empty()
}

fn in_effect(contract: &Contract, operation: &Operation) -> usize {
    contract
        .document
        .get(&operation.pointer.child("x-effect"))
        .map_or(0, |effect| mention::count(effect, BODY))
}

#[cfg(test)]
mod tests {
    use tercet_spec::Document;

    use super::hands_over;

    fn of(effects: &[&str], response: &str) -> Vec<bool> {
        let paths: String = effects
            .iter()
            .enumerate()
            .map(|(index, effect)| {
                format!(
                    "  /{index}: {{ post: {{ operationId: o{index}, responses: {{ '200': {response} }}, x-effect: {effect} }} }}\n"
                )
            })
            .collect();
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\nx-collections: {{ things: {{ schema: Thing }} }}\npaths:\n{paths}components:\n  schemas:\n    Thing: {{ type: object, properties: {{ id: {{ type: string }} }} }}\n"
        );
        let (contract, _) = tercet_spec::lower(&Document::parse("t.yaml", text).unwrap());
        hands_over(&contract)
    }

    #[test]
    fn the_only_reader_of_the_whole_body_gets_it() {
        let effects = [
            "{ create: { in: things } }",
            "[ { call: { action: a, with: { document: $request.body, id: x } } } ]",
            "[ { create: { in: things } }, { update: { in: things, where: { id: x } } } ]",
            "[ { find: { in: things, where: { id: $request.body.id } } }, { call: { action: a, with: { document: $request.body } } } ]",
            "[ { create: { in: things } }, { call: { action: a, with: { id: x } } } ]",
            "[ { call: { action: a, with: { document: { part: $request.body } } } } ]",
            "{ list: { in: things } }",
        ];
        let plain = "{ description: ok }";
        assert_eq!(of(&effects, plain), [true, true, false, false, false, false, false]);
    }

    #[test]
    fn an_answer_that_looks_back_at_the_body_keeps_it() {
        let response = "{ description: ok, content: { application/json: { schema: { type: string, x-value: $request.body.id } } } }";
        assert_eq!(of(&["{ create: { in: things } }"], response), [false]);
    }
}
