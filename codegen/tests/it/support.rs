//! What the tests share: where things are, documents from texts.

use std::path::{Path, PathBuf};

use tercet_spec::Document;

/// The workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A document of the workspace, by its path.
pub(crate) fn document(path: &str) -> Document {
    let text = std::fs::read_to_string(workspace().join(path)).unwrap();
    Document::parse(path, text).unwrap()
}

/// A document around some paths and schemas.
pub(crate) fn around(paths: &str, schemas: &str) -> Document {
    let indent = |text: &str, by: &str| {
        text.trim_matches('\n').lines().map(|line| format!("{by}{line}\n")).collect::<String>()
    };
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n{}components:\n  schemas:\n{}",
        indent(paths, "  "),
        indent(schemas, "    ")
    );
    Document::parse("t.yaml", text).unwrap()
}
