//! Is the request as its operation declares it? Faults become one outcome in the platform's own words.

use std::collections::HashSet;

use serde_json::{Map, Value};
use tercet_spec::Contract;
use tercet_spec::contract::{Flavour, Location, Operation, SchemaId, Sentence, Type, UnknownProperties};

use crate::decode::Fault;
use crate::inputs::Inputs;
use crate::outcome::{Detail, Outcome, Way};
use crate::tidy::Tidy;

/// Every rule that a decoded parameter breaks, and the absence of a required one.
pub(crate) fn parameters(
    contract: &Contract,
    operation: &Operation,
    inputs: &Inputs,
    faults: &mut Vec<Fault>,
) {
    for parameter in &operation.parameters {
        let sent = match parameter.location {
            Location::Path => &inputs.path,
            Location::Query => &inputs.query,
            Location::Header => &inputs.header,
            Location::Cookie => &inputs.cookie,
        };
        let value = match parameter.location {
            Location::Header => sent.get(&parameter.name.to_lowercase()),
            _ => sent.get(&parameter.name),
        };
        match value {
            // The quick question first: most requests are fine.
            Some(value) if contract.validators.is_valid(parameter.schema, Flavour::Request, value) => {}
            Some(value) => {
                let found = contract.validators.violations(parameter.schema, Flavour::Request, value);
                let found = found.into_iter().map(|one| Fault::of(one, &parameter.name, value));
                faults.extend(found.map(|fault| fault.ending_in(&parameter.outcome)));
            }
            // Something that could not be decoded has had its say already.
            None if parameter.required && !faults.iter().any(|fault| fault.path == parameter.name) => {
                let message = format!("{} is missing", parameter.name);
                let fault = Fault::missing(&parameter.name, message, &parameter.pointer);
                faults.push(fault.ending_in(&parameter.outcome));
            }
            None => {}
        }
    }
}

/// Tidies a body and gives every rule that it breaks.
pub(crate) fn body(
    contract: &Contract,
    tidy: &Tidy,
    schema: SchemaId,
    body: &mut Value,
    faults: &mut Vec<Fault>,
) {
    for unknown in tidy.tidy(schema, body) {
        let mut fault = Fault::unreadable(
            &unknown.path,
            format!("property {} is not known", unknown.path),
            &unknown.place,
        );
        "additionalProperties".clone_into(&mut fault.rule);
        fault.limit = Value::String(unknown.name);
        faults.push(fault);
    }
    if contract.validators.is_valid(schema, Flavour::Request, body) {
        return;
    }
    let refused = contract.conduct.unknown_properties == UnknownProperties::Refuse;
    for violation in contract.validators.violations(schema, Flavour::Request, body) {
        // What tidying refused by name is not refused again in general.
        if refused && violation.rule == "additionalProperties" && !faults.is_empty() {
            continue;
        }
        let fault = Fault::of(violation, "", body);
        match alternatives(contract, schema, &fault) {
            Some(missing) => faults.extend(missing),
            None => faults.push(as_type(contract, schema, fault)),
        }
    }
}

/// An `anyOf` of nothing but `required` says that one of some properties is needed. A platform with words for `anyOf`
/// says them, and what it says of a missing property, of each.
fn alternatives(contract: &Contract, root: SchemaId, fault: &Fault) -> Option<Vec<Fault>> {
    if fault.rule != "anyOf" || !contract.conduct.violations.contains_key("anyOf") {
        return None;
    }
    let branches = || {
        let any_of = at(contract, root, &fault.path).map(|id| &contract.schema(id).any_of);
        any_of.into_iter().flatten().map(|branch| contract.schema(*branch))
    };
    if branches().any(|branch| !branch.properties.is_empty() || branch.required.is_empty()) {
        return None;
    }
    let mut faults = Vec::new();
    for name in branches().flat_map(|branch| &branch.required) {
        let path = if fault.path.is_empty() { name.clone() } else { format!("{}.{name}", fault.path) };
        let message = format!("{path} is missing");
        let way: Vec<_> = fault.way.iter().cloned().chain([Way::name(name)]).collect();
        let rule = "required".to_owned();
        let missing = Fault { rule, path: path.clone(), way: way.clone(), message, ..fault.clone() };
        faults.push(as_type(contract, root, missing));
        faults.push(Fault { path, way, ..fault.clone() });
    }
    Some(faults)
}

/// `required: as-type`: a missing property breaks the rule of its type.
fn as_type(contract: &Contract, root: SchemaId, mut fault: Fault) -> Fault {
    if fault.rule != "required"
        || contract.conduct.violations.get("required").is_none_or(|one| !is_as_type(one))
    {
        return fault;
    }
    let Some(missing) = at(contract, root, &fault.path) else { return fault };
    let schema = contract.schema(missing);
    let format = schema.format.as_ref().map(|format| format!("format.{format}"));
    if let Some(rule) = format.filter(|rule| contract.conduct.violations.contains_key(rule)) {
        fault.rule = rule;
    } else if !schema.values.is_empty() && contract.conduct.violations.contains_key("enum") {
        "enum".clone_into(&mut fault.rule);
        fault.limit = Value::Array(schema.values.clone());
    } else if let Some(kind) = schema.single_type() {
        fault.rule = format!("type.{}", word(kind));
        fault.message = format!("{} must be of type {}", fault.path, word(kind));
    }
    fault
}

