//! Reading a request as its operation declares it: negotiate, decode, validate.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;
use tercet_spec::Contract;
use tercet_spec::contract::{Flavour, Location, MediaType, RequestBody, SchemaId, Type};

use crate::bag::{self, Bag};
use crate::decode::{self, Fault, Wire};
use crate::inputs::{Inputs, Parameters, Upload};
use crate::outcome::Outcome;
use crate::pipeline::{Pipeline, Ready, Refusal, Request};
use crate::receive::Received;
use crate::route::Matched;
use crate::state::State;
use crate::{negotiate, validate};

/// What is known of a request before its operation is: method, address, time, and what expressions mention.
pub(crate) fn head(
    pipeline: &Pipeline,
    request: &Request<'_>,
    wire: &Wire<'_>,
    matched: &Matched<'_>,
) -> Inputs {
    let url = match request.query {
        _ if !pipeline.plans.url => String::new(),
        Some(query) => format!("{}?{query}", request.path),
        None => request.path.to_owned(),
    };
    let mut inputs = Inputs { method: method(request.method), url, now: request.now, ..Inputs::default() };
    let calls = matches!(matched, Matched::Operation { index, .. } if pipeline.plans.of(*index).calls);
    if calls {
        inputs.headers = request.headers.clone();
    }
    if calls || pipeline.plans.origin {
        inputs.origin = origin(request);
    }
    for name in &pipeline.plans.headers {
        if let Some(Ok(text)) = wire.header_line(name) {
            inputs.header.insert(name.clone(), text.into_owned().into());
        }
    }
    for name in &pipeline.plans.query {
        if let Some(pair) = wire.pairs().iter().find(|pair| pair.name == name.as_ref()) {
            inputs.query.insert(name.clone(), pair.value.clone().into_owned().into());
        }
    }
    for name in &pipeline.plans.cookies {
        if let Some(pair) = wire.cookies().iter().find(|pair| pair.name == name.as_ref()) {
            inputs.cookie.insert(name.clone(), pair.value.clone().into_owned().into());
        }
    }
    inputs
}

/// The common methods cost nothing.
pub(crate) fn method(name: &str) -> Cow<'static, str> {
    const COMMON: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    match COMMON.into_iter().find(|one| *one == name) {
        Some(common) => Cow::Borrowed(common),
        None => Cow::Owned(name.to_owned()),
    }
}

/// Scheme and host as the client wrote them (RFC 9110, 7.2). A proxy that takes TLS off says so in `X-Forwarded-Proto`; where
/// there are several, the first is the one that the client spoke to.
fn origin(request: &Request<'_>) -> String {
    let text = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
    let forwarded = text("x-forwarded-proto").and_then(|list| list.split(',').next());
    let https = request.encrypted || forwarded.is_some_and(|one| one.trim().eq_ignore_ascii_case("https"));
    let host = text("host").filter(|host| !host.is_empty()).unwrap_or("localhost");
    format!("{}://{host}", if https { "https" } else { "http" })
}

/// Reads all that an operation declares into the request's inputs.
pub(crate) fn request(
    pipeline: &Pipeline,
    state: &State,
    ready: &mut Ready,
    captures: &[&str],
    request: &Request<'_>,
    wire: &Wire<'_>,
) -> Result<(), Refusal> {
    let contract = &pipeline.contract;
    let operation = ready.operation;
    let declared = &contract.operations[operation];
    acceptable(pipeline, operation, request)?;
    let mut faults = Vec::new();
    let mut bag = match contract.conduct.merge_parameters {
        true => Some(Bag::read(pipeline, declared, request, wire, &mut faults)?),
        false => None,
    };
    parameters(pipeline, operation, captures, wire, bag.as_mut(), &mut ready.inputs, &mut faults);
    validate::parameters(contract, declared, &ready.inputs, &mut faults);
    // A parameter with an outcome of its own settles the matter; else the body's faults are told with the others.
    if faults.first().is_none_or(|fault| fault.outcome == "invalid") {
        let mut body = match bag {
            Some(bag) => bag.into_body(contract, declared),
            None => body(pipeline, declared.body.as_ref(), request, &mut faults)?,
        };
        if faults.is_empty() && pipeline.plans.of(operation).early {
            pipeline.early(state, ready)?;
        }
        if let Some(declared) = &declared.body {
            hold(pipeline, declared, &mut body, &mut faults);
        }
        ready.inputs.body = body.into_value();
        ready.inputs.uploads = uploads(request);
    }
    match validate::outcome(contract, &faults) {
        None => Ok(()),
        Some(outcome) => {
            let first = &faults[0];
            let stage = if first.rule == "syntax" { "decode" } else { "validate" };
            Err(Refusal::new(stage, outcome, Some(first.place.clone())))
        }
    }
}

