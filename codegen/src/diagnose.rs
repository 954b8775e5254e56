//! Everything there is to say about a document: what is wrong with it, and what its client will not carry.

use tercet_spec::{Diagnostic, Document, Severity, lower};

use crate::projection::project;

/// All diagnostics of a document in the order of their places: those of the contract, and the client's concessions.
#[must_use]
pub fn diagnose(document: &Document) -> Vec<Diagnostic> {
    let (_, mut diagnostics) = lower(document);
    // Where the contract has an error already, the client's view of the same place says nothing new.
    let wrong: Vec<_> =
        diagnostics.iter().filter(|one| one.severity == Severity::Error).map(Diagnostic::position).collect();
    let news = project(document).diagnostics.into_iter().filter(|one| !wrong.contains(&one.position()));
    diagnostics.extend(news);
    diagnostics.sort_by_key(Diagnostic::position);
    diagnostics
}
