//! A resolved view of JSON Schema: references followed, `allOf` merged, vocabulary attached.

use indexmap::IndexMap;
use serde_json::{Number, Value};

use super::collection::{Assign, Reference};
use crate::Pointer;
use crate::language::{Predicate, ValueExpr};

/// Names a schema of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub(crate) u32);

/// All schemas of a contract. Recursive schemas are possible: ids may lead back.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    pub(crate) all: Vec<Schema>,
    pub(crate) by_name: IndexMap<String, SchemaId>,
}

impl Schemas {
    /// The component schema of that name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<SchemaId> {
        self.by_name.get(name).copied()
    }

    /// All of them with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        (0u32..).map(SchemaId).zip(&self.all)
    }
}

impl std::ops::Index<SchemaId> for Schemas {
    type Output = Schema;

    fn index(&self, id: SchemaId) -> &Schema {
        &self.all[id.0 as usize]
    }
}

/// A JSON type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `number`
    Number,
    /// `string`
    String,
    /// `array`
    Array,
    /// `object`
    Object,
}

/// What an object may have besides its `properties`.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Additional {
    /// The document does not say, which in JSON Schema allows anything.
    #[default]
    Unstated,
    /// Anything: the document says `additionalProperties: true`.
    Open,
    /// Nothing.
    Closed,
    /// Values of a schema.
    Schema(SchemaId),
}

/// One schema. Members that the document does not mention are empty.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// Where it stands in the document, after references.
    pub pointer: Pointer,
    /// The component's name, for a schema under `components/schemas`.
    pub name: Option<String>,
    /// What values may be; empty = anything. `Null` is among them for a nullable schema.
    pub types: Vec<Type>,
    /// Properties in the document's order, `allOf` included.
    pub properties: IndexMap<String, SchemaId>,
    /// Names of required properties.
    pub required: Vec<String>,
    /// What else an object may have.
    pub additional: Additional,
    /// The schema of an array's elements.
    pub items: Option<SchemaId>,
    /// `oneOf` branches.
    pub one_of: Vec<SchemaId>,
    /// `anyOf` branches.
    pub any_of: Vec<SchemaId>,
    /// `not`
    pub not: Option<SchemaId>,
    /// `enum` (a `const` is an `enum` of one value).
    pub values: Vec<Value>,
    /// `default`
    pub default: Option<Value>,
    /// `example`, or the first of `examples`.
    pub example: Option<Value>,
    /// `format`
    pub format: Option<String>,
    /// `pattern`
    pub pattern: Option<String>,
    /// `minLength`, `maxLength` in characters.
    pub length: (Option<u64>, Option<u64>),
    /// `minItems`, `maxItems`
    pub items_count: (Option<u64>, Option<u64>),
    /// `minProperties`, `maxProperties`
    pub properties_count: (Option<u64>, Option<u64>),
    /// `minimum`, `maximum`
    pub range: (Option<Number>, Option<Number>),
    /// `exclusiveMinimum`, `exclusiveMaximum` (as numbers, also where a 3.0 document has booleans).
    pub exclusive_range: (Option<Number>, Option<Number>),
    /// `multipleOf`
    pub multiple_of: Option<Number>,
    /// `uniqueItems`
    pub unique_items: bool,
    /// `readOnly`: never sent by clients.
    pub read_only: bool,
    /// `writeOnly`: stored and never rendered.
    pub write_only: bool,
    /// `deprecated`
    pub deprecated: bool,
    /// `discriminator.propertyName`
    pub discriminator: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `x-ref`
    pub reference: Option<Reference>,
    /// `x-assign`
    pub assign: Option<Assign>,
    /// `x-value`
    pub value: Option<ValueExpr>,
    /// `x-when`
    pub when: Option<Predicate>,
}

impl Schema {
    /// Whether values of this type are allowed, as far as `types` goes.
    #[must_use]
    pub fn allows(&self, wanted: Type) -> bool {
        self.types.is_empty()
            || self.types.contains(&wanted)
            || (wanted == Type::Integer && self.types.contains(&Type::Number))
    }

    /// Whether null is among the declared types.
    #[must_use]
    pub fn is_nullable(&self) -> bool {
        self.types.contains(&Type::Null)
    }

    /// The declared type besides null, where there is exactly one.
    #[must_use]
    pub fn single_type(&self) -> Option<Type> {
        let mut others = self.types.iter().filter(|one| **one != Type::Null);
        others.next().copied().filter(|_| others.next().is_none())
    }
}
