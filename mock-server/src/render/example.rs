//! Answers for operations that have no effect: from the document's examples, else made from its schemas.

use serde_json::{Value, json};
use tercet_spec::Contract;
use tercet_spec::contract::{Example, Flavour, MediaType, Operation, Response, SchemaId, Status};

use super::answer::{Answer, add_header, is_json, set_media};
use super::keep::Made;
use super::media;
use super::negotiate::{best, is_welcome};
use crate::inputs::{Inputs, Parameters};

/// What is asked of an operation without an effect.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) made: &'a Made,
    pub(crate) operation: &'a Operation,
    pub(crate) inputs: &'a Inputs,
}

/// The answer of an operation without an effect. `status` and `example` are wishes.
pub(crate) fn example_answer(asked: Asked<'_>, status: Option<u16>, example: Option<&str>) -> Answer {
    let Asked { contract, made, operation, inputs } = asked;
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
    for header in &response.headers {
        if header.required
            && let Some(text) = scalar_text(&made.ample(contract, &operation.id, header.schema).value)
        {
            add_header(&mut answer.headers, &header.name, &text);
        }
    }
    // RFC 9110, 15.3.5 and 15.4.5: 204 and 304 have no body.
    if response.content.is_empty() || code == 204 || code == 304 {
        return answer;
    }
    let accept = inputs.header.get("accept").and_then(Value::as_str);
    let media = match choose_media(contract, response, accept) {
        Ok(media) => media,
        Err(refused) => return refused,
    };
    let named = media.examples.iter().find(|one| Some(one.name.as_str()) == example);
    if let Some(value) = value(asked, media, named.or_else(|| media.examples.first()), &mut answer) {
        match media::write(&media.name, &value, contract.conduct.escape) {
            Some(body) => answer.body = body,
            None => return not_written(&media.name),
        }
        let name = if media.name.contains('*') { "application/json" } else { media.name.as_str() };
        set_media(&mut answer.headers, name);
    }
    answer
}

/// The example, else what is made from the schema; `None` where there is neither.
fn value(
    asked: Asked<'_>,
    media: &MediaType,
    example: Option<&Example>,
    answer: &mut Answer,
) -> Option<Value> {
    let Asked { contract, made, operation, inputs } = asked;
    if let Some(example) = example {
        return Some(example.raw.clone());
    }
    let schema = media.schema?;
    let kept = made.ample(contract, &operation.id, schema);
    if let Some(fault) = &kept.fault {
        let explanation = format!("{}; nothing that keeps its schema was found: {fault}", answer.explanation);
        answer.explanation = explanation.into();
    }
    Some(echo(contract, schema, &kept.value, &inputs.path))
}

/// The media type to answer with: one that can be written, JSON before others unless `Accept` prefers those.
fn choose_media<'r>(
    contract: &Contract,
    response: &'r Response,
    accept: Option<&str>,
) -> Result<&'r MediaType, Answer> {
    let writable = |media: &&MediaType| media::is_writable(contract, media);
    let json = response.content.iter().filter(|media| is_json(&media.name));
    let others = response.content.iter().filter(|media| !is_json(&media.name)).filter(writable);
    let offered = json.chain(others);
    let first = response.content.first().map_or("", |media| media.name.as_str());
    let Some(media) = best(offered.clone(), accept) else { return Err(not_written(first)) };
    let wanted = response.content.iter().find(|media| is_welcome(media, accept));
    match wanted {
        Some(wanted) if !is_welcome(media, accept) => {
            let names: Vec<_> = offered.map(|media| format!("`{}`", media.name)).collect();
            Err(problem(
                406,
                "not-acceptable",
                format!(
                    "the document declares `{}`, which is not made from schemas here: accept {}, or add an example that is a text",
                    wanted.name,
                    names.join(" or ")
                ),
            ))
        }
        _ => Ok(media),
    }
}

/// The answer where the only media type is one that nothing can be written as.
pub(super) fn not_written(media: &str) -> Answer {
    let detail = format!(
        "the document declares `{media}` and nothing else, which is not made from schemas here: add an example that is a text"
    );
    problem(501, "not-written", detail)
}

fn problem(status: u16, outcome: &'static str, detail: String) -> Answer {
    let body = json!({ "type": "about:blank", "title": outcome, "status": status, "detail": detail });
    let mut answer = Answer {
        status,
        outcome: outcome.into(),
        body: body.to_string().into(),
        explanation: detail.into(),
        ..Answer::default()
    };
    set_media(&mut answer.headers, "application/problem+json");
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

/// `GET /pets/7` answers with the pet whose `id` is 7, where the schema lets it.
fn echo(contract: &Contract, schema: SchemaId, made: &Value, path: &Parameters) -> Value {
    let mut value = made.clone();
    let Value::Object(members) = &mut value else { return value };
    let mut changed = false;
    for (name, own) in members {
        if let Some(asked) = path.get(name)
            && asked != own
            && std::mem::discriminant(asked) == std::mem::discriminant(own)
        {
            own.clone_from(asked);
            changed = true;
        }
    }
    let keeps = |value: &Value| contract.validators.is_valid(schema, Flavour::Response, value);
    if changed && !keeps(&value) && keeps(made) { made.clone() } else { value }
}

fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}