fn word(kind: Type) -> &'static str {
    match kind {
        Type::Null => "null",
        Type::Boolean => "boolean",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::String => "string",
        Type::Array => "array",
        Type::Object => "object",
    }
}

/// The schema at a path with dots, through branches.
fn at(contract: &Contract, root: SchemaId, path: &str) -> Option<SchemaId> {
    path.split('.').filter(|token| !token.is_empty()).try_fold(root, |id, token| {
        let step = |id: SchemaId| {
            let schema = contract.schema(id);
            schema
                .properties
                .get(token)
                .copied()
                .or_else(|| schema.items.filter(|_| token.parse::<usize>().is_ok()))
        };
        let schema = contract.schema(id);
        step(id).or_else(|| schema.one_of.iter().chain(&schema.any_of).find_map(|branch| step(*branch)))
    })
}

/// More sentences than this help nobody: the rest is counted.
const MOST_SENTENCES: usize = 1000;

/// One outcome of many faults: that of the first, with the sentences of all that end the same way.
/// `None` when there is no fault.
pub(crate) fn outcome(contract: &Contract, faults: &[Fault]) -> Option<Outcome> {
    let first = faults.first()?;
    let mut outcome = Outcome::new(first.outcome.clone(), "");
    let (mut said, mut told) = (HashSet::new(), HashSet::new());
    let mut same = faults.iter().filter(|fault| fault.outcome == first.outcome);
    for fault in same.by_ref().take(MOST_SENTENCES) {
        let sentence = sentence(contract, fault);
        let detail = Detail {
            way: fault.way.clone(),
            message: sentence.clone(),
            code: code(contract, fault),
            rule: fault.rule.clone(),
        };
        // A rule that several branches share is said once.
        if told.insert(detail.clone()) {
            outcome.details.push(detail);
        }
        if said.insert(sentence.clone()) {
            outcome = outcome.field(fault.path.clone(), sentence);
        }
    }
    match same.count() {
        0 => {}
        more => outcome.messages.push(format!("and {more} more")),
    }
    Some(outcome)
}

/// A fault in the words of `x-conduct: violations`, or in plain ones.
fn sentence(contract: &Contract, fault: &Fault) -> String {
    let words = &contract.conduct.violations;
    let template = entries(fault).find_map(|rule| words.get(rule)).filter(|one| !is_as_type(one));
    let template = template.and_then(|one| one.message.as_ref());
    // Words about a property do not suit the body as a whole.
    let Some(template) = template.filter(|text| !fault.path.is_empty() || !text.contains("{path}")) else {
        return fault.message.clone();
    };
    let property = fault.path.rsplit('.').next().unwrap_or_default();
    let values = match &fault.limit {
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => plain(other),
    };
    let mut text = String::with_capacity(template.len() + fault.path.len());
    let mut rest = template.as_str();
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let (name, after) = rest[1..].split_once('}').unwrap_or((&rest[1..], ""));
        match name {
            "path" => text.push_str(&fault.path),
            "property" => text.push_str(property),
            "limit" => text.push_str(&plain(&fault.limit)),
            "values" => text.push_str(&values),
            "value" => text.push_str(&plain(&fault.value)),
            _ => {
                // Not one of ours: it stands as it was written.
                text.push('{');
                rest = &rest[1..];
                continue;
            }
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

/// What programs can go by: the document's code for the rule, or the rule's name.
fn code(contract: &Contract, fault: &Fault) -> String {
    let words = &contract.conduct.violations;
    let own = entries(fault).find_map(|rule| words.get(rule)?.code.clone());
    own.unwrap_or_else(|| fault.rule.clone())
}

/// The entries of `violations` that speak of a fault, the closest first. Some platforms tell a null from other wrong types,
/// and an empty text from one that is too short.
fn entries(fault: &Fault) -> impl Iterator<Item = &str> {
    let general = fault.rule.split('.').next().unwrap_or_default();
    let special = match general {
        "type" if fault.null => Some("null"),
        "minLength" if fault.value == "" => Some("blank"),
        _ => None,
    };
    special.into_iter().chain([fault.rule.as_str(), general])
}

fn is_as_type(sentence: &Sentence) -> bool {
    sentence.message.as_deref() == Some("as-type")
}

/// A value without the quotes of JSON around a text.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// An object without members, which an absent body is checked as to say what is missing in it.
pub(crate) fn nothing() -> Value {
    Value::Object(Map::new())
}
