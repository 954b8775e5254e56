//! The position in the document that a deployment is held to, and what it says there.

use schemars::JsonSchema;
use serde::Serialize;
use tercet_spec::{Contract, Pointer};

/// A place in the document (or in a standard, where the document relies on one), and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Clause {
    /// What messages call the document.
    pub document: String,
    /// A JSON Pointer (RFC 6901) into it.
    pub pointer: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// Whether the document was made for the run: no file has that line then, and the pointer says where.
    pub made: bool,
    /// What the document says there, in a few words.
    pub says: String,
}

impl Clause {
    /// The clause at `pointer`, which says `says`.
    #[must_use]
    pub fn at(contract: &Contract, pointer: &Pointer, says: impl Into<String>) -> Self {
        let position = contract.document.position(pointer);
        Self {
            document: contract.document.name().to_owned(),
            pointer: pointer.as_str().to_owned(),
            line: position.line,
            column: position.column,
            made: contract.document.is_made(),
            says: says.into(),
        }
    }
}

impl std::fmt::Display for Clause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.made {
            return write!(f, "{}, {}: {}", self.document, self.pointer, self.says);
        }
        write!(f, "{}:{}:{}: {}", self.document, self.line, self.column, self.says)
    }
}
