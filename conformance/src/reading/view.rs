//! Where a successful answer shows the record or records that an operation is about.

use indexmap::IndexMap;
use serde_json::Value;
use tercet_spec::contract::{Contract, Operation, SchemaId, Status, Type, Verb};
use tercet_spec::language::{Source, ValueExpr};

use super::slot::walk;

/// How a successful answer shows records.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The collection whose records are shown.
    pub collection: String,
    /// The status that the answer has.
    pub status: Status,
    /// Member names from the body's root to the record, or to the list of records.
    pub at: Vec<String>,
    /// Whether there is a list of them.
    pub many: bool,
    /// Member names from an element of the list to the record; empty without a list.
    pub within: Vec<String>,
    /// Members of the shown record, and the field of the stored record that each shows as it is.
    /// Members derived in another way are not here.
    pub members: IndexMap<String, String>,
    /// The schema of one shown record.
    pub schema: SchemaId,
}

impl View {
    /// The records that a body shows; none when the body is not of the expected shape.
    #[must_use]
    pub fn records<'v>(&self, body: &'v Value) -> Vec<&'v Value> {
        match walk(body, &self.at) {
            Some(Value::Array(items)) if self.many => {
                items.iter().filter_map(|item| walk(item, &self.within)).collect()
            }
            Some(one) if !self.many && one.is_object() => vec![one],
            _ => Vec::new(),
        }
    }

    /// The value of a stored field, as a shown record has it.
    #[must_use]
    pub fn field<'v>(&self, shown: &'v Value, field: &str) -> Option<&'v Value> {
        self.member(field).and_then(|member| shown.get(member))
    }

    /// The member that shows a stored field.
    #[must_use]
    pub fn member(&self, field: &str) -> Option<&str> {
        self.members.iter().find(|(_, own)| own.as_str() == field).map(|(member, _)| member.as_str())
    }
}

/// The view of an operation: the lowest success that has a JSON body with a schema, and the collection of its result.
pub(super) fn view(contract: &Contract, operation: &Operation) -> Option<View> {
    let collection = result_collection(operation)?;
    let success = |status: Status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    let response = operation.responses.iter().filter(|one| success(one.status)).find(|one| {
        one.when.is_none() && !one.content.is_empty() && one.outcomes.iter().any(|name| name == "ok")
    })?;
    let media = response.content.iter().find(|media| is_json(&media.name))?;
    let (mut at, schema) = root(contract, media.schema?)?;
    let (schema, many) = match contract.schema(schema).items {
        Some(item) if contract.schema(schema).allows(Type::Array) => (item, true),
        _ => (schema, false),
    };
    let (below, schema) = record_within(contract, collection, schema);
    let mut within = Vec::new();
    (if many { &mut within } else { &mut at }).extend(below);
    Some(View {
        collection: collection.to_owned(),
        status: response.status,
        at,
        many,
        within,
        members: members(contract, collection, schema),
        schema,
    })
}

/// Whether a media type is JSON (RFC 6839, 3.1).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// The collection of `$result`: the step bound as `result`, else the last that has a result.
fn result_collection(operation: &Operation) -> Option<&str> {
    let named = operation.effect.iter().find(|step| step.bind.as_deref() == Some("result"));
    let last = || {
        operation.effect.iter().rfind(|step| !matches!(step.verb.seen(), Verb::Require(_) | Verb::Delete(_)))
    };
    named.or_else(last)?.verb.seen().collection()
}

/// The part of the answer that is `$result`: a member that says so, else the whole.
fn root(contract: &Contract, schema: SchemaId) -> Option<(Vec<String>, SchemaId)> {
    let own = contract.schema(schema);
    for (name, member) in &own.properties {
        if is_result(contract.schema(*member).value.as_ref()) {
            // A page within it: `$record.items`.
            let list = contract.schema(*member).properties.iter().find(|(_, inner)| {
                is_list(contract, **inner)
                    && is_part_of(&Source::Record, contract.schema(**inner).value.as_ref())
            });
            return Some(match list {
                Some((inner, list)) => (vec![name.clone(), inner.clone()], *list),
                None => (vec![name.clone()], *member),
            });
        }
    }
    // A list with what is told about it: `$result.items`, or `$record.items` below what is `$result`.
    let list = own.properties.iter().find(|(_, member)| {
        is_list(contract, **member) && is_part_of(&Source::Result, contract.schema(**member).value.as_ref())
    });
    if let Some((name, member)) = list {
        return Some((vec![name.clone()], *member));
    }
    (own.value.is_none() || is_result(own.value.as_ref())).then(|| (Vec::new(), schema))
}

