//! What a deployment does that its contract does not allow.

use schemars::JsonSchema;
use serde::Serialize;

use crate::Clause;

/// One deviation: which clause, what was seen, and the shortest list of exchanges that shows it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Finding {
    /// The check or law that noticed it.
    pub by: String,
    /// The operation it is about.
    pub operation: Option<String>,
    /// What the deployment is held to.
    pub clause: Clause,
    /// One sentence: what was expected and what was seen.
    pub message: String,
    /// The numbers of the exchanges that show it, in the order in which they were sent. The runner adds those that they
    /// depend on (the creation of a record that is read, say).
    pub exchanges: Vec<usize>,
}

impl Finding {
    /// A finding by `by` against `clause`.
    #[must_use]
    pub fn new(by: &str, clause: Clause, message: impl Into<String>) -> Self {
        Self { by: by.to_owned(), operation: None, clause, message: message.into(), exchanges: Vec::new() }
    }

    /// The operation it is about.
    #[must_use]
    pub fn of(mut self, operation: &tercet_spec::contract::Operation) -> Self {
        self.operation = Some(operation.id.clone());
        self
    }

    /// An exchange that shows it.
    #[must_use]
    pub fn shown_by(mut self, exchange: &crate::Exchange) -> Self {
        self.exchanges.push(exchange.number);
        self
    }

    /// What makes two findings the same problem: check, operation, clause. A run reports one of each kind.
    #[must_use]
    pub fn bucket(&self) -> (&str, Option<&str>, &str) {
        (&self.by, self.operation.as_deref(), &self.clause.pointer)
    }
}
