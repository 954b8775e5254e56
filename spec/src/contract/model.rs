//! The contract as a whole.

use indexmap::IndexMap;

use super::{Collection, Conduct, Operation, Schema, SchemaId, Schemas, SecurityScheme, Setting, Validators};
use crate::Document;

/// A document, resolved and lowered: what the code generator, the mock server and the suite read.
#[derive(Clone, Debug)]
pub struct Contract {
    /// `info.title`
    pub title: String,
    /// `info.version`
    pub version: String,
    /// The path of the first server's URL, without a slash at the end; empty for none.
    pub base_path: String,
    /// The document it was made from.
    pub document: Document,
    /// The collections by name.
    pub collections: IndexMap<String, Collection>,
    /// The settings.
    pub settings: Vec<Setting>,
    /// What holds for every request.
    pub conduct: Conduct,
    /// The security schemes.
    pub schemes: Vec<SecurityScheme>,
    /// The operations in the document's order.
    pub operations: Vec<Operation>,
    /// The schemas.
    pub schemas: Schemas,
    /// Compiled validators, made when they are first asked for.
    pub validators: Validators,
}

impl Contract {
    /// The operation with that `operationId`.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// The security scheme of that name.
    #[must_use]
    pub fn scheme(&self, name: &str) -> Option<&SecurityScheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }

    /// A schema.
    #[must_use]
    pub fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id]
    }

    /// Whether the document says what its operations do.
    #[must_use]
    pub fn is_stateful(&self) -> bool {
        self.operations.iter().any(|operation| !operation.effect.is_empty())
    }
}
