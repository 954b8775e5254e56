//! Validation against the contract's schemas, compiled once.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::schema::SchemaId;
use crate::Pointer;

/// Which way a value travels: `readOnly` properties are not required of requests, `writeOnly` ones not of responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flavour {
    /// From client to server.
    Request,
    /// From server to client.
    Response,
}

/// A rule that a value breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Where in the value.
    pub instance: Pointer,
    /// The rule: the JSON Schema keyword, for `type` and `format` followed by the word demanded (`type.integer`, `format.uuid`).
    pub rule: String,
    /// What the keyword demands: `5` of `minLength: 5`, the list of an `enum`, the name of a `required` property.
    pub limit: Value,
    /// A sentence in plain words.
    pub message: String,
    /// Where the rule stands in the document.
    pub schema: Pointer,
}

/// The compiled schemas of a contract. Cheap to clone; each schema is compiled when it is first asked for.
#[derive(Clone)]
pub struct Validators {
    pub(crate) inner: Arc<dyn Validate>,
}

/// What a set of compiled schemas can do.
pub(crate) trait Validate: Send + Sync {
    fn violations(&self, schema: SchemaId, flavour: Flavour, value: &Value) -> Vec<Violation>;
    fn is_valid(&self, schema: SchemaId, flavour: Flavour, value: &Value) -> bool;
    /// The schema, with all that it refers to, as JSON Schema 2020-12.
    fn json_schema(&self, schema: SchemaId, flavour: Flavour) -> Value;
    /// Why a schema cannot be compiled.
    fn fault(&self, schema: SchemaId, flavour: Flavour) -> Option<String>;
}

impl Validators {
    /// Whether `value` keeps the schema. Cheaper than [`violations`](Self::violations).
    #[must_use]
    pub fn is_valid(&self, schema: SchemaId, flavour: Flavour, value: &Value) -> bool {
        self.inner.is_valid(schema, flavour, value)
    }

    /// Every rule that `value` breaks; empty when it keeps the schema.
    #[must_use]
    pub fn violations(&self, schema: SchemaId, flavour: Flavour, value: &Value) -> Vec<Violation> {
        self.inner.violations(schema, flavour, value)
    }

    /// The schema as JSON Schema 2020-12, for validators elsewhere: everything that it refers to is under `$defs`.
    #[must_use]
    pub fn json_schema(&self, schema: SchemaId, flavour: Flavour) -> Value {
        self.inner.json_schema(schema, flavour)
    }

    /// Why the schema cannot be compiled, if so: such a schema refuses nothing. Compiles it.
    #[must_use]
    pub fn fault(&self, schema: SchemaId, flavour: Flavour) -> Option<String> {
        self.inner.fault(schema, flavour)
    }
}

impl fmt::Debug for Validators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Validators")
    }
}
