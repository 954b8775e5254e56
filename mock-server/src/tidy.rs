//! What becomes of a body before validation (`x-conduct`): of properties nobody declared, of null where a property is
//! optional, of blanks around texts, and of scalars of another type than the schema's.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use serde_json::Value;
use tercet_spec::contract::{Additional, Coerce, Location, SchemaId, UnknownProperties};
use tercet_spec::{Contract, Pointer};

use self::scalar::Scalar;

mod php;
mod scalar;

pub(crate) use self::php::integer as php_integer;

/// The request schemas of a contract as far as tidying needs them, made once.
#[derive(Debug, Default)]
pub(crate) struct Tidy {
    null_is_absent: bool,
    empty_is_null: bool,
    unknown: UnknownProperties,
    trim: bool,
    coerce: Coerce,
    known: HashMap<SchemaId, Option<usize>, RandomState>,
    shapes: Vec<Shape>,
}

#[derive(Debug, Default)]
struct Shape {
    properties: HashMap<String, Property, RandomState>,
    /// Properties nobody declared are welcome.
    open: bool,
    /// The shape of those that `additionalProperties` gives a schema for.
    additional: Option<usize>,
    items: Option<usize>,
    scalar: Scalar,
    place: Pointer,
}

#[derive(Debug, Default)]
struct Property {
    shape: Option<usize>,
    /// It may be left out.
    optional: bool,
    /// Null is among its values.
    nullable: bool,
}

/// A property that nobody declared.
#[derive(Debug)]
pub(crate) struct Unknown {
    /// Its path with dots.
    pub(crate) path: String,
    /// Its name.
    pub(crate) name: String,
    /// The schema that does not know it.
    pub(crate) place: Pointer,
}

impl Tidy {
    pub(crate) fn new(contract: &Contract) -> Self {
        let conduct = &contract.conduct;
        let mut tidy = Self {
            null_is_absent: conduct.null_is_absent,
            empty_is_null: conduct.empty_is_null,
            unknown: conduct.unknown_properties,
            trim: conduct.trim,
            coerce: conduct.coerce,
            ..Self::default()
        };
        let changes = tidy.null_is_absent || tidy.empty_is_null || tidy.trim || tidy.coerce != Coerce::No;
        if changes || tidy.unknown != UnknownProperties::Keep {
            let bodies = contract.operations.iter().filter_map(|operation| operation.body.as_ref());
            for schema in bodies.flat_map(|body| &body.content).filter_map(|media| media.schema) {
                tidy.compile(contract, schema);
            }
            // What comes in the query is cast as in the body, and where they are one it is tidied like it.
            if tidy.coerce == Coerce::Php || conduct.merge_parameters {
                let parameters = contract.operations.iter().flat_map(|operation| &operation.parameters);
                for parameter in parameters.filter(|one| one.location == Location::Query) {
                    tidy.compile(contract, parameter.schema);
                }
            }
        }
        tidy
    }

    fn compile(&mut self, contract: &Contract, id: SchemaId) -> Option<usize> {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        let schema = contract.schema(id);
        let branches: Vec<_> = schema.one_of.iter().chain(&schema.any_of).copied().collect();
        let anything = schema.types.is_empty()
            && schema.properties.is_empty()
            && schema.items.is_none()
            && branches.is_empty();
        if anything {
            self.known.insert(id, None);
            return None;
        }
        // Recursive schemas lead back here: the place is taken before its contents are known.
        let index = self.shapes.len();
        self.shapes.push(Shape::default());
        self.known.insert(id, Some(index));
        let scalar = Scalar::new(contract, id);
        let mut shape = Shape { place: schema.pointer.clone(), scalar, ..Shape::default() };
        // An object of which nothing is said is free-form: there is nothing to tell known from unknown by.
        let free_form = schema.properties.is_empty() && branches.is_empty();
        shape.open =
            schema.additional == Additional::Open || (free_form && schema.additional == Additional::Unstated);
        if let Additional::Schema(additional) = &schema.additional {
            shape.open = true;
            shape.additional = self.compile(contract, *additional);
        }
        shape.items = schema.items.and_then(|items| self.compile(contract, items));
        for (name, property) in &schema.properties {
            let (optional, nullable) = (!schema.required.contains(name), admits_null(contract, *property));
            let inner = self.compile(contract, *property);
            shape.properties.insert(name.clone(), Property { shape: inner, optional, nullable });
        }
        for branch in branches {
            match self.compile(contract, branch) {
                None => shape.open = true,
                // A branch knows what its siblings need not.
                Some(at) => {
                    let inner = &self.shapes[at];
                    let says_so = contract.schema(branch).additional == Additional::Open;
                    shape.open |=
                        says_so || inner.additional.is_some() || (inner.open && !inner.properties.is_empty());
                    shape.additional = shape.additional.or(inner.additional);
                    shape.items = shape.items.or(inner.items);
                    for (name, property) in &inner.properties {
                        shape.properties.entry(name.clone()).or_insert(Property {
                            shape: property.shape,
                            optional: property.optional,
                            nullable: property.nullable,
                        });
                    }
                }
            }
        }
        self.shapes[index] = shape;
        Some(index)
    }