fn acceptable(pipeline: &Pipeline, operation: usize, request: &Request<'_>) -> Result<(), Refusal> {
    if !pipeline.plans.of(operation).negotiates {
        // RFC 9110, 12.5.1: a server may disregard `Accept`, and one without words for a refusal does.
        return Ok(());
    }
    let operation = &pipeline.contract.operations[operation];
    let lines = request.headers.get_all(http::header::ACCEPT).iter();
    let accept: Vec<_> = lines.filter_map(|line| line.to_str().ok()).collect();
    let accept = accept.join(",");
    if negotiate::acceptable(operation, &accept) {
        return Ok(());
    }
    let outcome = Outcome::new("not-acceptable", format!("nothing here is `{accept}`"));
    Err(Refusal::new("negotiate", outcome, Some(operation.pointer.child("responses"))))
}

fn parameters(
    pipeline: &Pipeline,
    operation: usize,
    captures: &[&str],
    wire: &Wire<'_>,
    mut bag: Option<&mut Bag>,
    inputs: &mut Inputs,
    faults: &mut Vec<Fault>,
) {
    let contract = &pipeline.contract;
    let plan = pipeline.plans.of(operation);
    let operation = &contract.operations[operation];
    let declared = &operation.parameters;
    for ((name, parameter), raw) in plan.captures.iter().zip(captures) {
        let value = match parameter {
            Some(index) => decode::parameter(contract, &declared[*index], wire, Some(raw)),
            None => Ok(Some(Value::String(decode::percent(raw).into_owned()))),
        };
        keep(name, value, &mut inputs.path, faults);
    }
    // Only parameters with defaults can be left out (`x-conduct.paths.omit-defaults`).
    for (name, parameter) in plan.captures.iter().skip(captures.len()) {
        let default = parameter.and_then(|index| contract.schema(declared[index].schema).default.clone());
        keep(name, Ok(default), &mut inputs.path, faults);
    }
    for (index, name) in &plan.others {
        let parameter = &declared[*index];
        let value = match parameter.location {
            Location::Query => bag::of_query(pipeline, operation, parameter, wire, bag.as_deref_mut()),
            _ => decode::parameter(contract, parameter, wire, None),
        };
        // What a parameter is that is not sent (OpenAPI 3.0.3, 4.7.24, `default`).
        let value = value.map(|sent| sent.or_else(|| contract.schema(parameter.schema).default.clone()));
        let into = match parameter.location {
            Location::Header => &mut inputs.header,
            Location::Cookie => &mut inputs.cookie,
            _ => &mut inputs.query,
        };
        keep(name, value, into, faults);
    }
}

fn keep(
    name: &Arc<str>,
    value: Result<Option<Value>, Fault>,
    into: &mut Parameters,
    faults: &mut Vec<Fault>,
) {
    match value {
        Ok(Some(value)) => into.insert(Arc::clone(name), value),
        Ok(None) => into.remove(name),
        Err(fault) => {
            // What an expression mentions may be there already as raw text.
            into.remove(name);
            faults.push(fault);
        }
    }
}

/// A body before it is held to its schema.
pub(crate) enum Body {
    /// There is none, or none that could be read.
    Nothing,
    /// There is none, but there should be.
    Missing,
    /// Its value, and its schema where it has one.
    Read(Value, Option<SchemaId>),
}

impl Body {
    /// There is none.
    fn none(declared: &RequestBody) -> Self {
        if declared.required { Self::Missing } else { Self::Nothing }
    }

    fn into_value(self) -> Option<Value> {
        match self {
            Self::Nothing | Self::Missing => None,
            Self::Read(value, _) => Some(value),
        }
    }
}

/// Whether a body is of another structure than its schema wants.
fn is_out_of_place(contract: &Contract, body: &Body) -> bool {
    let Body::Read(value, Some(schema)) = body else { return false };
    let wanted = contract.schema(*schema);
    let (object, list) = (wanted.allows(Type::Object), wanted.allows(Type::Array));
    match value {
        Value::Object(_) => list && !object,
        Value::Array(_) => object && !list,
        _ => object != list,
    }
}

/// Every rule of its schema that a body breaks.
fn hold(pipeline: &Pipeline, declared: &RequestBody, body: &mut Body, faults: &mut Vec<Fault>) {
    if pipeline.contract.conduct.malformed_is_absent && is_out_of_place(&pipeline.contract, body) {
        *body = Body::none(declared);
    }
    match body {
        Body::Missing => absent(pipeline, declared, faults),
        Body::Nothing | Body::Read(_, None) => {}
        Body::Read(value, Some(schema)) => {
            let others = faults.len();
            validate::body(&pipeline.contract, &pipeline.tidy, *schema, value, faults);
            let wanted = pipeline.contract.schema(*schema);
            let structure = wanted.allows(Type::Object) || wanted.allows(Type::Array);
            if structure && !(value.is_object() || value.is_array()) {
                // A bare `5` where a structure belongs is as good as unreadable.
                let outcome = malformed(&pipeline.contract);
                faults[others..].iter_mut().for_each(|fault| outcome.clone_into(&mut fault.outcome));
            }
        }
    }
}

