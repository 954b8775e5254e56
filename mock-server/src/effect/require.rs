//! `require`: passes when a predicate holds.

use tercet_spec::language::Predicate;

use super::request::Request;
use super::run::{Done, Failure};
use crate::outcome::Outcome;
use crate::scope::Bindings;
use crate::state::Transaction;

pub(super) fn require(
    request: &Request<'_>,
    tx: &Transaction,
    bindings: &Bindings,
    filter: &Predicate,
) -> Result<Done, Failure> {
    if request.scope(&tx.state, bindings).holds(filter) {
        Ok(Done::nothing())
    } else {
        Err(Failure::Miss(Outcome::invalid("a condition of this operation does not hold")))
    }
}