    /// Tidies a body; gives the properties that are refused.
    pub(crate) fn tidy(&self, schema: SchemaId, body: &mut Value) -> Vec<Unknown> {
        let mut unknown = Vec::new();
        if let Some(Some(shape)) = self.known.get(&schema) {
            self.walk(*shape, body, &mut String::new(), &mut unknown);
        }
        unknown
    }

    /// Casts a query parameter as PHP would, where that is asked for.
    pub(crate) fn cast(&self, schema: SchemaId, value: &mut Value) {
        if self.coerce == Coerce::Php {
            self.tidy(schema, value);
        }
    }

    fn walk(&self, shape: usize, value: &mut Value, path: &mut String, unknown: &mut Vec<Unknown>) {
        let shape = &self.shapes[shape];
        if self.coerce == Coerce::Php
            && let Some(read) = php::cast(&shape.scalar.types, value)
        {
            *value = read;
            return;
        }
        match value {
            Value::Object(map) => {
                if !shape.open && self.unknown == UnknownProperties::Drop {
                    map.retain(|name, _| shape.properties.contains_key(name));
                }
                for (name, member) in map.iter_mut() {
                    let length = push(path, name);
                    match shape.properties.get(name) {
                        Some(property) => {
                            if let Some(inner) = property.shape {
                                self.walk(inner, member, path, unknown);
                            }
                        }
                        None => {
                            if let Some(inner) = shape.additional {
                                self.walk(inner, member, path, unknown);
                            } else if !shape.open && self.unknown == UnknownProperties::Refuse {
                                let place = shape.place.clone();
                                unknown.push(Unknown { path: path.clone(), name: name.clone(), place });
                            }
                        }
                    }
                    path.truncate(length);
                }
                map.retain(|name, member| !(member.is_null() && self.drops(shape.properties.get(name))));
            }
            Value::Array(items) => {
                let Some(inner) = shape.items else { return };
                for (index, item) in items.iter_mut().enumerate() {
                    let length = push(path, &index.to_string());
                    self.walk(inner, item, path, unknown);
                    path.truncate(length);
                }
            }
            scalar => self.scalar(&shape.scalar, scalar),
        }
    }

    /// Whether null of a property is as good as nothing.
    fn drops(&self, property: Option<&Property>) -> bool {
        property.is_some_and(|property| {
            !property.nullable && (self.empty_is_null || (self.null_is_absent && property.optional))
        })
    }

    fn scalar(&self, wanted: &Scalar, value: &mut Value) {
        if let Value::String(text) = value
            && self.trim
            && !wanted.secret
            && text.trim().len() < text.len()
        {
            *text = text.trim().to_owned();
        }
        if self.empty_is_null && value.as_str() == Some("") {
            *value = Value::Null;
        }
        if self.coerce == Coerce::Readable
            && let Some(read) = wanted.coerced(value)
        {
            *value = read;
        }
    }
}

/// Adds a name to a path with dots; gives the length to cut it back to.
fn push(path: &mut String, name: &str) -> usize {
    let length = path.len();
    if length > 0 {
        path.push('.');
    }
    path.push_str(name);
    length
}

fn admits_null(contract: &Contract, id: SchemaId) -> bool {
    let schema = contract.schema(id);
    let mut branches = schema.one_of.iter().chain(&schema.any_of);
    let branched = !schema.one_of.is_empty() || !schema.any_of.is_empty();
    if schema.types.is_empty() {
        return !branched || branches.any(|branch| *branch != id && contract.schema(*branch).is_nullable());
    }
    schema.is_nullable()
}
