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
    Done {
        result: Some(Bound::Records(selected.records.into())),
        page: Some(selected.page),
        served: None,
        answers: true,
    }
}
