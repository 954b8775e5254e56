//! Where an answer shows what names a record.

use tercet_spec::contract::{Contract, Operation, Response, SchemaId, Segment, Status, Type, Verb};
use tercet_spec::language::{Source, ValueExpr};

use super::nouns::{Naming, Noun, Slot};

/// A value of an answer that is kept for the requests behind it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Capture {
    pub(super) noun: Noun,
    /// From the body's root: names, and 0 for the first element of a list.
    pub(super) at: Vec<Step>,
    /// The operation makes the record; else it shows one that is there.
    pub(super) creates: bool,
}

/// A step into a JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    Member(String),
    First,
}

/// The success of an operation: the lowest 2xx.
pub(super) fn success(operation: &Operation) -> Option<&Response> {
    let is_success = |status: Status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    operation.responses.iter().filter(|one| is_success(one.status)).min_by_key(|one| one.status.code())
}

/// Whether a media type is JSON (RFC 6839, 3.1).
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// What the answer of an operation says of `wanted`.
pub(super) fn captures(
    contract: &Contract,
    operation: &Operation,
    all: &[(&Operation, Vec<Naming>)],
    wanted: &[Noun],
) -> Vec<Capture> {
    let Some(schema) = success(operation).and_then(|response| {
        response.content.iter().find(|media| is_json(&media.name)).and_then(|media| media.schema)
    }) else {
        return Vec::new();
    };
    let Some((at, record)) = record(contract, schema, 0) else { return Vec::new() };
    let many = at.contains(&Step::First);
    // RFC 9110, 15.3.3: an accepted request shows the job that is to do it, not what comes of it.
    if success(operation).is_some_and(|one| one.status == Status::Code(202)) {
        return Vec::new();
    }
    let creates = |noun: &Noun| {
        let made = operation.effect.iter().any(|step| {
            matches!(step.verb.seen(), Verb::Create { .. })
                && step.verb.seen().collection() == Some(&noun.collection)
        });
        made || (operation.method == "POST"
            && operation.effect.iter().all(|step| step.verb.is_opaque() || step.verb.reads()))
    };
    let mut found = Vec::new();
    for noun in wanted {
        if !(is_about(contract, operation, noun, record) || stands_above(operation, noun, all)) {
            continue;
        }
        let Some(member) = member(contract, record, noun, all) else { continue };
        let creates = !many && operation.method != "GET" && creates(noun);
        if creates || operation.method == "GET" {
            let at = at.iter().cloned().chain([Step::Member(member)]).collect();
            found.push(Capture { noun: noun.clone(), at, creates });
        }
    }
    found
}

/// The record, or the first of the list of records, that a body shows.
fn record(contract: &Contract, id: SchemaId, depth: usize) -> Option<(Vec<Step>, SchemaId)> {
    let schema = contract.schema(id);
    if let Some(items) = schema.items {
        return Some((vec![Step::First], items));
    }
    let is_result = |id: &SchemaId| matches!(&contract.schema(*id).value, Some(ValueExpr::Expression(one)) if one.source == Source::Result && one.path.is_empty());
    if let Some((name, inner)) = schema.properties.iter().find(|(_, id)| is_result(id)) {
        return record(contract, *inner, depth + 1)
            .map(|(at, id)| ([vec![Step::Member(name.clone())], at].concat(), id));
    }
    let lists: Vec<_> =
        schema.properties.iter().filter(|(_, id)| contract.schema(**id).items.is_some()).collect();
    let is_page = ["results", "items", "data", "content", "records", "values"];
    if let Some((name, inner)) = lists.iter().find(|(name, _)| is_page.contains(&name.as_str()))
        && depth == 0
        && !schema.properties.contains_key("id")
    {
        return record(contract, **inner, 1)
            .map(|(at, id)| ([vec![Step::Member((*name).clone())], at].concat(), id));
    }
    if let (1, Some((name, inner))) = (schema.properties.len(), schema.properties.first())
        && depth == 0
        && contract.schema(*inner).allows(Type::Object)
        && !contract.schema(*inner).properties.is_empty()
    {
        return Some((vec![Step::Member(name.clone())], *inner));
    }
    Some((Vec::new(), id))
}

/// Whether the shown record is of the noun's collection: by its effect, or because the schema is that of the collection.
fn is_about(contract: &Contract, operation: &Operation, noun: &Noun, shown: SchemaId) -> bool {
    let Some(collection) = contract.collections.get(&noun.collection) else { return false };
    let named = operation.effect.iter().find(|step| step.bind.as_deref() == Some("result"));
    let last = || {
        let mute = |verb: &Verb| matches!(verb, Verb::Require(_) | Verb::Delete(_));
        operation.effect.iter().rfind(|step| !mute(step.verb.seen()))
    };
    let result = named.or_else(last).and_then(|step| step.verb.seen().collection());
    result == Some(&noun.collection) || (result.is_none() && shown == collection.schema)
}

/// Whether the operation stands where the records are listed and made: `/pets` above `/pets/{petId}`.
fn stands_above(operation: &Operation, noun: &Noun, all: &[(&Operation, Vec<Naming>)]) -> bool {
    let plain = |operation: &Operation| {
        operation
            .path
            .segments
            .iter()
            .filter(|one| !matches!(one.as_slice(), [Segment::Literal(text)] if text.is_empty()))
            .cloned()
            .collect::<Vec<_>>()
    };
    let own = plain(operation);
    all.iter().any(|(below, namings)| {
        let path = plain(below);
        path.len() == own.len() + 1
            && path[..own.len()] == own[..]
            && matches!(path[own.len()].as_slice(), [Segment::Parameter(name)]
                if namings.iter().any(|one| one.noun == *noun && matches!(&one.slot, Slot::Parameter(_, slot) if slot == name)))
    })
}

/// The member of a shown record that holds the noun's field.
fn member(
    contract: &Contract,
    shown: SchemaId,
    noun: &Noun,
    all: &[(&Operation, Vec<Naming>)],
) -> Option<String> {
    let called =
        all.iter().flat_map(|(_, namings)| namings).filter(|one| one.noun == *noun).filter_map(|one| {
            match &one.slot {
                Slot::Parameter(_, name) => Some(name.as_str()),
                Slot::Body(_) | Slot::Credential => None,
            }
        });
    let mut candidates: Vec<&str> = vec![&noun.field];
    candidates.extend(called);
    candidates.into_iter().find(|name| shows(contract, shown, name, 0)).map(str::to_owned)
}

fn shows(contract: &Contract, shown: SchemaId, name: &str, depth: usize) -> bool {
    let schema = contract.schema(shown);
    if let Some(id) = schema.properties.get(name) {
        let member = contract.schema(*id);
        return !member.write_only && member.properties.is_empty() && member.items.is_none();
    }
    let branches = || schema.one_of.iter().chain(&schema.any_of);
    depth < 4 && branches().next().is_some() && branches().any(|one| shows(contract, *one, name, depth + 1))
}
