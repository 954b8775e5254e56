//! `delete`: removes every record that matches, and what its references say follows.

use tercet_spec::language::Selection;

use super::find::miss;
use super::request::Request;
use super::run::{Done, Failure};
use crate::scope::{Bindings, Bound};
use crate::state::Transaction;

pub(super) fn delete(
    request: &Request<'_>,
    tx: &mut Transaction,
    bindings: &Bindings,
    selection: &Selection,
) -> Result<Done, Failure> {
    let scope = request.scope(&tx.state, bindings);
    let records = scope.page(selection, false).records;
    if records.is_empty() {
        return Err(miss(&scope, selection));
    }
    tx.delete(&records)?;
    // What is gone answers only when it is asked to (`as: result`).
    let gone = Bound::Records(records.into());
    Ok(Done { result: Some(gone), page: None, served: None, answers: false })
}
