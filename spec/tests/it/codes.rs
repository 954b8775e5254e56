//! Every code of a diagnostic has a document that shows it, rendered in a `.txt` beside it.

use std::collections::BTreeSet;

use crate::support::{diagnose, files, hold_to_file, path, read};

/// Codes of other documents than OpenAPI's: `overlay.rs` shows them.
const ELSEWHERE: [&str; 2] = ["overlay", "overlay-target"];

/// What stands before a code in the sources.
const MARKERS: [&str; 7] = ["error(", "warning(", "note(", "fault(", "report(", "code:", "What = ("];

/// The codes that the sources use.
pub(crate) fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for file in files(&path("src"), "rs") {
        let text = std::fs::read_to_string(&file).unwrap();
        for marker in MARKERS {
            for (at, _) in text.match_indices(marker) {
                let Some(rest) = text[at + marker.len()..].trim_start().strip_prefix('"') else { continue };
                let code = rest.split('"').next().unwrap_or_default();
                if !code.is_empty() && code.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
                    codes.insert(code.to_owned());
                }
            }
        }
    }
    codes
}

fn documents(extension: &str) -> Vec<String> {
    let stem = |path: &std::path::PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    files(&path("tests/it/documents"), extension).iter().map(stem).collect()
}

#[test]
fn every_code_has_a_document_and_every_document_a_code() {
    let mut expected = codes();
    assert!(
        expected.contains("duplicate-key") && expected.contains("unknown-key"),
        "the scan works: {expected:?}"
    );
    expected.retain(|code| !ELSEWHERE.contains(&code.as_str()));
    let found: BTreeSet<String> = documents("yaml").into_iter().collect();
    assert_eq!(found, expected);
}

#[test]
fn each_document_is_told_what_is_wrong_with_it_and_nothing_else() {
    let mut others: Vec<String> = Vec::new();
    for extension in ["yaml", "json"] {
        for code in documents(extension) {
            let name = format!("{code}.{extension}");
            let (_, diagnostics) = diagnose(&name, &read(&format!("tests/it/documents/{name}")));
            let rendered: Vec<String> = diagnostics.iter().map(|one| one.render()).collect();
            hold_to_file(&format!("tests/it/documents/{name}.txt"), &format!("{}\n", rendered.join("\n\n")));
            assert!(!diagnostics.is_empty(), "{name}: nothing is said of it");
            others.extend(diagnostics.iter().filter(|one| one.code != code).map(ToString::to_string));
            for diagnostic in &diagnostics {
                assert!(diagnostic.help.is_some(), "{name} says what to do");
                assert!(diagnostic.place.is_some(), "{name} says where");
            }
        }
    }
    assert!(others.is_empty(), "other things are said too:\n{}", others.join("\n"));
}
