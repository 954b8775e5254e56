//! What the document does not allow: each rule broken once, everything else as it should be.

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::contract::{Location, SchemaId, Type};

use super::Probe;
use super::subject::harmless;
use crate::generate::{Breach, Fill, Generator, Invalid, Part, invalids};
use crate::reading::{Reading, Slot, is_json};
use crate::session::{Session, Wishes};
use crate::{Clause, Purpose, Stop};

#[derive(Debug)]
pub(super) struct Refuse;

impl Probe for Refuse {
    fn name(&self) -> &'static str {
        "refuse"
    }

    fn about(&self) -> &'static str {
        "requests that break exactly one rule of a parameter or of the body, each rule once"
    }

    fn serves(&self) -> &'static [&'static str] {
        &["negative_data_rejection", "missing_required_header"]
    }

    fn applies(&self, reading: &Reading, operation: usize) -> bool {
        let owner = &reading.contract().operations[operation];
        !owner.parameters.is_empty() || owner.body.is_some()
    }

    fn succeeds(&self) -> bool {
        false
    }

    fn run<'a>(&'a self, session: &'a mut Session, operation: usize) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(async move {
            parameters(session, operation).await?;
            missing_body(session, operation).await?;
            bodies(session, operation).await
        })
    }
}

async fn parameters(session: &mut Session, operation: usize) -> Result<(), Stop> {
    let reading = session.reading();
    let contract = reading.contract();
    for (index, parameter) in contract.operations[operation].parameters.iter().enumerate() {
        let slot = match parameter.location {
            Location::Path => Slot::Path(parameter.name.clone()),
            Location::Query => Slot::Query(parameter.name.clone()),
            Location::Header => Slot::Header(parameter.name.clone()),
            Location::Cookie => Slot::Cookie(parameter.name.clone()),
        };
        let breach = |instance, rule: String, clause, what| Breach {
            part: Part::Parameter(index),
            instance,
            rule,
            // Where parameters are part of what makes a path known, one that does not fit leads nowhere.
            outcome: match parameter.location {
                Location::Path if contract.conduct.match_parameters => "not-found".to_owned(),
                _ => parameter.outcome.clone(),
            },
            clause,
            what,
        };
        if parameter.required && parameter.location != Location::Path {
            let (subject, inputs) = harmless(session, operation, &Wishes::minimal().without(slot.clone()))?;
            let clause =
                Clause::at(contract, &parameter.pointer, format!("`{}` is required", parameter.name));
            let what = format!("`{}` is left out", parameter.name);
            let purpose =
                Purpose::Invalid(breach(tercet_spec::Pointer::root(), "required".to_owned(), clause, what));
            session.write(operation, subject.aim(), &inputs, purpose).await?;
        }
        let keys = std::collections::HashMap::new();
        let good =
            Generator { contract, keys: &keys, chance: session.chance() }.valid(parameter.schema, Fill::Full);
        let Some(good) = good else {
            continue;
        };
        for one in invalids(contract, parameter.schema, &good, session.chance()) {
            let kind = contract.schema(parameter.schema).single_type();
            if !can_be_written(&one.value, &one.rule, kind, parameter.location) {
                continue;
            }
            let wishes = Wishes::minimal().with(slot.clone(), one.value.clone());
            let (subject, inputs) = harmless(session, operation, &wishes)?;
            session.invent(operation, &inputs);
            let clause = Clause::at(contract, &one.schema, format!("`{}` of `{}`", one.rule, parameter.name));
            let what = one.what.replace("the value", &format!("`{}`", parameter.name));
            let purpose = Purpose::Invalid(breach(one.instance, one.rule, clause, what));
            session.write(operation, subject.aim(), &inputs, purpose).await?;
        }
    }
    Ok(())
}

/// Whether a wrong value is still wrong as text. Everything in a path, a query or a header is text first.
fn can_be_written(value: &Value, rule: &str, kind: Option<Type>, location: Location) -> bool {
    let text_is_empty = value.as_str().is_some_and(str::is_empty);
    if text_is_empty && location == Location::Path {
        return false;
    }
    if location != Location::Query
        && value.as_str().is_some_and(|text| !text.is_ascii() || text.trim() != text)
    {
        return false;
    }
    if !rule.starts_with("type.") {
        return !value.is_array() && !value.is_object();
    }
    match (kind, value) {
        // `"12"` for 12 is the same text.
        (Some(Type::Integer), Value::Number(number)) => number.is_f64(),
        (Some(Type::Boolean), Value::Number(_)) => true,
        (Some(Type::Integer | Type::Number | Type::Boolean), Value::String(text)) => {
            text.parse::<f64>().is_err() && text.parse::<bool>().is_err()
        }
        _ => false,
    }
}

