//! Paths that no request could tell apart.

use crate::contract::{Alias, Operation, Segment};
use crate::{Contract, Diagnostic};

/// Reports operations of one method whose paths differ in parameter names only.
pub(super) fn check(contract: &Contract) -> Vec<Diagnostic> {
    let mut seen: Vec<(String, &Operation)> = Vec::new();
    let mut diagnostics = Vec::new();
    for operation in &contract.operations {
        let shape = shape(operation);
        let item = operation.pointer.parent().unwrap_or_default();
        let twin =
            seen.iter().find(|(other, first)| *other == shape && first.path.text != operation.path.text);
        if let Some((_, first)) = twin {
            let message =
                format!("`{}` and `{}` match the same requests", first.path.text, operation.path.text);
            let diagnostic = Diagnostic::error("path-clash", message)
                .at(&contract.document, &item)
                .label(&contract.document, &first.pointer.parent().unwrap_or_default(), "the other path")
                .help("write both operations under one path, or tell the paths apart by a literal segment");
            diagnostics.push(diagnostic);
        }
        seen.push((shape, operation));
    }
    diagnostics.extend(aliases(contract));
    diagnostics
}

/// Reports aliases that lead to no path of the document.
fn aliases(contract: &Contract) -> Vec<Diagnostic> {
    let conduct = &contract.conduct;
    let leads = |alias: &&Alias| contract.operations.iter().any(|one| begins(&one.path.segments, &alias.to));
    let lost = conduct.aliases.iter().filter(|alias| !leads(alias));
    lost.map(|alias| {
        let to = format!("/{}", alias.to.join("/"));
        let at = conduct.pointer.child("paths").child("aliases").child(&format!("/{}", alias.from.join("/")));
        Diagnostic::error("keyword", format!("no path of this document begins with `{to}`"))
            .at_value(&contract.document, &at)
            .help("write the beginning of a path as `paths` has it, whole segments of it")
    })
    .collect()
}

fn begins(path: &[Vec<Segment>], with: &[String]) -> bool {
    let same = |(parts, text): (&Vec<Segment>, &String)| matches!(&parts[..], [Segment::Literal(own)] if own == text);
    path.len() >= with.len() && path.iter().zip(with).all(same)
}

fn shape(operation: &Operation) -> String {
    let mut text = operation.method.clone();
    for segment in &operation.path.segments {
        text.push('/');
        for part in segment {
            match part {
                Segment::Literal(literal) => text.push_str(literal),
                Segment::Parameter(_) => text.push_str("{}"),
            }
        }
    }
    text
}
