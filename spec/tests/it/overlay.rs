//! Overlays: what they change, where messages about the changes point, and what is refused.

use serde_json::{Value, json};
use tercet_spec::{
    Diagnostic, Document, PLATFORMS, Pointer, Severity, apply_overlay, apply_overlays, lower, shipped,
};

const NOTES: &str = "openapi: 3.0.3
info: { title: Notes, version: '1.0' }
tags: [ { name: first } ]
paths:
  /notes:
    get:
      operationId: listNotes
      responses:
        '200': { description: the notes }
    delete:
      operationId: removeNotes
      responses:
        '204': { description: gone }
";

fn overlay(actions: &str) -> Document {
    let indented: String = actions.trim_matches('\n').lines().map(|line| format!("  {line}\n")).collect();
    let text = format!("overlay: 1.0.0\ninfo: {{ title: T, version: '1' }}\nactions:\n{indented}");
    Document::parse("overlay.yaml", text).unwrap()
}

fn notes() -> Document {
    Document::parse("notes.yaml", NOTES).unwrap()
}

fn applied(actions: &str) -> Document {
    let (document, warnings) = apply_overlay(&notes(), &overlay(actions)).unwrap();
    assert!(warnings.is_empty(), "{}", warnings[0]);
    document
}

fn value(document: &Document, pointer: &str) -> Value {
    document.get(&Pointer::parse(pointer).unwrap()).cloned().unwrap_or(json!("nothing there"))
}

fn lines(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(ToString::to_string).collect()
}

#[test]
fn objects_merge_lists_grow_and_values_are_replaced() {
    let document = applied(
        "
- target: $.info
  update: { title: New, contact: { name: Ann } }
- target: $.tags
  update: { name: second }
- target: $.paths['/notes'].delete
  remove: true
- target: $.paths.*.*.responses
  update: { '404': { description: no notes } }
",
    );
    assert_eq!(
        value(&document, "/info"),
        json!({ "title": "New", "version": "1.0", "contact": { "name": "Ann" } })
    );
    assert_eq!(value(&document, "/tags"), json!([ { "name": "first" }, { "name": "second" } ]));
    assert_eq!(value(&document, "/paths/~1notes/delete"), json!("nothing there"));
    assert_eq!(value(&document, "/paths/~1notes/get/responses/404/description"), json!("no notes"));
    assert_eq!(value(&notes(), "/info/title"), json!("Notes"), "the document itself stays");
}

#[test]
fn several_elements_are_removed_at_once() {
    let document = applied(
        "- target: $.tags\n  update: [ { name: b }, { name: c } ]\n- target: $.tags[0,2]\n  remove: true\n",
    );
    assert_eq!(value(&document, "/tags"), json!([ { "name": "b" } ]));
}

#[test]
fn a_mistake_is_shown_where_it_was_written() {
    let document = applied("- target: $.paths['/notes'].get\n  update:\n    sumary: all of them\n");
    let (_, diagnostics) = lower(&document);
    assert_eq!(
        lines(&diagnostics),
        ["overlay.yaml:6:7: error[unknown-key]: `sumary` is not a key of an operation"]
    );
    assert!(diagnostics[0].render().contains("sumary: all of them"));
    let document = applied(
        "- target: $.info\n  update: { title: New }\n- target: $.paths['/notes'].get.responses['200'].description\n  remove: true\n",
    );
    let (_, diagnostics) = lower(&document);
    assert_eq!(lines(&diagnostics), ["notes.yaml:9:9: error[missing-key]: a response needs `description`"]);
}

#[test]
fn what_cannot_be_applied_is_refused_with_its_place() {
    for (actions, expected) in [
        ("- target: $.info[\n  remove: true", "overlay.yaml:4:13: error[overlay]: not a JSONPath"),
        ("- target: $.info", "overlay.yaml:4:5: error[overlay]: an action needs `update`, or `remove: true`"),
        ("- update: {}", "overlay.yaml:4:5: error[overlay]: an action needs `target`"),
        (
            "- target: $.info\n  updaet: {}",
            "overlay.yaml:5:5: error[overlay]: `updaet` is not a key of an action",
        ),
        (
            "- target: $.info.title\n  update: { a: 1 }",
            "overlay.yaml:5:13: error[overlay]: `$.info.title` selects something",
        ),
        (
            "- target: $.info\n  copy: $.tags",
            "overlay.yaml:5:5: error[overlay]: `copy` belongs to Overlay 1.1",
        ),
    ] {
        let found = lines(&apply_overlay(&notes(), &overlay(actions)).unwrap_err());
        assert_eq!(found.len(), 1, "{actions}: {found:?}");
        assert!(found[0].starts_with(expected), "{actions}: {found:?}");
    }
    let empty = Document::parse("o.yaml", "overlay: 3.0.0\n").unwrap();
    let found = apply_overlay(&notes(), &empty).unwrap_err();
    assert!(found.len() >= 3 && found.iter().all(|one| one.code == "overlay"), "{:?}", lines(&found));
}

