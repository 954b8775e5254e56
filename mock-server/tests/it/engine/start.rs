//! What must be in order before anything is served.

use std::sync::Arc;

use serde_json::json;
use tercet_mock_server::engine::{Engine, EngineOptions};
use tercet_spec::{Document, lower};

const DOCUMENT: &str = r"
openapi: 3.0.3
info: { title: T, version: '1' }
x-settings: { SIZE: { schema: { type: integer, minimum: 1 }, default: 5 } }
x-collections:
  things:
    schema: Thing
    seed:
      - { id: a, next: b }
      - { id: a }
paths:
  /x:
    post:
      operationId: x
      responses: { '200': { description: ok } }
      x-effect: { call: { action: fly } }
components:
  schemas:
    Thing: { type: object, properties: { id: { type: string }, next: { type: string, x-ref: things } } }
";

fn faults(text: &str, options: EngineOptions) -> Vec<(String, Option<usize>)> {
    // The lowering tells of bad seeds as well; the engine does not rely on having been asked after it.
    let document = Document::parse("fixture.yaml", text).unwrap();
    let faults = Engine::new(Arc::new(lower(&document).0), options).err().unwrap_or_default();
    faults
        .into_iter()
        .map(|one| (one.message.clone(), one.position().map(|position| position.line)))
        .collect()
}

#[test]
fn a_missing_action_and_a_bad_setting_are_told_with_their_place() {
    let mut options = EngineOptions::default();
    options.settings.insert("SIZE".to_owned(), json!("0"));
    options.settings.insert("SISE".to_owned(), json!("3"));
    let found = faults(DOCUMENT, options);
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(found[0], ("there is no setting `SISE`".to_owned(), None));
    assert!(found[1].0.starts_with("the value `0` of the setting `SIZE` does not fit"), "{found:?}");
    assert_eq!(found[1].1, Some(4));
    assert_eq!(found[2], ("the action `fly` is not there".to_owned(), Some(16)));
}

#[test]
fn seeds_that_break_rules_are_told_with_their_place() {
    let found =
        faults(&DOCUMENT.replace("call: { action: fly }", "list: { in: things }"), EngineOptions::default());
    let expected = [
        ("another record of `things` has the same `id` already".to_owned(), Some(10)),
        ("`next` names no record of `things`".to_owned(), Some(9)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_shipped_documents_start_but_for_their_actions() {
    for platform in tercet_spec::PLATFORMS {
        let (_, document) = tercet_spec::shipped(platform.name).unwrap();
        let (contract, _) = tercet_spec::lower(&document);
        let faults = Engine::new(Arc::new(contract), EngineOptions::default()).err().unwrap_or_default();
        let others: Vec<_> = faults.iter().filter(|one| one.code != "missing-action").collect();
        assert!(others.is_empty(), "{others:?}");
    }
}
