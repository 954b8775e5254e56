//! Every body keeps its schema.

use tercet_spec::contract::Flavour;

use super::{Check, Judgement, Subject};
use crate::reading::{is_json, responses_for};

/// Bodies as documented.
#[derive(Debug)]
pub(super) struct ResponseSchemaConformance;

impl Check for ResponseSchemaConformance {
    fn name(&self) -> &'static str {
        "response_schema_conformance"
    }

    fn about(&self) -> &'static str {
        "the body of every answer keeps the schema of its status"
    }

    fn clause(&self) -> &'static str {
        "`schema` of the response's media type"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let (Some(answer), Some(response), true) =
            (subject.answer(), subject.response(), subject.is_own_method())
        else {
            return Judgement::Silent;
        };
        if answer.body.is_empty() && response.content.is_empty() {
            return Judgement::Silent;
        }
        let declares_json = response.content.iter().any(|media| is_json(&media.name));
        let may_be_empty = || {
            let all = responses_for(subject.contract, subject.operation, answer.status);
            all.iter().any(|one| !one.content.iter().any(|media| is_json(&media.name)))
        };
        if answer.body.is_empty() && may_be_empty() {
            return Judgement::Held;
        }
        if answer.body.is_empty() && declares_json {
            let message = format!("there is no body: {}", subject.exchange.summary());
            let says = format!("a {} has a body", answer.status);
            return Judgement::Broken(vec![subject.finding(self.name(), &response.pointer, says, message)]);
        }
        if let Some(why) = &answer.malformed {
            let message = format!("the body is no JSON ({why}): {}", subject.exchange.summary());
            return Judgement::Broken(vec![subject.finding(
                self.name(),
                &response.pointer,
                "the body is JSON",
                message,
            )]);
        }
        let Some(body) = &answer.json else {
            return Judgement::Silent;
        };
        let mut best = None;
        for schema in
            responses_for(subject.contract, subject.operation, answer.status).iter().filter_map(|one| {
                one.content.iter().find(|media| is_json(&media.name)).and_then(|media| media.schema)
            })
        {
            let violations = subject.contract.validators.violations(schema, Flavour::Response, body);
            if violations.is_empty() {
                return Judgement::Held;
            }
            best.get_or_insert(violations);
        }
        let Some(violations) = best else {
            return Judgement::Missing("a `schema` of the response");
        };
        let findings = violations.iter().take(MOST).map(|one| {
            let place = if one.instance.as_str().is_empty() {
                "the body".to_owned()
            } else {
                format!("`{}`", one.instance)
            };
            let message = format!("{place} {}: {}", one.message, subject.exchange.summary());
            subject.finding(self.name(), &one.schema, format!("`{}`", one.rule), message)
        });
        Judgement::Broken(findings.collect())
    }
}

/// Violations that are reported of one body; more say the same again.
const MOST: usize = 10;
