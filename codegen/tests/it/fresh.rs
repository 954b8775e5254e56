//! What is committed is what would be generated.

use std::fs;

use tercet_codegen::{document_hash, generate, sdk_source, short_diff};

use crate::support::{document, workspace};

#[test]
fn generated_sources_are_fresh() {
    let folder = workspace().join("spec/platforms");
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let platforms: Vec<_> = names
        .into_iter()
        .map(|name| {
            let document = document(&format!("spec/platforms/{name}/openapi.yaml"));
            (name, document)
        })
        .collect();
    assert!(!platforms.is_empty());
    for file in generate(&platforms).unwrap() {
        let committed = fs::read_to_string(workspace().join(&file.path)).unwrap_or_default();
        let diff = short_diff(&file.path, &committed, &file.source, 40);
        assert!(diff.is_empty(), "stale: run `cargo codegen` and commit what it writes\n{diff}");
    }
}

/// The SDK's tests call the client of this document. `UPDATE_FIXTURE=1 cargo test -p tercet-codegen` rewrites it.
#[test]
fn the_fixtures_client_is_fresh() {
    let source = sdk_source("fixture", &document("codegen/tests/fixtures/everything.yaml")).unwrap();
    let path = workspace().join("sdk/src/generated/fixture.rs");
    if std::env::var_os("UPDATE_FIXTURE").is_some() {
        fs::write(&path, &source).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    let diff = short_diff("sdk/src/generated/fixture.rs", &committed, &source, 40);
    assert!(diff.is_empty(), "stale: run `UPDATE_FIXTURE=1 cargo test -p tercet-codegen`\n{diff}");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = document("codegen/tests/fixtures/everything.yaml");
    assert_eq!(sdk_source("fixture", &document).unwrap(), sdk_source("fixture", &document).unwrap());
}

#[test]
fn line_ends_do_not_make_a_document_stale() {
    assert_eq!(document_hash("a\r\nb\n"), document_hash("a\nb\n"));
    assert_ne!(document_hash("a\nb\n"), document_hash("a\nc\n"));
}

#[test]
fn a_diff_is_short_and_says_how_much_is_missing() {
    let long: String = (0..100).map(|number| format!("{number}\n")).collect();
    let diff = short_diff("f.rs", "", &long, 10);
    assert_eq!(diff.lines().count(), 11);
    assert!(diff.ends_with("… and 93 more lines"), "{diff}");
    assert_eq!(short_diff("f.rs", &long, &long, 10), "");
}
