//! What a workflow says, read and checked.

use indexmap::IndexMap;
use serde_json::Value;
use tercet_spec::Pointer;

use super::condition::Condition;
use super::expression::Expression;

/// A workflow that can be told to a deployment.
#[derive(Clone, Debug)]
pub struct Story {
    pub(super) name: String,
    pub(super) summary: String,
    pub(super) document: tercet_spec::Document,
    pub(super) inputs: Vec<(String, Value, Pointer)>,
    pub(super) steps: Vec<Step>,
}

impl Story {
    /// Its `workflowId`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its summary; empty when it has none.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.summary
    }
}

/// One request of a story.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) name: String,
    /// The index of its operation in the contract.
    pub(super) operation: usize,
    /// Who asks, as an index into the run's identities (`x-caller: second` is 1); `None` for nobody (`x-caller: nobody`), where no
    /// credential of the run is presented.
    pub(super) caller: Option<usize>,
    /// Where a parameter stands (`path`, `query`, `header`, `cookie`), its name and its value.
    pub(super) parameters: Vec<(String, String, Value)>,
    /// Media type and payload.
    pub(super) body: Option<(String, Value)>,
    pub(super) criteria: Vec<Criterion>,
    pub(super) outputs: IndexMap<String, Expression>,
}

/// What must hold of a step's answer.
#[derive(Clone, Debug)]
pub(super) struct Criterion {
    pub(super) test: Test,
    pub(super) text: String,
    pub(super) pointer: Pointer,
}

/// The kinds of criteria (Arazzo 1.0.1, "Criterion Object").
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// `type: simple`
    Simple(Condition),
    /// `type: regex`: the context, as text, matches.
    Regex(Expression, String),
    /// `type: jsonpath`: the query finds something in the context.
    JsonPath(Expression, String),
}
