//! Paths that no request could tell apart.

use crate::contract::{Operation, Segment};
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
    diagnostics
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
