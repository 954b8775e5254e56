//! A document with many mistakes at once: each is reported at its line, none twice, and nothing that only follows from another.

use crate::support::{diagnose, read};

/// The line, the code, and a word of the message or the remedy, for every mistake of `planted.yaml`.
const PLANTED: &[(usize, &str, &str)] = &[
    (4, "wrong-type", "1.0"),
    (6, "server-url", "https:/api"),
    (10, "unknown-field", "isbn"),
    (12, "unknown-security-scheme", "token"),
    (15, "outcome-not-spoken", "invalid"),
    (17, "unknown-key", "summary"),
    (19, "default-mismatch", "less than 1"),
    (20, "wrong-value", "string"),
    (22, "unknown-expression", "state"),
    (30, "example-mismatch", "pages"),
    (32, "duplicate-operation-id", "listBooks"),
    (35, "media-type", "json"),
    (36, "dangling-reference", "NewBook"),
    (38, "unknown-collection", "books"),
    (41, "status-code", "4000"),
    (44, "undeclared-path-parameter", "{id}"),
    (44, "outcome-not-spoken", "not-found"),
    (47, "unknown-expression", "id"),
    (49, "missing-key", "description"),
    (53, "outcome-not-spoken", "not-found"),
    (60, "path-clash", "/books/{slug}"),
    (72, "unknown-required", "title"),
    (74, "unknown-keyword", "x-assign"),
    (75, "bad-pattern", "^[A-Z"),
    (76, "empty-range", "no value fits"),
    (78, "enum-mismatch", "3"),
    (79, "duplicate-key", "state"),
];

#[test]
fn every_planted_mistake_is_reported_in_one_run_at_its_line() {
    let (_, diagnostics) = diagnose("planted.yaml", &read("tests/it/planted.yaml"));
    let mut left: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    let mut missing = Vec::new();
    for (line, code, word) in PLANTED {
        let found = diagnostics.iter().find(|one| {
            let says = |text: &str| text.contains(word);
            one.code == *code
                && one.position().is_some_and(|at| at.line == *line)
                && (says(&one.message) || one.help.as_deref().is_some_and(says))
        });
        match found {
            Some(one) => left.retain(|text| *text != one.to_string()),
            None => missing.push(format!("{line} {code} {word}")),
        }
    }
    assert!(
        missing.is_empty() && left.is_empty(),
        "missing:\n{}\nnobody planted:\n{}",
        missing.join("\n"),
        left.join("\n")
    );
    assert_eq!(diagnostics.len(), PLANTED.len(), "none is said twice");
}

#[test]
fn the_lines_come_in_the_order_of_the_text() {
    let (_, diagnostics) = diagnose("planted.yaml", &read("tests/it/planted.yaml"));
    let positions: Vec<_> = diagnostics.iter().map(|one| one.position()).collect();
    assert!(positions.is_sorted(), "{positions:?}");
}
