//! Which response speaks an outcome, and the answer made from it.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use tercet_spec::contract::{Flavour, Header, MediaType, Response, SchemaId};
use tercet_spec::language::ValueExpr;

use super::example::not_written;
use super::json::json_text;
use super::keep::Made;
use super::media;
use super::negotiate::best;
use super::plan::Plans;
use super::telling;
use super::write::Writer;
use crate::outcome::Outcome;
use crate::scope::{Scope, Served, Want};

/// An answer, ready to be sent.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// `Content-Type` is among them where there is a body.
    pub headers: HeaderMap,
    /// The body; empty for none. `Content-Length` is left to the server.
    pub body: Bytes,
    /// The outcome's name; `ok` when all went well.
    pub outcome: Cow<'static, str>,
    /// Why it is as it is, for log and journal: the outcome, its sentence, and what was missing in the document if something was.
    pub explanation: Cow<'static, str>,
}

/// Makes an answer for one request.
#[derive(Clone, Copy)]
pub(crate) struct Answering<'a> {
    pub(crate) plans: &'a Plans,
    pub(crate) scope: Scope<'a>,
    /// What is made from schemas that say nothing of where their values come from.
    pub(crate) made: &'a Made,
    /// The operation's id; empty where none is asked for.
    pub(crate) operation: &'a str,
}

impl<'a> Answering<'a> {
    /// The answer for an operation that ended in the scope's outcome (or well).
    pub(crate) fn by_operation(&self, responses: &'a [Response]) -> Answer {
        let name = self.outcome_name();
        let fits = |response: &&Response| response.when.as_ref().is_none_or(|when| self.scope.holds(when));
        let speaks = |response: &&Response| response.outcomes.iter().any(|one| one == name);
        if let Some(response) = responses.iter().filter(speaks).find(fits) {
            return self.by_response(response, response.status.code());
        }
        if self.scope.model.contract.conduct.responses.contains_key(name) {
            return self.by_conduct();
        }
        let status = status_of(name);
        let covering = responses.iter().filter(|response| response.status.covers(status));
        match covering.filter(fits).min_by_key(|response| response.status) {
            Some(response) => self.by_response(response, status),
            None => self.plain(status),
        }
    }

    /// The answer that `x-conduct` gives for the scope's outcome.
    pub(crate) fn by_conduct(&self) -> Answer {
        let name = self.outcome_name();
        match self.scope.model.contract.conduct.responses.get(name) {
            Some(default) => self.by_response(&default.response, default.status),
            None => self.plain(status_of(name)),
        }
    }

