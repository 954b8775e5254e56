//! What several tests need.

use std::path::{Path, PathBuf};

use tercet_spec::{Contract, Diagnostic, Document, lower};

/// A path under this crate's folder.
pub(crate) fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The text of a file under this crate's folder.
pub(crate) fn read(relative: &str) -> String {
    let path = path(relative);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a text means, and everything there is to say about it, whether or not it can be read.
pub(crate) fn diagnose(name: &str, text: &str) -> (Option<Contract>, Vec<Diagnostic>) {
    match Document::parse(name, text) {
        Ok(document) => {
            let (contract, diagnostics) = lower(&document);
            (Some(contract), diagnostics)
        }
        Err(diagnostics) => (None, diagnostics),
    }
}

/// The contract of a text without faults.
pub(crate) fn contract(text: &str) -> Contract {
    let (contract, diagnostics) = diagnose("test.yaml", text);
    assert_eq!(lines(&diagnostics), Vec::<String>::new());
    contract.unwrap()
}

/// The diagnostics as `line:column code message`.
pub(crate) fn lines(diagnostics: &[Diagnostic]) -> Vec<String> {
    let line = |one: &Diagnostic| match one.position() {
        Some(at) => format!("{}:{} {} {}", at.line, at.column, one.code, one.message),
        None => format!("{} {}", one.code, one.message),
    };
    diagnostics.iter().map(line).collect()
}

/// Holds `actual` to the file at `relative`; `UPDATE=1` writes the file instead.
pub(crate) fn hold_to_file(relative: &str, actual: &str) {
    let path = path(relative);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == actual,
        "`{relative}` is stale: run the tests with UPDATE=1 and read what changed\n--- it says\n{expected}\n--- it should say\n{actual}"
    );
}

/// Every file under a folder of this crate, in order.
pub(crate) fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in
            std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|one| one == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
