//! Operations without an effect: examples, else values made from schemas.

use serde_json::{Value, json};
use tercet_mock_server::engine::EngineOptions;
use tercet_spec::contract::Flavour;

use super::world::World;

const PETS: &str = r"
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets/{id}:
    get:
      operationId: pet
      parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ]
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
        '404': { description: none, content: { application/json: { schema: { type: object }, example: { error: none } } } }
  /named:
    get:
      operationId: named
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { type: object }, examples: { one: { value: { n: 1 } }, two: { value: { n: 2 } } } } }
  /empty: { delete: { operationId: empty, responses: { '204': { description: gone } } } }
components:
  schemas:
    Pet:
      type: object
      required: [ id, uid, name, code, price, status, tags, born, parent ]
      properties:
        id: { type: integer }
        uid: { type: string, format: uuid }
        name: { type: string, minLength: 3, maxLength: 12 }
        email: { type: string, format: email }
        code: { type: string, pattern: '^[A-Z]{3}-[0-9]{2}$' }
        price: { type: number, minimum: 10, exclusiveMaximum: true, maximum: 20 }
        even: { type: integer, multipleOf: 2, minimum: 3, maximum: 9 }
        status: { type: string, enum: [ sold, free ] }
        tags: { type: array, minItems: 3, maxItems: 5, items: { type: string, maxLength: 4 } }
        born: { type: string, format: date-time }
        day: { type: string, format: date }
        secret: { type: string, writeOnly: true }
        parent: { type: object, nullable: true, properties: { pet: { $ref: '#/components/schemas/Pet' } } }
        either: { oneOf: [ { type: string }, { type: integer } ] }
";

fn value(
    world: &World,
    operation: &str,
    parts: Value,
    status: Option<u16>,
    example: Option<&str>,
) -> (u16, Value) {
    let answer =
        world.engine.example_answer(world.operation(operation), &world.inputs(parts), status, example);
    (answer.status, serde_json::from_slice(&answer.body).unwrap_or(Value::Null))
}

#[test]
fn made_values_keep_their_schema_and_echo_the_path() {
    for seed in 0..20 {
        let world = World::with(PETS, EngineOptions { seed, ..EngineOptions::default() });
        let (status, pet) = value(&world, "pet", json!({"path": {"id": 42}}), None, None);
        assert_eq!((status, &pet["id"]), (200, &json!(42)));
        let contract = world.engine.contract();
        let schema = contract.schemas.named("Pet").unwrap();
        let violations = contract.validators.violations(schema, Flavour::Response, &pet);
        assert!(violations.is_empty(), "{pet} {violations:?}");
        assert!(pet.get("secret").is_none());
        let again = value(&world, "pet", json!({"path": {"id": 42}}), None, None);
        assert_eq!(again.1, pet, "the same question, the same answer");
    }
}

#[test]
fn examples_come_first_and_wishes_are_heard() {
    let world = World::new(PETS);
    assert_eq!(value(&world, "named", json!({}), None, None), (200, json!({"n": 1})));
    assert_eq!(value(&world, "named", json!({}), None, Some("two")), (200, json!({"n": 2})));
    assert_eq!(value(&world, "pet", json!({}), Some(404), None), (404, json!({"error": "none"})));
    assert_eq!(value(&world, "empty", json!({}), None, None), (204, Value::Null));
    let answer =
        world.engine.example_answer(world.operation("pet"), &world.inputs(json!({})), Some(418), None);
    assert_eq!(
        (answer.status, answer.explanation.as_ref()),
        (418, "the operation declares no such response")
    );
}