async fn missing_body(session: &mut Session, operation: usize) -> Result<(), Stop> {
    let reading = session.reading();
    let contract = reading.contract();
    let Some(body) = contract.operations[operation].body.as_ref().filter(|body| body.required) else {
        return Ok(());
    };
    let (subject, inputs) = harmless(session, operation, &Wishes::minimal().without(Slot::Body(Vec::new())))?;
    let purpose = Purpose::Invalid(Breach {
        part: Part::Body,
        instance: tercet_spec::Pointer::root(),
        rule: "required".to_owned(),
        outcome: "invalid".to_owned(),
        clause: Clause::at(contract, &body.pointer, "the body is required"),
        what: "there is none".to_owned(),
    });
    session.write(operation, subject.aim(), &inputs, purpose).await.map(drop)
}

async fn bodies(session: &mut Session, operation: usize) -> Result<(), Stop> {
    let reading = session.reading();
    let contract = reading.contract();
    let declared = contract.operations[operation].body.as_ref();
    let media = declared.and_then(|body| body.content.iter().find(|media| is_json(&media.name)));
    let Some(schema) = media.and_then(|media| media.schema) else {
        return Ok(());
    };
    let mut tried: Vec<(tercet_spec::Pointer, String)> = Vec::new();
    // As little as shows a breach: what is not there gives no other reason to refuse.
    for wishes in [Wishes::plain(), Wishes::full()] {
        let (_, good) = harmless(session, operation, &wishes)?;
        let Some(good) = good.body_value().cloned() else {
            continue;
        };
        let mut all = invalids(contract, schema, &good, session.chance());
        all.retain(|one| !tried.contains(&(one.instance.clone(), one.rule.clone())));
        tried.extend(all.iter().map(|one| (one.instance.clone(), one.rule.clone())));
        for one in all {
            broken_body(session, operation, schema, &wishes, one).await?;
        }
    }
    repetitions(session, operation, schema).await
}

/// What is to be sent twice, sent otherwise the second time.
async fn repetitions(session: &mut Session, operation: usize, schema: SchemaId) -> Result<(), Stop> {
    let reading = session.reading();
    let contract = reading.contract();
    let wishes = Wishes::full();
    let (_, good) = harmless(session, operation, &wishes)?;
    for (name, value) in session.repeats(operation, &good) {
        let Some(other) = value.as_str().map(|text| format!("{text}-{}", session.chance().serial())) else {
            continue;
        };
        let (subject, mut inputs) = harmless(session, operation, &wishes)?;
        inputs.set(&Slot::Body(vec![name.clone()]), Value::from(other));
        session.invent(operation, &inputs);
        let place = contract.schema(schema).properties.get(&name).map(|id| &contract.schema(*id).pointer);
        let says = format!("`{name}` repeats another member");
        let purpose = Purpose::Invalid(Breach {
            part: Part::Body,
            instance: tercet_spec::Pointer::root().child(&name),
            outcome: "invalid".to_owned(),
            clause: Clause::at(contract, place.unwrap_or(&contract.schema(schema).pointer), says),
            rule: "x-value".to_owned(),
            what: format!("`{name}` is not what it is to repeat"),
        });
        session.write(operation, subject.aim(), &inputs, purpose).await?;
    }
    Ok(())
}

/// A body of that shape with that breach in it.
async fn broken_body(
    session: &mut Session,
    operation: usize,
    schema: SchemaId,
    wishes: &Wishes,
    one: Invalid,
) -> Result<(), Stop> {
    let reading = session.reading();
    let contract = reading.contract();
    let (subject, mut inputs) = harmless(session, operation, wishes)?;
    // What must be unique is fresh in every request: a refusal for another reason would prove nothing.
    let fresh = inputs.body_value().cloned().unwrap_or(Value::Null);
    let body =
        transplant(&fresh, &one.value, contract, schema, &one.rule, &one.instance).unwrap_or(one.value);
    inputs.set(&Slot::Body(Vec::new()), body);
    session.invent(operation, &inputs);
    let purpose = Purpose::Invalid(Breach {
        part: Part::Body,
        instance: one.instance,
        outcome: "invalid".to_owned(),
        clause: Clause::at(contract, &one.schema, format!("`{}`", one.rule)),
        rule: one.rule,
        what: one.what,
    });
    session.write(operation, subject.aim(), &inputs, purpose).await.map(drop)
}

/// The breach of `bad` in a fresh body, when it breaks the same rule at the same place there and nothing else.
fn transplant(
    fresh: &Value,
    bad: &Value,
    contract: &tercet_spec::Contract,
    schema: tercet_spec::contract::SchemaId,
    rule: &str,
    at: &tercet_spec::Pointer,
) -> Option<Value> {
    let mut body = fresh.clone();
    let wrong = bad.pointer(at.as_str())?;
    let place = body.pointer_mut(at.as_str())?;
    match (rule, wrong, &mut *place) {
        // At an object the breach is a member that is missing or one too many; the others stay fresh.
        ("required", Value::Object(wrong), Value::Object(own)) => {
            own.retain(|name, _| wrong.contains_key(name));
        }
        ("additionalProperties", Value::Object(wrong), Value::Object(own)) => {
            for (name, value) in wrong {
                own.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
        _ => *place = wrong.clone(),
    }
    let violations = contract.validators.violations(schema, tercet_spec::contract::Flavour::Request, &body);
    let same = !violations.is_empty() && violations.iter().all(|one| one.rule == rule && one.instance == *at);
    same.then_some(body)
}
