//! What is write-only is never shown.

use serde_json::Value;
use tercet_spec::Pointer;
use tercet_spec::contract::{Contract, SchemaId};

use super::{Check, Judgement, Subject};
use crate::reading::is_json;

/// Secrets stay unread.
#[derive(Debug)]
pub(super) struct WriteOnlyNeverShown;

impl Check for WriteOnlyNeverShown {
    fn name(&self) -> &'static str {
        "write_only_never_shown"
    }

    fn about(&self) -> &'static str {
        "write-only properties, and the values that were sent for them, are never in an answer"
    }

    fn clause(&self) -> &'static str {
        "`writeOnly` of a property"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let (Some(answer), true) = (subject.answer(), subject.is_own_method()) else {
            return Judgement::Silent;
        };
        let mut findings = Vec::new();
        let mut looked = false;
        if let (Some(response), Some(body)) = (subject.response(), &answer.json) {
            let schemas =
                response.content.iter().filter(|media| is_json(&media.name)).filter_map(|media| media.schema);
            for schema in schemas {
                let mut shown = Vec::new();
                looked |= shows(subject.contract, schema, body, &Pointer::root(), 0, &mut shown);
                for (at, id) in shown {
                    let pointer = &subject.contract.schema(id).pointer;
                    let message = format!("`{at}` is shown: {}", subject.exchange.summary());
                    findings.push(subject.finding(
                        self.name(),
                        pointer,
                        "`writeOnly`: stored and never shown",
                        message,
                    ));
                }
            }
        }
        for (schema, text) in sent(subject) {
            looked = true;
            let text: &str = &text;
            if std::str::from_utf8(&answer.body).is_ok_and(|body| body.contains(text)) {
                let pointer = &subject.contract.schema(schema).pointer;
                let message = format!(
                    "the value that was sent for it stands in the answer: {}",
                    subject.exchange.summary()
                );
                findings.push(subject.finding(
                    self.name(),
                    pointer,
                    "`writeOnly`: stored and never shown",
                    message,
                ));
            }
        }
        if looked { Judgement::of(findings) } else { Judgement::Missing("a `writeOnly` property") }
    }
}

/// Texts shorter than this may stand in an answer by chance.
const TELLING: usize = 8;

/// Collects write-only members that a body shows. Whether the schema knows any.
fn shows(
    contract: &Contract,
    id: SchemaId,
    value: &Value,
    at: &Pointer,
    depth: usize,
    found: &mut Vec<(Pointer, SchemaId)>,
) -> bool {
    let schema = contract.schema(id);
    if depth > 16 {
        return false;
    }
    let mut knows = false;
    match value {
        Value::Object(members) => {
            for (name, member) in &schema.properties {
                if contract.schema(*member).write_only {
                    knows = true;
                    if members.contains_key(name) {
                        found.push((at.child(name), *member));
                    }
                } else if let Some(inner) = members.get(name) {
                    knows |= shows(contract, *member, inner, &at.child(name), depth + 1, found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate().take(100) {
                if let Some(items) = schema.items {
                    knows |= shows(contract, items, item, &at.index(index), depth + 1, found);
                }
            }
        }
        _ => {}
    }
    knows
}

/// The values that this request sent for write-only properties and for write-only fields of records.
fn sent(subject: &Subject<'_>) -> Vec<(SchemaId, String)> {
    let contract = subject.contract;
    let Some(body) =
        subject.exchange.request.body.as_ref().and_then(|body| serde_json::from_slice::<Value>(body).ok())
    else {
        return Vec::new();
    };
    let declared =
        subject.operation.body.as_ref().and_then(|body| body.content.first()).and_then(|media| media.schema);
    let own = declared.map(|id| &contract.schema(id).properties);
    let stored = subject.operation.effect.iter().filter_map(|step| step.verb.seen().collection());
    let stored = stored
        .filter_map(|name| contract.collections.get(name))
        .map(|one| &contract.schema(one.schema).properties);
    let mut found = Vec::new();
    for properties in own.into_iter().chain(stored) {
        for (name, id) in properties.iter().filter(|(_, id)| contract.schema(**id).write_only) {
            if let Some(text) = body.get(name).and_then(Value::as_str).filter(|text| text.len() >= TELLING) {
                // A text that is sent for another property too proves nothing.
                if body
                    .as_object()
                    .is_some_and(|all| all.values().filter(|one| one.as_str() == Some(text)).count() == 1)
                {
                    found.push((*id, text.to_owned()));
                }
            }
        }
    }
    found.dedup();
    found
}
