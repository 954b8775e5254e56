//! Everything there is to say about a document: what is wrong with it, and what its client will not carry.

use std::collections::HashSet;

use tercet_spec::{Diagnostic, Document, Severity, lower};

use crate::projection::project;

/// All diagnostics of a document in the order of their places: those of the contract, and the client's concessions.
#[must_use]
pub fn diagnose(document: &Document) -> Vec<Diagnostic> {
    let (_, mut diagnostics) = lower(document);
    // Where the contract has an error already, the client's view of the same place says nothing new; nor does it of
    // references, all of which the contract has followed.
    let wrong: HashSet<_> =
        diagnostics.iter().filter(|one| one.severity == Severity::Error).map(Diagnostic::position).collect();
    let codes: HashSet<&str> = diagnostics.iter().map(|one| one.code).collect();
    let is_told = |one: &Diagnostic| {
        wrong.contains(&one.position())
            || match one.code {
                "dangling-reference" | "remote-reference" => codes.contains(one.code),
                "reference-cycle" | "schema-cycle" => {
                    codes.contains("reference-cycle") || codes.contains("schema-cycle")
                }
                _ => false,
            }
    };
    let news: Vec<_> = project(document).diagnostics.into_iter().filter(|one| !is_told(one)).collect();
    diagnostics.extend(news);
    diagnostics.sort_by_cached_key(Diagnostic::position);
    diagnostics
}
