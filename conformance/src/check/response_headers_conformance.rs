//! Documented headers are there and valid.

use serde_json::Value;
use tercet_spec::Pointer;
use tercet_spec::contract::{Flavour, Header, Schema, Type};
use tercet_spec::language::ValueExpr;

use super::{Check, Judgement, Subject};
use crate::{Finding, Received};

/// Headers as documented.
#[derive(Debug)]
pub(super) struct ResponseHeadersConformance;

impl Check for ResponseHeadersConformance {
    fn name(&self) -> &'static str {
        "response_headers_conformance"
    }

    fn about(&self) -> &'static str {
        "required response headers are present, and every documented header is valid"
    }

    fn clause(&self) -> &'static str {
        "`headers` of the response, `x-conduct.headers`"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let (Some(answer), Some(response)) = (subject.answer(), subject.response()) else {
            return Judgement::Silent;
        };
        let everywhere: Vec<(&String, &Value)> = subject
            .contract
            .conduct
            .headers
            .iter()
            .filter_map(|(name, value)| match value {
                ValueExpr::Literal(value) => Some((name, value)),
                _ => None,
            })
            .collect();
        if response.headers.is_empty() && everywhere.is_empty() {
            return Judgement::Missing("`headers` of a response");
        }
        let mut findings = Vec::new();
        for header in &response.headers {
            findings.extend(self.declared(subject, answer, header));
        }
        for (name, value) in everywhere {
            let wanted = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            if answer.header(name) != Some(wanted.as_str()) {
                let pointer = subject.contract.conduct.pointer.child("headers").child(name);
                let seen = answer.header(name).map_or("absent".to_owned(), |seen| format!("`{seen}`"));
                let message = format!("header `{name}` is {seen} instead of `{wanted}`");
                findings.push(subject.finding(
                    self.name(),
                    &pointer,
                    format!("every answer has `{name}: {wanted}`"),
                    message,
                ));
            }
        }
        Judgement::of(findings)
    }
}

impl ResponseHeadersConformance {
    fn declared(&self, subject: &Subject<'_>, answer: &Received, header: &Header) -> Option<Finding> {
        let name = &header.name;
        let Some(text) = answer.header(name) else {
            let says = format!("a {} carries `{name}`", answer.status);
            let message = format!("header `{name}` is missing: {}", subject.exchange.summary());
            return header.required.then(|| subject.finding(self.name(), &header.pointer, says, message));
        };
        let value = decode(subject.contract.schema(header.schema), text);
        let violation = subject
            .contract
            .validators
            .violations(header.schema, Flavour::Response, &value)
            .into_iter()
            .next()?;
        let at: &Pointer = &violation.schema;
        let message = format!("header `{name}` is `{text}`, which {}", violation.message);
        Some(subject.finding(self.name(), at, format!("what `{name}` may be"), message))
    }
}

/// A header's text as the type that its schema asks for (style `simple`).
fn decode(schema: &Schema, text: &str) -> Value {
    let as_text = || Value::String(text.to_owned());
    match schema.single_type() {
        Some(Type::Integer | Type::Number) => {
            text.parse::<serde_json::Number>().map_or_else(|_| as_text(), Value::Number)
        }
        Some(Type::Boolean) => text.parse::<bool>().map_or_else(|_| as_text(), Value::Bool),
        Some(Type::Array) => {
            Value::Array(text.split(',').map(|item| Value::String(item.trim().to_owned())).collect())
        }
        _ => as_text(),
    }
}
