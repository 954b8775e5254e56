//! What the document allows: as little as possible, everything, and each edge once.

use futures::future::BoxFuture;
use tercet_spec::Pointer;
use tercet_spec::contract::{Location, Operation, Verb};

use super::Probe;
use super::subject::{Subject, has_action, own};
use crate::generate::edges;
use crate::reading::{Reading, Slot, is_json};
use crate::session::{Session, Wishes};
use crate::{Inputs, Purpose, Stop};

#[derive(Debug)]
pub(super) struct Accept;

impl Probe for Accept {
    fn name(&self) -> &'static str {
        "accept"
    }

    fn about(&self) -> &'static str {
        "requests that the document allows: minimal, full, and one for each edge of its schemas"
    }

    fn serves(&self) -> &'static [&'static str] {
        &["positive_data_acceptance"]
    }

    fn applies(&self, _: &Reading, _: usize) -> bool {
        true
    }

    fn succeeds(&self) -> bool {
        true
    }

    fn run<'a>(&'a self, session: &'a mut Session, operation: usize) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(async move {
            let shapes =
                [("minimal", Wishes::minimal()), ("plain", Wishes::plain()), ("full", Wishes::full())];
            let mut before: Option<Inputs> = None;
            for (variant, wishes) in shapes {
                let subject = own(session, operation).await?;
                let inputs = session.prepare(operation, &subject.records(), &wishes)?;
                if before.as_ref().is_some_and(|before| same_shape(before, &inputs)) {
                    continue;
                }
                let certain = certain(session, operation, &subject, &inputs);
                send(session, operation, &subject, &inputs, variant.to_owned(), certain).await?;
                before = Some(inputs);
            }
            parameters(session, operation).await?;
            bodies(session, operation).await
        })
    }
}

async fn send(
    session: &mut Session,
    operation: usize,
    subject: &Subject,
    inputs: &Inputs,
    variant: String,
    certain: bool,
) -> Result<(), Stop> {
    if matches!(subject, Subject::Invented) {
        session.invent(operation, inputs);
    }
    let sound = session.refers_to_what_exists(operation, inputs);
    let purpose = Purpose::Valid { variant, certain, sound };
    let exchange = session.write(operation, subject.aim(), inputs, purpose).await?;
    session.notice(operation, &exchange);
    Ok(())
}

/// Whether nothing but success is a documented answer: the effect only lists, creates, or takes what surely is there.
fn certain(session: &Session, operation: usize, subject: &Subject, inputs: &Inputs) -> bool {
    let reading = session.reading();
    let owner = &reading.contract().operations[operation];
    if owner.effect.is_empty() || has_action(session, operation) {
        return false;
    }
    owner.effect.iter().enumerate().all(|(index, step)| match &step.verb {
        Verb::List(_) => true,
        Verb::Create { each, .. } => {
            each.is_none() && owner.effect.len() == 1 && reading.namings(operation).is_empty()
        }
        Verb::Find(_) => {
            match (subject, reading.uses().iter().find(|one| one.operation == operation && one.step == index))
            {
                (Subject::Own(record), Some(one))
                    if one.collection == crate::session::Nameable::collection(record.as_ref()) =>
                {
                    session.takes(one, inputs, record) == Some(true)
                }
                _ => false,
            }
        }
        _ => false,
    })
}

