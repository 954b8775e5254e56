//! `list`: takes all records, or a page of them.

use tercet_spec::language::Selection;

use super::request::Request;
use super::run::Done;
use crate::scope::{Bindings, Bound};
use crate::state::Transaction;

pub(super) fn list(
    request: &Request<'_>,
    tx: &Transaction,
    bindings: &Bindings,
    selection: &Selection,
) -> Done {
    let scope = request.scope(&tx.state, bindings);
    let selected = scope.page(selection, request.model.counts_pages);
    let records = selected.records.into_iter().map(Bound::Record).collect();
    Done { result: Some(Bound::List(records)), page: Some(selected.page), served: None, answers: true }
}
