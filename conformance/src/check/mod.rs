//! Checks: what holds of every exchange, whatever it was sent for.

use tercet_spec::Contract;
use tercet_spec::contract::Operation;

use crate::{Exchange, Finding};

/// Everything a check may look at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'s> {
    /// The contract.
    pub contract: &'s Contract,
    /// The operation that the exchange was made for.
    pub operation: &'s Operation,
    /// The exchange.
    pub exchange: &'s Exchange,
    /// The exchange that this one is held against (the GET of a HEAD).
    pub beside: Option<&'s Exchange>,
}

/// What a check says of one exchange.
#[derive(Clone, Debug, PartialEq)]
pub enum Judgement {
    /// Nothing: the exchange is not of the kind that the check is about.
    Silent,
    /// Nothing: the contract does not say what would be needed.
    Missing(&'static str),
    /// The clause is kept.
    Held,
    /// The clause is broken.
    Broken(Vec<Finding>),
}

impl Judgement {
    /// Broken when there are findings, held otherwise.
    #[must_use]
    pub fn of(findings: Vec<Finding>) -> Self {
        if findings.is_empty() { Self::Held } else { Self::Broken(findings) }
    }
}

/// Something that holds of every exchange (of a kind). Checks are pure: they send nothing and remember nothing.
pub trait Check: Sync {
    /// Its name, after schemathesis where that has one.
    fn name(&self) -> &'static str;
    /// What it asserts, in one sentence.
    fn about(&self) -> &'static str;
    /// The part of the document (or the standard) that it holds the deployment to.
    fn clause(&self) -> &'static str;
    /// Judges one exchange.
    fn check(&self, subject: &Subject<'_>) -> Judgement;
}
