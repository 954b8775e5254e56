//! One broken rule of the document, and where.

use tercet_spec::Pointer;

use crate::Clause;

/// A rule that a request breaks, everything else about it being as the document allows.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    /// The part of the request.
    pub part: Part,
    /// Where in that part's value.
    pub instance: Pointer,
    /// The rule, as [`tercet_spec::contract::Violation::rule`] names it.
    pub rule: String,
    /// The outcome that the document gives for it.
    pub outcome: String,
    /// Where the rule stands.
    pub clause: Clause,
    /// What was done, in a few words: `name is a number`.
    pub what: String,
}

/// A part of a request that has a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A parameter, by its index in the operation.
    Parameter(usize),
    /// The body.
    Body,
}