/// Where an answer's part shows the record itself: a member that is `$record`, beside others that tell about it. The part itself where
/// it has the key.
fn record_within(contract: &Contract, collection: &str, schema: SchemaId) -> (Vec<String>, SchemaId) {
    let key = contract.collections.get(collection).map_or("id", |one| one.key.as_str());
    if members(contract, collection, schema).values().any(|field| field == key) {
        return (Vec::new(), schema);
    }
    let whole = |value: Option<&ValueExpr>| matches!(value, Some(ValueExpr::Expression(one)) if one.source == Source::Record && one.path.is_empty());
    let own = contract.schema(schema).properties.iter();
    let found = own
        .filter(|(_, member)| whole(contract.schema(**member).value.as_ref()))
        .find(|(_, member)| members(contract, collection, **member).values().any(|field| field == key));
    found.map_or_else(|| (Vec::new(), schema), |(name, member)| (vec![name.clone()], *member))
}

/// Whether a schema is a list of objects.
fn is_list(contract: &Contract, schema: SchemaId) -> bool {
    contract.schema(schema).items.is_some_and(|items| contract.schema(items).allows(Type::Object))
}

fn is_part_of(source: &Source, value: Option<&ValueExpr>) -> bool {
    matches!(value, Some(ValueExpr::Expression(one)) if one.source == *source && one.path.len() == 1)
}

fn is_result(value: Option<&ValueExpr>) -> bool {
    matches!(value, Some(ValueExpr::Expression(one)) if one.source == Source::Result && one.path.is_empty())
}

fn members(contract: &Contract, collection: &str, schema: SchemaId) -> IndexMap<String, String> {
    let Some(stored) = contract.collections.get(collection).map(|one| contract.schema(one.schema)) else {
        return IndexMap::new();
    };
    let through = through_reference(contract, collection, schema);
    let shows = |member: &str, id: SchemaId| -> Option<String> {
        let schema = contract.schema(id);
        match (&schema.value, &through) {
            (None, None) => Some(member.to_owned()),
            (Some(ValueExpr::Expression(one)), None) if one.source == Source::Record => match &one.path[..] {
                [field] => Some(field.clone()),
                _ => None,
            },
            (Some(value), Some(through)) => referred(value, through).map(str::to_owned),
            _ => None,
        }
    };
    let all = properties(contract, schema);
    all.into_iter()
        .filter(|(_, id)| contract.schema(*id).when.is_none())
        .filter_map(|(member, id)| shows(&member, id).map(|field| (member, field)))
        .filter(|(_, field)| {
            stored.properties.get(field).is_some_and(|id| contract.schema(*id).value.is_none())
        })
        .collect()
}

/// The members of a shown record: of alternatives, what all of them have.
fn properties(contract: &Contract, schema: SchemaId) -> IndexMap<String, SchemaId> {
    let own = contract.schema(schema);
    let mut all = own.properties.clone();
    for alternatives in [&own.one_of, &own.any_of] {
        let mut branches = alternatives.iter().map(|branch| properties(contract, *branch));
        let Some(first) = branches.next() else { continue };
        let shared = branches.fold(first, |mut shared, branch| {
            shared.retain(|member, id| {
                branch.get(member).is_some_and(|other| {
                    contract.schema(*other).value == contract.schema(*id).value
                        && contract.schema(*other).when.is_none()
                })
            });
            shared
        });
        shared.into_iter().for_each(|(member, id)| {
            all.entry(member).or_insert(id);
        });
    }
    all
}

/// The reference to a record of the collection through which a schema shows it (`$record.author.id`), where the schema is that
/// of the record which refers to it: one that has no `id` of its own to show.
fn through_reference(contract: &Contract, collection: &str, schema: SchemaId) -> Option<String> {
    let key = &contract.collections.get(collection)?.key;
    let Some(ValueExpr::Expression(one)) =
        &contract.schema(*contract.schema(schema).properties.get(key)?).value
    else {
        return None;
    };
    let [reference, field] = &one.path[..] else { return None };
    let refers = contract
        .collections
        .values()
        .flat_map(|one| &one.references)
        .any(|(name, to)| name == reference && to.to == collection);
    (one.source == Source::Record && field == key && refers).then(|| reference.clone())
}

/// The field of the record behind a reference that a value is.
fn referred<'v>(value: &'v ValueExpr, reference: &str) -> Option<&'v str> {
    match value {
        ValueExpr::Expression(one) if one.source == Source::Record => match &one.path[..] {
            [first, field] if first == reference => Some(field),
            _ => None,
        },
        _ => None,
    }
}
