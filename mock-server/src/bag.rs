//! One bag of parameters (`x-conduct.merge-parameters`): what stands in the body counts before what stands in the query.

use serde_json::{Map, Value};
use tercet_spec::Contract;
use tercet_spec::contract::{Additional, Location, MediaType, Operation, Parameter, SchemaId, Type};

use crate::decode::{self, Fault, Wire};
use crate::negotiate;
use crate::pipeline::{Pipeline, Refusal, Request};
use crate::read::{self, Body};

/// What a request says in its query and body, before either is held to a schema.
pub(crate) struct Bag {
    query: Map<String, Value>,
    body: Body,
    /// The body is no JSON: its scalars are texts.
    texts: bool,
}

impl Bag {
    /// Reads query and body, whether or not the operation declares a body.
    pub(crate) fn read(
        pipeline: &Pipeline,
        operation: &Operation,
        request: &Request<'_>,
        wire: &Wire<'_>,
        faults: &mut Vec<Fault>,
    ) -> Result<Self, Refusal> {
        let query = decode::php_names(wire.pairs()).unwrap_or_else(|(name, why)| {
            faults.push(Fault::unreadable(&name, format!("{name} {why}"), &operation.pointer));
            Map::new()
        });
        let mut body = read::body(pipeline, operation.body.as_ref(), request, faults)?;
        let content_type = read::content_type(request);
        if operation.body.is_none() {
            body = undeclared(pipeline, operation, request, content_type, faults);
        }
        let texts = !negotiate::is_json(content_type);
        Ok(Self { query, body, texts })
    }

    /// Takes out what is said of a query parameter; it stays where it is a property of the body, too.
    pub(crate) fn parameter(
        &mut self,
        pipeline: &Pipeline,
        operation: &Operation,
        parameter: &Parameter,
        wire: &Wire<'_>,
    ) -> Result<Option<Value>, Fault> {
        let contract = &*pipeline.contract;
        let schema = self.schema(operation);
        let name = plain(&parameter.name);
        let sent = match &mut self.body {
            Body::Read(Value::Object(members), _) => {
                if schema.is_some_and(|id| decode::property(contract, id, name).is_some()) {
                    members.get(name).cloned()
                } else {
                    members.shift_remove(name)
                }
            }
            _ => None,
        };
        let mut value = match (sent, self.query.get(name)) {
            (Some(value), _) if self.texts => decode::php_typed(contract, Some(parameter.schema), value),
            (Some(value), _) => value,
            (None, _) if parameter.content.is_some() => {
                return decode::parameter(contract, parameter, wire, None);
            }
            (None, Some(value)) => decode::php_typed(contract, Some(parameter.schema), value.clone()),
            (None, None) => return Ok(None),
        };
        pipeline.tidy.tidy(parameter.schema, &mut value);
        let conduct = &contract.conduct;
        let absent = value.is_null()
            && ((conduct.null_is_absent && !parameter.required) || conduct.empty_is_null)
            && !contract.schema(parameter.schema).is_nullable();
        Ok((!absent).then_some(value))
    }

    /// The body, with what the query says of its properties.
    pub(crate) fn into_body(mut self, contract: &Contract, operation: &Operation) -> Body {
        let schema = self.schema(operation);
        let (Some(declared), Some(schema)) = (&operation.body, schema) else { return self.body };
        let of_query = |name: &str| {
            let same = |one: &Parameter| one.location == Location::Query && plain(&one.name) == name;
            operation.parameters.iter().any(same)
        };
        let open = is_open(contract, schema);
        let mut more = Vec::new();
        for (name, value) in std::mem::take(&mut self.query) {
            let property = decode::property(contract, schema, &name);
            if property.is_some() || (open && !of_query(&name)) {
                more.push((name, decode::php_typed(contract, property, value)));
            }
        }
        match self.body {
            Body::Read(Value::Object(mut members), schema) => {
                for (name, value) in more {
                    members.entry(name).or_insert(value);
                }
                Body::Read(Value::Object(members), schema)
            }
            Body::Missing | Body::Nothing if !more.is_empty() && !declared.content.is_empty() => {
                Body::Read(Value::Object(more.into_iter().collect()), Some(schema))
            }
            other => other,
        }
    }

    /// What the body keeps: the schema of what was sent, else of the first media type that is an object.
    fn schema(&self, operation: &Operation) -> Option<SchemaId> {
        match &self.body {
            Body::Read(_, schema) => *schema,
            Body::Missing | Body::Nothing => {
                operation.body.as_ref()?.content.iter().find_map(|media| media.schema)
            }
        }
    }
}

/// A list in the query is declared by the name that stands there, `tags[]`; in the bag it is `tags`.
fn plain(name: &str) -> &str {
    name.strip_suffix("[]").unwrap_or(name)
}

/// Whether an object may have properties that the schema does not name.
fn is_open(contract: &Contract, id: SchemaId) -> bool {
    let schema = contract.schema(id);
    match schema.additional {
        Additional::Open | Additional::Schema(_) => true,
        Additional::Unstated => schema.properties.is_empty() && schema.allows(Type::Object),
        Additional::Closed => false,
    }
}

/// The body of an operation that declares none: it may carry query parameters.
fn undeclared(
    pipeline: &Pipeline,
    operation: &Operation,
    request: &Request<'_>,
    content_type: &str,
    faults: &mut Vec<Fault>,
) -> Body {
    let essence = negotiate::essence(content_type);
    let known = negotiate::is_json(&essence)
        || essence == "application/x-www-form-urlencoded"
        || essence == "multipart/form-data";
    let Some(bytes) = read::received(request).filter(|_| known) else { return Body::Nothing };
    let media = MediaType {
        name: essence.into_owned(),
        schema: None,
        examples: Vec::new(),
        encoding: None,
        pointer: operation.pointer.clone(),
    };
    match decode::body(&pipeline.contract, &media, content_type, bytes) {
        Ok(value) => Body::Read(value, None),
        Err(_) if pipeline.contract.conduct.malformed_is_absent => Body::Nothing,
        Err(fault) => {
            faults.push(fault.ending_in(read::malformed(&pipeline.contract)));
            Body::Nothing
        }
    }
}

/// Reads a query parameter out of the bag, or, where there is none, as it is declared.
pub(crate) fn of_query(
    pipeline: &Pipeline,
    operation: &Operation,
    parameter: &Parameter,
    wire: &Wire<'_>,
    bag: Option<&mut Bag>,
) -> Result<Option<Value>, Fault> {
    match bag {
        Some(bag) => bag.parameter(pipeline, operation, parameter, wire),
        None => {
            let mut value = decode::parameter(&pipeline.contract, parameter, wire, None)?;
            if let Some(value) = &mut value {
                pipeline.tidy.cast(parameter.schema, value);
            }
            Ok(value)
        }
    }
}