/// The body: limits, media type, value.
pub(crate) fn body(
    pipeline: &Pipeline,
    declared: Option<&RequestBody>,
    request: &Request<'_>,
    faults: &mut Vec<Fault>,
) -> Result<Body, Refusal> {
    let contract = &pipeline.contract;
    let place = declared.map(|body| body.pointer.clone());
    let bytes = match request.body {
        Received::Nothing => None,
        Received::Whole(bytes) => Some(bytes).filter(|bytes| !bytes.is_empty()),
        Received::TooLarge { limit, outcome } => {
            let outcome = Outcome::new(outcome.clone(), format!("the body is larger than {limit} bytes"));
            let place = contract.conduct.pointer.child("body-limit");
            return Err(Refusal::new("receive", outcome, Some(place)));
        }
        Received::Broken(why) => {
            let outcome = Outcome::invalid(format!("the body could not be received: {why}"));
            return Err(Refusal::new("receive", outcome, place));
        }
    };
    let Some(declared) = declared.filter(|body| !body.content.is_empty()) else { return Ok(Body::Nothing) };
    let content_type = content_type(request);
    let media = negotiate::declared(&declared.content, content_type).or_else(|| {
        // Where parameters are one bag, JSON is JSON by whatever name.
        let any_json = contract.conduct.merge_parameters && negotiate::is_json(content_type);
        declared.content.iter().find(|media| any_json && negotiate::is_json(&media.name))
    });
    match (bytes, media) {
        (Some(bytes), Some(media)) => match decode::body(contract, media, content_type, bytes) {
            Ok(value) => Ok(Body::Read(value, media.schema)),
            Err(_) if contract.conduct.malformed_is_absent => Ok(Body::none(declared)),
            Err(fault) => {
                faults.push(fault.ending_in(malformed(contract)));
                Ok(Body::Nothing)
            }
        },
        (Some(_), None) if !contract.conduct.lenient_media_type => {
            let known: Vec<_> = declared.content.iter().map(|media| format!("`{}`", media.name)).collect();
            let sent = if content_type.is_empty() { "a body without `Content-Type`" } else { content_type };
            let message = format!("{sent} is not accepted here, only {}", known.join(", "));
            let outcome = Outcome::new("unsupported-media-type", message);
            Err(Refusal::new("negotiate", outcome, place))
        }
        _ => Ok(Body::none(declared)),
    }
}

/// `Content-Type` as it was sent.
pub(crate) fn content_type<'r>(request: &Request<'r>) -> &'r str {
    let content_type = request.headers.get(http::header::CONTENT_TYPE);
    content_type.and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The body's bytes, where there are any.
pub(crate) fn received<'r>(request: &Request<'r>) -> Option<&'r Bytes> {
    match request.body {
        Received::Whole(bytes) => Some(bytes).filter(|bytes| !bytes.is_empty()),
        _ => None,
    }
}

/// The files of a form; none of any other body.
fn uploads(request: &Request<'_>) -> Vec<Upload> {
    let content_type = content_type(request);
    match request.body {
        Received::Whole(bytes) if negotiate::essence(content_type) == "multipart/form-data" => {
            decode::uploads(content_type, bytes)
        }
        _ => Vec::new(),
    }
}

/// What a body that cannot be read ends in: `malformed` where the platform speaks it, else `invalid`.
pub(crate) fn malformed(contract: &Contract) -> &'static str {
    if contract.conduct.responses.contains_key("malformed") { "malformed" } else { "invalid" }
}

/// A required body that is not there is told as what is missing in it, where it is an object.
fn absent(pipeline: &Pipeline, declared: &RequestBody, faults: &mut Vec<Fault>) {
    let contract = &pipeline.contract;
    let object = |media: &&MediaType| {
        media.schema.is_some_and(|id| {
            contract.schema(id).allows(Type::Object) && !contract.schema(id).types.is_empty()
        })
    };
    if let Some(schema) = declared.content.iter().find(object).and_then(|media| media.schema)
        && !contract.validators.is_valid(schema, Flavour::Request, &validate::nothing())
    {
        let mut empty = validate::nothing();
        validate::body(contract, &pipeline.tidy, schema, &mut empty, faults);
    } else {
        faults.push(Fault::missing("", "the body is missing", &declared.pointer));
    }
}
