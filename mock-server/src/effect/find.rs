//! `find`: takes the first record.

use tercet_spec::language::Selection;

use super::request::Request;
use super::run::{Done, Failure};
use crate::outcome::Outcome;
use crate::scope::{Bindings, Bound, Scope};
use crate::state::{Record, Transaction};

pub(super) fn find(
    request: &Request<'_>,
    tx: &Transaction,
    bindings: &Bindings,
    selection: &Selection,
) -> Result<Done, Failure> {
    let record = first(&request.scope(&tx.state, bindings), selection)?;
    Ok(Done::with(Bound::Record(record)))
}

/// The first record, or a miss that says of what.
pub(super) fn first<'a>(scope: &Scope<'a>, selection: &'a Selection) -> Result<Record, Failure> {
    scope.first(selection).ok_or_else(|| miss(scope, selection))
}

pub(super) fn miss<'a>(scope: &Scope<'a>, selection: &'a Selection) -> Failure {
    Failure::Miss(Outcome::not_found(match scope.collection(&selection.from) {
        Some(collection) => format!("no record of `{}` matches", scope.model.collections[collection].name),
        None => "there is no such collection".to_owned(),
    }))
}