#[test]
fn a_target_that_selects_nothing_is_a_warning() {
    let (document, warnings) =
        apply_overlay(&notes(), &overlay("- target: $.servers\n  remove: true")).unwrap();
    assert_eq!(document.root(), notes().root());
    assert_eq!(
        lines(&warnings),
        ["overlay.yaml:4:13: warning[overlay-target]: `$.servers` selects nothing in the document"]
    );
}

#[test]
fn faults_of_both_texts_are_reported_together() {
    let twice = Document::parse("notes.yaml", NOTES.replace("info:", "tags: []\ninfo:")).unwrap();
    let overlay = Document::parse(
        "overlay.yaml",
        "overlay: 1.0.0\ninfo: { title: T, version: '1' }\nactions:\n  - { target: $.info, update: { title: A, title: B } }\n",
    )
    .unwrap();
    let (document, _) = apply_overlay(&twice, &overlay).unwrap();
    let mut found = lines(&lower(&document).1);
    found.sort();
    assert_eq!(
        found,
        [
            "notes.yaml:4:1: error[duplicate-key]: the key `tags` stands here a second time",
            "overlay.yaml:4:43: error[duplicate-key]: the key `title` stands here a second time",
        ]
    );
}

#[test]
fn every_shipped_document_and_edition_is_without_errors_and_warnings() {
    assert!(!PLATFORMS.is_empty());
    for platform in PLATFORMS {
        let editions = platform.editions.iter().map(|(edition, _)| Some(*edition));
        for edition in std::iter::once(None).chain(editions) {
            let document = platform.edition(edition).unwrap_or_else(|error| panic!("{error}"));
            let (contract, diagnostics) = lower(&document);
            let said: Vec<String> = diagnostics
                .iter()
                .filter(|one| one.severity > Severity::Note)
                .map(|one| one.render())
                .collect();
            assert!(said.is_empty(), "{}", said.join("\n"));
            assert!(contract.is_stateful() && !contract.operations.is_empty());
        }
    }
}

#[test]
fn a_shipped_document_is_chosen_by_name() {
    let name = PLATFORMS[0].name;
    let (platform, document) = shipped(name).unwrap();
    assert_eq!((platform.name, document.name()), (name, PLATFORMS[0].document.path));
    let error = shipped("nothing").unwrap_err().to_string();
    assert!(error.starts_with("no platform is called `nothing`\nhint: there is `"), "{error}");
    let error = shipped(&format!("{name}@1850")).unwrap_err().to_string();
    assert!(error.starts_with("there is no edition `1850`\nhint: there is"), "{error}");
}

#[test]
fn several_are_applied_in_order_until_one_cannot_be() {
    let adds = overlay("- { target: $.info, update: { contact: { name: A } } }");
    let changes =
        overlay("- { target: $.info.contact, update: { name: B } }\n- { target: $.nowhere, remove: true }");
    let (document, warnings) = apply_overlays(&notes(), &[adds.clone(), changes.clone()]).unwrap();
    assert_eq!(value(&document, "/info/contact/name"), "B");
    assert_eq!(warnings.iter().map(|one| one.code).collect::<Vec<_>>(), ["overlay-target"]);
    let broken = Document::parse("broken.yaml", "overlay: 1.0.0\n").unwrap();
    let faults = apply_overlays(&notes(), &[changes, broken, adds]).unwrap_err();
    assert!(faults.iter().any(|one| one.severity == Severity::Error), "{faults:?}");
    assert!(faults.iter().any(|one| one.code == "overlay-target"), "what was said before is not lost");
}