    fn outcome_name(&self) -> &'a str {
        self.scope.outcome.map_or("ok", |outcome| outcome.name.as_ref())
    }

    fn by_response(&self, response: &'a Response, status: u16) -> Answer {
        let mut answer = self.bare(status);
        let sent = |header: &&Header| header.when.as_ref().is_none_or(|when| self.scope.holds(when));
        for header in response.headers.iter().filter(sent) {
            for value in self.header(header) {
                add_header(&mut answer.headers, &header.name, &value);
            }
        }
        let accept = self.scope.inputs.header.get("accept").and_then(Value::as_str);
        // RFC 9110, 15.3.5 and 15.4.5: 204 and 304 have no body.
        let media = best(self.offered(response), accept).filter(|_| status != 204 && status != 304);
        let media = media.map(|media| self.written_as(media, response, accept));
        match (&self.scope.bindings.served, media) {
            (Some(served), _) if self.scope.outcome.is_none() => serve(served, media, &mut answer),
            (_, Some(media)) => self.write_body(media, &mut answer),
            (_, None) => {}
        }
        answer
    }

    /// The media types to choose from: where examples of some speak the outcome, only those.
    fn offered(&self, response: &'a Response) -> impl Iterator<Item = &'a MediaType> + Clone {
        let name = self.scope.outcome.map(|outcome| outcome.name.as_ref());
        let speaks = move |media: &&MediaType| {
            let mut outcomes = media.examples.iter().flat_map(|example| &example.outcomes);
            outcomes.any(|one| Some(one.as_str()) == name)
        };
        let some = name.is_some() && response.content.iter().any(|media| speaks(&media));
        response.content.iter().filter(move |media| !some || speaks(media))
    }

    /// The media type itself where a value can be written as it, else JSON where that is declared, too.
    fn written_as(
        &self,
        media: &'a MediaType,
        response: &'a Response,
        accept: Option<&str>,
    ) -> &'a MediaType {
        if is_json(&media.name)
            || self.scope.bindings.served.is_some()
            || self.template(media).is_some()
            || media::is_writable(self.scope.model.contract.as_ref(), media)
        {
            return media;
        }
        best(self.offered(response).filter(|media| is_json(&media.name)), accept).unwrap_or(media)
    }

    fn template(&self, media: &'a MediaType) -> Option<&'a ValueExpr> {
        let speaks = |outcomes: &[String]| outcomes.iter().any(|one| one == self.outcome_name());
        let templates = media.examples.iter().filter(|example| speaks(&example.outcomes));
        templates.filter_map(|example| example.template.as_ref()).next()
    }

    fn write_body(&self, media: &'a MediaType, answer: &mut Answer) {
        let template = self.template(media);
        let json = is_json(&media.name);
        if template.is_none()
            && let (Some(outcome), Some(schema)) = (self.scope.outcome, media.schema)
            && self.plans.of(schema).is_some_and(|plan| !self.plans.derives_anywhere(plan))
        {
            return self.write_refusal(media, schema, outcome, answer);
        }
        let body = match (template, media.schema.and_then(|schema| self.plans.of(schema))) {
            (Some(template), _) => match self.scope.eval_public(template, Want::One) {
                Some(value) => json_text(&value, self.plans.escape).into(),
                None => Bytes::new(),
            },
            (None, Some(plan)) => {
                let subject = match self.scope.outcome {
                    None => self.scope.bindings.result.as_ref(),
                    Some(_) => None,
                };
                Writer::new(self.plans, self.scope).body(plan, subject)
            }
            (None, None) => Bytes::new(),
        };
        answer.body = match (json, template) {
            (true, _) => body,
            (false, Some(_)) => as_text(&body),
            (false, None) => match self.foreign(media, &body) {
                Some(body) => body,
                None => return *answer = not_written(&media.name),
            },
        };
        // JSON is never empty; an example of another media type may be, and is sent as what it is.
        if answer.body.is_empty() && (json || template.is_none()) {
            return;
        }
        let declared = if media.name.contains('*') { "application/json" } else { &media.name };
        let conduct = &self.scope.model.contract.conduct;
        let name = conduct.content_type.as_deref().filter(|_| json).unwrap_or(declared);
        if !answer.headers.contains_key(CONTENT_TYPE) {
            set_media(&mut answer.headers, name);
        }
    }

    /// A value as another media type than JSON; `None` where it is none.
    fn foreign(&self, media: &MediaType, body: &Bytes) -> Option<Bytes> {
        match serde_json::from_slice::<Value>(body) {
            Ok(value) => media::write(&media.name, &value, self.plans.escape),
            Err(_) => Some(body.clone()),
        }
    }

    /// A refusal of which the document has no more than a schema: its example, else what keeps the schema and tells what
    /// happened.
    fn write_refusal(&self, media: &MediaType, schema: SchemaId, outcome: &Outcome, answer: &mut Answer) {
        let contract = &self.scope.model.contract;
        let example = media.examples.iter().find(|example| example.outcomes.is_empty());
        let value = match example {
            Some(example) => example.raw.clone(),
            None => {
                let kept = self.made.sparing(contract, self.operation, schema);
                let mut value = kept.value.clone();
                let keeps = |value: &Value| contract.validators.is_valid(schema, Flavour::Response, value);
                telling::tell(&mut value, outcome, answer.status, &keeps);
                value
            }
        };
        let Some(body) = media::write(&media.name, &value, self.plans.escape) else {
            // The sentence rather than nothing: whoever is refused reads it.
            return *answer = self.plain(answer.status);
        };
        answer.body = body;
        if !answer.headers.contains_key(CONTENT_TYPE) {
            let declared = if media.name.contains('*') { "application/json" } else { &media.name };
            let own = contract.conduct.content_type.as_deref().filter(|_| is_json(&media.name));
            set_media(&mut answer.headers, own.unwrap_or(declared));
        }
    }

    /// A header's values: several for a list of texts.
    fn header(&self, header: &'a Header) -> Vec<String> {
        let schema = self.scope.model.contract.schema(header.schema);
        let constant = match schema.values.as_slice() {
            [only] => Some(only),
            _ => schema.default.as_ref(),
        };
        let value = match &schema.value {
            Some(value) => self.scope.eval_public(value, Want::Many),
            None => constant.cloned(),
        };
        match value {
            Some(Value::Array(members)) => members.iter().filter_map(header_text).collect(),
            Some(value) => header_text(&value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// An answer that no document describes: a problem of RFC 9457.
    fn plain(&self, status: u16) -> Answer {
        let mut answer = self.bare(status);
        let Some(outcome) = self.scope.outcome else { return answer };
        let problem = json!({
            "type": "about:blank", "title": outcome.name, "status": status, "detail": outcome.message,
            "errors": outcome.messages,
        });
        set_media(&mut answer.headers, "application/problem+json");
        answer.body = problem.to_string().into();
        answer.explanation = format!("{}; no response in the document speaks it", answer.explanation).into();
        answer
    }

    /// An answer without a body, with the headers of every answer.
    pub(crate) fn bare(&self, status: u16) -> Answer {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.scope.model.contract.conduct.headers {
            if let Some(text) = self.scope.eval_text(value) {
                add_header(&mut headers, name, &header_safe(&text));
            }
        }
        let (outcome, explanation) = match self.scope.outcome {
            None => (Cow::Borrowed("ok"), Cow::Borrowed("ok")),
            Some(outcome) => (outcome.name.clone(), outcome.to_string().into()),
        };
        Answer { status, headers, body: Bytes::new(), outcome, explanation }
    }
}

/// Adds a header, beside one of the same name.
pub(super) fn add_header(headers: &mut HeaderMap, name: &str, value: &str) {
    // RFC 9110, 5.5: letters beyond ASCII travel as the bytes they are.
    match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(value.as_bytes())) {
        (Ok(name), Ok(value)) => drop(headers.append(name, value)),
        _ => tracing::warn!(name, "an answer's header cannot be sent: its name or value is not allowed"),
    }
}

/// Says what the body is.
pub(super) fn set_media(headers: &mut HeaderMap, name: &str) {
    match name {
        // What nearly every answer is costs nothing.
        "application/json" => {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        other => add_header(headers, "content-type", other),
    }
}

/// Answers with bytes: of the media type that the step names, or that the response declares, or that they have.
fn serve(served: &Served, media: Option<&MediaType>, answer: &mut Answer) {
    let declared = media.map(|media| media.name.as_str()).filter(|name| !name.contains('*'));
    let (body, name) = match served {
        Served::Ready(asset) => (&asset.body, declared.unwrap_or(asset.media_type)),
        Served::Bytes(body, named) => {
            (body, named.as_deref().or(declared).unwrap_or("application/octet-stream"))
        }
    };
    answer.body = body.clone();
    if !answer.headers.contains_key(CONTENT_TYPE) {
        set_media(&mut answer.headers, &header_safe(name));
    }
}

/// The code that RFC 9110 has for an outcome.
fn status_of(outcome: &str) -> u16 {
    match outcome {
        "ok" => 200,
        "invalid" => 400,
        "unauthenticated" => 401,
        "forbidden" => 403,
        "not-found" => 404,
        "method-not-allowed" => 405,
        "not-acceptable" => 406,
        "conflict" => 409,
        "too-large" => 413,
        "unsupported-media-type" => 415,
        _ => 500,
    }
}

pub(super) fn is_json(media: &str) -> bool {
    let name = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    name.ends_with("/json") || name.ends_with("+json") || name.contains('*')
}

/// The text itself where the body is one JSON text; other JSON as it is.
fn as_text(body: &Bytes) -> Bytes {
    match serde_json::from_slice::<Value>(body) {
        Ok(Value::String(text)) => text.into(),
        _ => body.clone(),
    }
}

fn header_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(header_safe(text)),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A value from a request must not end the header it is put in (RFC 9110, 5.5).
fn header_safe(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\t').collect()
}
