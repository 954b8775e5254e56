//! Requests that are refused by plain documents, whose responses do not say how.

use super::outcomes::can_be_refused;
use crate::contract::{Operation, Status};
use crate::{Contract, Diagnostic};

/// One warning for each kind of refusal that no response speaks for, however many operations there are.
pub(super) fn check(contract: &Contract) -> Vec<Diagnostic> {
    let root = contract.document.root();
    // Where effects are written, outcomes that no response speaks are errors.
    if contract.is_stateful() || ["x-collections", "x-conduct"].iter().any(|key| root.get(key).is_some()) {
        return Vec::new();
    }
    let silent = |codes: &[u16], operation: &Operation| {
        !operation.responses.is_empty() && !operation.responses.iter().any(|one| speaks(one.status, codes))
    };
    let strangers =
        contract.operations.iter().filter(|one| needs_credential(one) && silent(&[401, 403], one));
    let invalid =
        contract.operations.iter().filter(|one| can_be_invalid(contract, one) && silent(&[400, 422], one));
    let found = [
        warning(contract, &strangers.collect::<Vec<_>>(), "without a credential", "`401`"),
        warning(contract, &invalid.collect::<Vec<_>>(), "that break their schemas", "`400` or `422`"),
    ];
    found.into_iter().flatten().collect()
}

/// Operations that a message names.
const NAMED: usize = 3;

fn warning(contract: &Contract, operations: &[&Operation], which: &str, codes: &str) -> Option<Diagnostic> {
    let first = operations.first()?;
    let names: Vec<String> = operations.iter().take(NAMED).map(|one| format!("`{}`", one.id)).collect();
    let others = match operations.len() - names.len() {
        0 => String::new(),
        1 => " and another one".to_owned(),
        more => format!(" and {more} others"),
    };
    let message =
        format!("requests {which} are refused, but no response of {}{others} says how", names.join(", "));
    let help = format!(
        "add {codes}, `4XX` or `default` to their `responses`: until then what the mock server answers is not declared"
    );
    let at = first.pointer.child("responses");
    Some(Diagnostic::warning("undeclared-refusal", message).at(&contract.document, &at).help(help))
}

fn speaks(status: Status, codes: &[u16]) -> bool {
    match status {
        Status::Code(code) => codes.contains(&code),
        Status::Range(hundreds) => hundreds == 4,
        Status::Default => true,
    }
}

fn needs_credential(operation: &Operation) -> bool {
    !operation.security.is_empty() && operation.security.iter().all(|one| !one.is_empty())
}

fn can_be_invalid(contract: &Contract, operation: &Operation) -> bool {
    operation.body.is_some() || operation.parameters.iter().any(|one| can_be_refused(contract, one))
}
