//! Names of types that Rust has other things for.

use tercet_codegen::project;

use crate::support::around;

const PATH: &str = "
/a:
  get:
    operationId: readA
    responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } }";

#[test]
fn names_that_rust_knows_everywhere_stay_rusts() {
    let document = around(
        PATH,
        "
A:
  type: object
  properties: { one: { $ref: '#/components/schemas/Option' }, two: { $ref: '#/components/schemas/vec' }, three: { $ref: '#/components/schemas/Self' } }
Option: { type: object, properties: { label: { type: string } } }
vec: { type: object, properties: { label: { type: string } } }
Self: { type: object, properties: { label: { type: string } } }",
    );
    let projection = project(&document);
    let types: Vec<&String> =
        projection.document["components"]["schemas"].as_object().unwrap().keys().collect();
    assert_eq!(types, ["A", "Option2", "ReadAReply", "Self_", "Vec2"]);
    let said: Vec<String> = projection
        .diagnostics
        .iter()
        .filter(|one| one.code == "type-renamed")
        .map(|one| one.message.clone())
        .collect();
    assert_eq!(
        said,
        [
            "Rust knows something else as `Option`, so the type of `Option` gets a number",
            "Rust knows something else as `Vec`, so the type of `vec` gets a number",
        ]
    );
}
