//! Documents of others, which are served as they are: what cannot be used of them is left out, and said.

use serde_json::json;
use tercet_spec::{Contract, Diagnostic, Severity};

use crate::support::diagnose;

const PLAIN: &str = "\
openapi: 3.0.3
info: { title: Plain, version: '1' }
paths:
  /things:
    get:
      operationId: listThings
      parameters: [ { name: size, in: query, example: many, schema: { type: integer, default: few } } ]
      responses:
        '200':
          description: the things
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Thing' }
              examples:
                wrong: { value: { id: one } }
                right: { value: { id: 1 } }
        '400': { description: refused }
components:
  schemas:
    Named: { type: object, properties: { name: { type: string } }, example: { name: Hook } }
    Thing:
      allOf: [ { $ref: '#/components/schemas/Named' } ]
      type: object
      required: [ id ]
      properties:
        id: { type: integer, example: one }
        colour: { type: string, enum: [ red, blue ], default: green }
";

fn told(contract: &str) -> (Contract, Vec<Diagnostic>) {
    let (contract, diagnostics) = diagnose("plain.yaml", contract);
    (contract.unwrap(), diagnostics)
}

#[test]
fn examples_and_defaults_that_do_not_fit_are_warnings_and_are_not_used() {
    let (contract, diagnostics) = told(PLAIN);
    let said: Vec<String> =
        diagnostics.iter().map(|one| format!("{:?} {}", one.severity, one.code)).collect();
    assert_eq!(
        said,
        [
            "Warning example-mismatch",
            "Warning default-mismatch",
            "Warning example-mismatch",
            "Warning example-mismatch",
            "Warning default-mismatch"
        ]
    );
    let operation = contract.operation("listThings").unwrap();
    assert_eq!(operation.parameters[0].example, None);
    assert_eq!(contract.schema(operation.parameters[0].schema).default, None);
    let media = &operation.responses[0].content[0];
    assert_eq!(media.examples.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["right"]);
    let thing = contract.schema(contract.schemas.named("Thing").unwrap());
    assert_eq!(thing.example, None, "what it has from `Named` has no `id`");
    assert_eq!(contract.schema(thing.properties["id"]).example, None);
    assert_eq!(contract.schema(thing.properties["colour"]).default, None);
    let named = contract.schema(contract.schemas.named("Named").unwrap());
    assert_eq!(named.example, Some(json!({ "name": "Hook" })), "what fits stays");
}

#[test]
fn where_the_vocabulary_is_used_they_are_errors() {
    for keyword in ["x-collections: { }", "x-conduct: { head: true }"] {
        let (_, diagnostics) = told(&PLAIN.replace("paths:", &format!("{keyword}\npaths:")));
        let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error).count();
        assert_eq!(errors, 5, "{keyword}");
    }
}

#[test]
fn references_where_openapi_has_none_are_told_once_each_with_what_to_do() {
    let text = "\
openapi: 3.0.3
info: { title: Parts, version: '1', description: { $ref: intro.md } }
paths:
  /things/{id}:
    get: { $ref: things/get.yml }
    put: { $ref: '#/paths/~1things/get' }
components:
  schemas:
    Used: { type: object }
";
    let (_, diagnostics) = told(text);
    let said: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "plain.yaml:2:58: error[remote-reference]: `intro.md` leads out of this document",
            "plain.yaml:5:18: error[remote-reference]: `things/get.yml` leads out of this document",
            "plain.yaml:6:18: error[unknown-key]: `$ref` cannot stand in an operation, where OpenAPI has no references",
        ]
    );
    assert!(diagnostics[1].help.as_deref().is_some_and(|help| help.contains("redocly bundle")));
}
