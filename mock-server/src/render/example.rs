//! Answers for operations that have no effect: from the document's examples, else made from its schemas.

use serde_json::Value;
use tercet_spec::Contract;
use tercet_spec::contract::{Operation, Response, Status};

use super::answer::{Answer, add_header, is_json, set_media};
use super::generate::Generator;
use super::json::json_text;
use super::negotiate::best;
use crate::inputs::{Inputs, Parameters};

/// The answer of an operation without an effect. `status` and `example` are wishes.
pub(crate) fn example_answer(
    contract: &Contract,
    seed: u64,
    operation: &Operation,
    inputs: &Inputs,
    status: Option<u16>,
    example: Option<&str>,
) -> Answer {
    let Some((response, code)) = choose(operation, status) else {
        return Answer {
            status: status.unwrap_or(200),
            outcome: "ok".into(),
            explanation: "the operation declares no such response".into(),
            ..Answer::default()
        };
    };
    let mut answer = Answer {
        status: code,
        outcome: "ok".into(),
        explanation: "the operation has no effect: answered from its examples and schemas".into(),
        ..Answer::default()
    };
    let mut generator = Generator::new(contract, seed, &operation.id);
    for header in &response.headers {
        if header.required
            && let Some(text) = scalar_text(&generator.value(header.schema))
        {
            add_header(&mut answer.headers, &header.name, &text);
        }
    }
    let accept = inputs.header.get("accept").and_then(Value::as_str);
    let Some(media) = best(response.content.iter(), accept).filter(|_| code != 204 && code != 304) else {
        return answer;
    };
    let named = media.examples.iter().find(|one| Some(one.name.as_str()) == example);
    let value = match named.or_else(|| media.examples.first()) {
        Some(example) => example.raw.clone(),
        None => match media.schema {
            Some(schema) => echo(generator.value(schema), &inputs.path),
            None => return answer,
        },
    };
    let text = match value {
        Value::String(text) if !is_json(&media.name) => text.into_bytes(),
        value => json_text(&value, contract.conduct.escape),
    };
    let name = if media.name.contains('*') { "application/json" } else { media.name.as_str() };
    set_media(&mut answer.headers, name);
    answer.body = text.into();
    answer
}

/// The response for the wished code; without a wish the lowest success, else whatever there is.
fn choose(operation: &Operation, wished: Option<u16>) -> Option<(&Response, u16)> {
    if let Some(code) = wished {
        let covering = operation.responses.iter().filter(|one| one.status.covers(code));
        return covering.min_by_key(|one| one.status).map(|response| (response, code));
    }
    let success = operation.responses.iter().filter(|one| one.status.code() / 100 == 2);
    if let Some(response) = success.min_by_key(|one| one.status.code()) {
        return Some((response, response.status.code()));
    }
    let default = operation.responses.iter().find(|one| one.status == Status::Default);
    default
        .map(|response| (response, 200))
        .or_else(|| operation.responses.first().map(|response| (response, response.status.code())))
}

/// `GET /pets/7` answers with the pet whose `id` is 7.
fn echo(mut value: Value, path: &Parameters) -> Value {
    if let Value::Object(members) = &mut value {
        for (name, own) in members {
            if let Some(asked) = path.get(name)
                && std::mem::discriminant(asked) == std::mem::discriminant(own)
            {
                own.clone_from(asked);
            }
        }
    }
    value
}

fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}
