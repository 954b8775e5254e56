//! What an expression's value looks like, as far as the document tells.

use crate::Contract;
use crate::contract::{Additional, Schema, SchemaId, Type};

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::lower) enum Shape {
    /// Nothing is known of it.
    Any,
    /// It keeps a schema; a record has its collection's.
    Schema(SchemaId),
    /// A list of such: a path gives what all of them have.
    List(SchemaId),
    /// An object with these members, of which nothing is known.
    Members(&'static [&'static str]),
    /// A text or a number: nothing can be taken from it.
    Scalar,
}

/// What a `list` tells of the page that it cut out.
pub(super) const PAGE: Shape = Shape::Members(&["number", "size", "total", "count", "next", "previous"]);
/// How an operation ended.
pub(super) const OUTCOME: Shape =
    Shape::Members(&["name", "message", "messages", "fields", "data", "details"]);

/// A name that a path takes and the value does not have.
pub(in crate::lower) struct Missing {
    pub(in crate::lower) name: String,
    pub(in crate::lower) candidates: Vec<String>,
}

/// Where `path` leads from `shape`: through properties, elements of arrays, and references to records.
pub(in crate::lower) fn walk(
    contract: &Contract,
    mut shape: Shape,
    path: &[String],
) -> Result<Shape, Missing> {
    for name in path {
        shape = step(contract, shape, name, 0)?;
    }
    Ok(shape)
}

/// Alternatives of alternatives are followed this far.
const DEPTH: usize = 8;

fn step(contract: &Contract, shape: Shape, name: &str, depth: usize) -> Result<Shape, Missing> {
    let id = match shape {
        Shape::Any => return Ok(Shape::Any),
        Shape::Members(known) if known.contains(&name) => return Ok(Shape::Any),
        Shape::Members(known) => {
            let candidates = known.iter().map(|one| (*one).to_owned()).collect();
            return Err(Missing { name: name.to_owned(), candidates });
        }
        Shape::Scalar => return Err(Missing { name: name.to_owned(), candidates: Vec::new() }),
        Shape::List(id) if is_index(name) => return Ok(Shape::Schema(id)),
        Shape::Schema(id) | Shape::List(id) => id,
    };
    if depth > DEPTH {
        return Ok(Shape::Any);
    }
    let schema = contract.schema(id);
    if let Some(reference) = &schema.reference {
        let Some(collection) = contract.collections.get(&reference.to) else { return Ok(Shape::Any) };
        if reference.many && is_index(name) {
            return Ok(Shape::Schema(collection.schema));
        }
        return step(contract, Shape::Schema(collection.schema), name, depth + 1);
    }
    if let Some(items) = schema.items {
        return if is_index(name) {
            Ok(Shape::Schema(items))
        } else {
            step(contract, Shape::Schema(items), name, depth + 1)
        };
    }
    if let Some(property) = schema.properties.get(name) {
        return Ok(Shape::Schema(*property));
    }
    let branches: Vec<SchemaId> = schema.one_of.iter().chain(&schema.any_of).copied().collect();
    let mut candidates: Vec<String> = schema.properties.keys().cloned().collect();
    for branch in &branches {
        match step(contract, Shape::Schema(*branch), name, depth + 1) {
            Ok(found) => return Ok(found),
            Err(missing) => candidates.extend(missing.candidates),
        }
    }
    match schema.additional {
        Additional::Schema(inner) => Ok(Shape::Schema(inner)),
        Additional::Open => Ok(Shape::Any),
        Additional::Unstated if is_free(schema) && branches.is_empty() => Ok(Shape::Any),
        Additional::Unstated | Additional::Closed => Err(Missing { name: name.to_owned(), candidates }),
    }
}

fn is_index(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the schema says nothing of what an object may have.
fn is_free(schema: &Schema) -> bool {
    schema.properties.is_empty() && schema.allows(Type::Object)
}
