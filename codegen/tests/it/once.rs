//! What is said of a document: each mistake once, and under a code that the page explains.

use std::collections::BTreeSet;

use tercet_codegen::diagnose;
use tercet_spec::{Document, Severity};

use crate::support::workspace;

const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Rooms, version: '1' }
security: [ { key: [] } ]
paths:
  /rooms:
    get:
      operationId: listRooms
      responses:
        '200': { description: the rooms, content: { application/json: { schema: { $ref: '#/components/schemas/Room' } } } }
        default: { description: anything else }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
  schemas:
    Room: { type: object, properties: { kind: { $ref: '#/components/schemas/Kind' } } }
    Kind: { type: string }
";

#[test]
fn a_mistake_that_both_contract_and_client_meet_is_told_once() {
    for (from, to, expected) in [
        ("'#/components/schemas/Kind'", "'#/components/schemas/Kid'", "dangling-reference"),
        ("'#/components/schemas/Kind'", "'kinds.yaml#/Kind'", "remote-reference"),
        ("Kind: { type: string }", "Kind: { $ref: '#/components/schemas/Kind' }", "reference-cycle"),
        (
            "Kind: { type: string }",
            "Kind: { allOf: [ { $ref: '#/components/schemas/Kind' } ] }",
            "schema-cycle",
        ),
        ("security: [ { key", "security: [ { kee", "unknown-security-scheme"),
        ("      responses:", "      responsez:", "unknown-key"),
        (
            "get:\n      operationId: listRooms",
            "get:\n      $ref: rooms.yaml\n      operationId: listRooms",
            "remote-reference",
        ),
    ] {
        assert!(DOCUMENT.contains(from), "{from}");
        let document = Document::parse("rooms.yaml", DOCUMENT.replacen(from, to, 1)).unwrap();
        let told = diagnose(&document);
        let codes: Vec<&str> =
            told.iter().filter(|one| one.severity > Severity::Note).map(|one| one.code).collect();
        assert_eq!(codes, [expected], "{to}");
    }
}

#[test]
fn the_page_lists_what_is_said_of_clients() {
    let mut used = BTreeSet::new();
    let folder = workspace().join("codegen/src/projection");
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let literals = text.split('"').skip(1).step_by(2).map(str::to_owned);
        used.extend(literals.filter(|one| {
            one.contains('-')
                && !one.starts_with(['-', 'x'])
                && one.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-')
        }));
    }
    let page = std::fs::read_to_string(workspace().join("spec/VOCABULARY.md")).unwrap();
    let (diagnostics, client) = page.split_once("## What a client does not carry").unwrap();
    let listed: Vec<&str> =
        client.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert!(listed.is_sorted(), "by name");
    assert!(listed.len() > 20, "the table is found");
    for code in &listed {
        assert!(used.contains(*code), "nothing says `{code}`");
    }
    let others = ["content-type", "operation-id"];
    let is_listed = |code: &str| listed.contains(&code) || diagnostics.contains(&format!("| `{code}` |"));
    let missing: Vec<&String> =
        used.iter().filter(|code| !is_listed(code) && !others.contains(&code.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
