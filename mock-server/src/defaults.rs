//! Defaults of a request's schema: what a create stores of members that the client left out.

use serde_json::Value;
use tercet_spec::Contract;
use tercet_spec::contract::{Additional, Operation, Schema, SchemaId, Verb};

/// By operation: the schema whose defaults complete the body before the effect, where the effect creates records and
/// changes none that are there. An action is told what was sent, and what an update leaves out stays as it is.
pub(crate) fn completed(contract: &Contract) -> Vec<Option<SchemaId>> {
    let by_operation = contract.operations.iter().map(|operation| {
        let schema = operation.body.as_ref()?.content.iter().find_map(|media| media.schema)?;
        (only_creates(operation) && has_defaults(contract, schema, &mut Vec::new())).then_some(schema)
    });
    by_operation.collect()
}

fn only_creates(operation: &Operation) -> bool {
    let creates = |verb: &Verb| matches!(verb, Verb::Create { .. });
    let other = |verb: &Verb| matches!(verb, Verb::Update(..) | Verb::Replace(..) | Verb::Call { .. });
    let mut verbs = operation.effect.iter().map(|step| &step.verb);
    verbs.clone().any(creates) && !verbs.any(other)
}

/// Whether the client may leave the property to its default.
fn is_chosen(schema: &Schema) -> bool {
    schema.default.is_some() && !schema.read_only && schema.assign.is_none() && schema.value.is_none()
}

fn has_defaults(contract: &Contract, id: SchemaId, seen: &mut Vec<SchemaId>) -> bool {
    if seen.contains(&id) {
        return false;
    }
    seen.push(id);
    let schema = contract.schema(id);
    let properties = schema.properties.values();
    properties.clone().any(|id| is_chosen(contract.schema(*id)))
        || properties.chain(&schema.items).any(|id| has_defaults(contract, *id, seen))
        || matches!(schema.additional, Additional::Schema(id) if has_defaults(contract, id, seen))
}

/// Adds what was left out, in objects that are there and in lists of them.
pub(crate) fn complete(contract: &Contract, id: SchemaId, value: &mut Value) {
    let schema = contract.schema(id);
    match value {
        Value::Object(members) => {
            for (name, property) in &schema.properties {
                let own = contract.schema(*property);
                match members.get_mut(name) {
                    Some(member) => complete(contract, *property, member),
                    None if is_chosen(own) => {
                        members.extend(own.default.clone().map(|default| (name.clone(), default)));
                    }
                    None => {}
                }
            }
            if let Additional::Schema(others) = schema.additional {
                let others_too =
                    members.iter_mut().filter(|(name, _)| !schema.properties.contains_key(*name));
                others_too.for_each(|(_, member)| complete(contract, others, member));
            }
        }
        Value::Array(elements) => {
            if let Some(items) = schema.items {
                elements.iter_mut().for_each(|element| complete(contract, items, element));
            }
        }
        _ => {}
    }
}
