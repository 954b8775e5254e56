//! What is said of a document when it begins to be served: in the log, and few words.

use tercet_spec::{Contract, Diagnostic, Severity};

use crate::control;
use crate::render::unwritable;

/// How many of each kind are told.
const TOLD: usize = 3;

/// Says what whoever uses the server should know of its document.
pub(crate) fn say(contract: &Contract, diagnostics: &[Diagnostic]) {
    let warnings: Vec<_> = diagnostics.iter().filter(|one| one.severity == Severity::Warning).collect();
    if !warnings.is_empty() {
        for warning in warnings.iter().take(TOLD) {
            tracing::warn!("{warning}");
        }
        let count = counted(warnings.len(), "warning");
        tracing::warn!("the document has {count}; `codegen check` shows all of it");
    }
    let foreign = unwritable(contract);
    if !foreign.is_empty() {
        let names = foreign.iter().map(|(operation, media)| format!("`{}` ({media})", operation.id));
        tracing::warn!(
            "{} answered with 501, as no JSON is declared and other media types are not made from schemas: {}",
            match foreign.len() {
                1 => "1 operation is".to_owned(),
                count => format!("{count} operations are"),
            },
            names.collect::<Vec<_>>().join(", ")
        );
    }
    if control::base(contract) != control::BASE {
        tracing::warn!(
            "the document has paths below `{}`: the control interface is below `{}`",
            control::BASE,
            control::base(contract)
        );
    }
}

/// `1 warning`, `2 warnings`.
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