/// Each optional parameter on its own, and each edge of each parameter.
async fn parameters(session: &mut Session, operation: usize) -> Result<(), Stop> {
    let reading = session.reading();
    let contract = reading.contract();
    let owner: &Operation = &contract.operations[operation];
    for parameter in &owner.parameters {
        let slot = match parameter.location {
            // Names of records stand in paths; other values there would name nobody.
            Location::Path => continue,
            Location::Query => Slot::Query(parameter.name.clone()),
            Location::Header => Slot::Header(parameter.name.clone()),
            Location::Cookie => Slot::Cookie(parameter.name.clone()),
        };
        if reading.namings(operation).iter().any(|naming| naming.slot == slot) && parameter.required {
            continue;
        }
        let keys = std::collections::HashMap::new();
        let good = crate::generate::Generator { contract, keys: &keys, chance: session.chance() }
            .valid(parameter.schema, crate::generate::Fill::Full);
        let Some(good) = good else {
            continue;
        };
        let mut values = vec![(format!("with `{}`", parameter.name), good.clone())];
        for edge in edges(contract, parameter.schema, &good, session.chance()) {
            // Null and the empty list have no text of their own in a query.
            let unwritable = edge.value.is_null() || edge.value.as_array().is_some_and(Vec::is_empty);
            let multiline = parameter.location != Location::Query && !edge.value.to_string().is_ascii();
            if !unwritable && !multiline {
                values.push((format!("`{}` {}", parameter.name, edge.what), edge.value));
            }
        }
        for (variant, value) in values {
            let subject = own(session, operation).await?;
            let wishes = Wishes::minimal().with(slot.clone(), value);
            let inputs = session.prepare(operation, &subject.records(), &wishes)?;
            send(session, operation, &subject, &inputs, variant, false).await?;
        }
    }
    Ok(())
}

/// Each edge of the body, everything else fresh every time, so that what must be unique is.
async fn bodies(session: &mut Session, operation: usize) -> Result<(), Stop> {
    let reading = session.reading();
    let contract = reading.contract();
    let declared = contract.operations[operation].body.as_ref();
    let media = declared.and_then(|body| body.content.iter().find(|media| is_json(&media.name)));
    let Some(schema) = media.and_then(|media| media.schema) else {
        return Ok(());
    };
    let subject = own(session, operation).await?;
    let full = session.prepare(operation, &subject.records(), &Wishes::full())?;
    let Some(good) = full.body_value().cloned() else {
        return Ok(());
    };
    for edge in edges(contract, schema, &good, session.chance()) {
        let Some(value) = edge.value.pointer(edge.instance.as_str()).cloned() else {
            continue;
        };
        let slot = Slot::Body(path(&edge.instance));
        // What names a record is not free to be anything.
        if reading.namings(operation).iter().any(|naming| naming.slot == slot) {
            continue;
        }
        let subject = own(session, operation).await?;
        // An edge inside a list needs the list; other edges are tried with as little else as possible.
        let fresh = session.prepare(operation, &subject.records(), &Wishes::plain())?;
        let inside = slot_parent(&slot).is_none_or(|parent| fresh.get(&parent).is_some());
        let mut inputs = if inside && fresh.body.is_some() {
            fresh
        } else {
            session.prepare(operation, &subject.records(), &Wishes::full())?
        };
        if session.is_taken(operation, &subject.records(), &slot, &value) {
            continue;
        }
        inputs.set(&slot, value);
        let fits = inputs.body_value().is_some_and(|body| {
            contract.validators.is_valid(schema, tercet_spec::contract::Flavour::Request, body)
        });
        if fits {
            send(session, operation, &subject, &inputs, edge.what, false).await?;
        }
    }
    Ok(())
}

fn path(pointer: &Pointer) -> Vec<String> {
    pointer.tokens().collect()
}

fn slot_parent(slot: &Slot) -> Option<Slot> {
    match slot {
        Slot::Body(path) => path.split_last().map(|(_, parent)| Slot::Body(parent.to_vec())),
        _ => None,
    }
}

/// Whether two inputs have the same parts: then the second shows nothing that the first did not.
fn same_shape(a: &Inputs, b: &Inputs) -> bool {
    let names = |inputs: &Inputs| {
        let mut names: Vec<String> = inputs.query.keys().chain(inputs.header.keys()).cloned().collect();
        if let Some(body) = inputs.body_value() {
            names.push("body".to_owned());
            names.extend(body.as_object().into_iter().flat_map(|members| members.keys().cloned()));
            names.push(body.as_array().map_or(0, Vec::len).to_string());
        }
        names
    };
    names(a) == names(b)
}
