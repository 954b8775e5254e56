//! Shapes of representations: alternatives, open objects, lists of objects, recursion.

use serde_json::{Value, json};

use super::world::World;

const ZOO: &str = r"
openapi: 3.0.3
info: { title: Zoo, version: '1' }
x-conduct: { responses: { not-found: { status: 404, response: { description: no } }, invalid: { status: 400, response: { description: no } } } }
x-collections:
  animals:
    schema: Animal
    seed:
      - { id: 1, kind: cat, lives: 9, secret: s, parts: [ { name: tail, hidden: h, parts: [ { name: tip } ] } ], loose: { a: { b: [ null, 1.50 ] } }, extra: kept }
      - { id: 2, kind: dog, tricks: [ sit ], parent: 1 }
      - { id: 3, kind: fish, note: just text }
      - { id: 4, kind: worm, note: [ a, b ] }
      - { id: 5, kind: bird, note: { text: obj } }
paths:
  /animals:
    get:
      operationId: all
      responses: { '200': { description: ok, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/View' } } } } } }
      x-effect: { list: { in: animals } }
  /by-tag:
    get:
      operationId: tagged
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: array
                items: { oneOf: [ { $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }, { $ref: '#/components/schemas/Any' } ], discriminator: { propertyName: kind } }
      x-effect: { list: { in: animals } }
  /valid:
    get:
      operationId: valid
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { type: array, items: { oneOf: [ { $ref: '#/components/schemas/Tricky' }, { $ref: '#/components/schemas/Lively' }, { $ref: '#/components/schemas/Id' } ] } } } }
      x-effect: { list: { in: animals } }
  /open:
    get:
      operationId: open
      responses: { '200': { description: ok, content: { application/json: { schema: { type: object } } } } }
      x-effect: { find: { in: animals, where: { id: 1 } } }
  /more:
    get:
      operationId: more
      responses:
        '200': { description: ok, content: { application/json: { schema: { type: object, additionalProperties: true, properties: { kind: { type: string } } } } } }
      x-effect: { find: { in: animals, where: { id: 1 } } }
  /nothing:
    get:
      operationId: nothing
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: object
                required: [ data ]
                properties:
                  ok: { type: boolean, default: true }
                  data: { type: object, properties: { list: { type: array, items: { type: integer }, x-value: $result.id }, meta: { type: object, properties: { n: { type: integer, x-value: { count: { in: animals } } } } } } }
                  empty: { type: object, properties: { gone: { type: string, x-value: $request.query.gone } } }
      x-effect: { list: { in: animals } }
components:
  schemas:
    Animal:
      type: object
      additionalProperties: true
      properties:
        id: { type: integer }
        kind: { type: string }
        lives: { type: integer }
        secret: { type: string, writeOnly: true }
        tricks: { type: array, items: { type: string } }
        parent: { type: integer, x-ref: animals }
        parts: { type: array, items: { $ref: '#/components/schemas/Part' } }
        loose: { type: object }
    Part:
      type: object
      properties:
        name: { type: string }
        hidden: { type: string, writeOnly: true }
        owner: { type: integer, x-value: $record.id }
        parts: { type: array, items: { $ref: '#/components/schemas/Part' } }
    View:
      type: object
      properties:
        id: { type: integer }
        parent: { $ref: '#/components/schemas/View' }
        parts: { type: array, items: { $ref: '#/components/schemas/Part' } }
        loose: { type: object }
        note: { oneOf: [ { type: string }, { type: array, items: { type: string } }, { type: object, properties: { text: { type: string } } } ] }
        lives: { type: string }
        tagline: { oneOf: [ { type: string, x-when: { kind: cat }, enum: [ meow ] }, { type: string, x-when: { kind: dog } } ], x-value: '{$record.kind}!' }
    Cat: { type: object, properties: { kind: { type: string, enum: [ cat ] }, lives: { type: integer } } }
    Dog: { type: object, properties: { kind: { type: string, enum: [ dog ] }, tricks: { type: array, items: { type: string } } } }
    Any: { type: object, properties: { kind: { type: string, enum: [ fish, worm, bird ] } } }
    Tricky: { type: object, required: [ tricks ], properties: { tricks: { type: array, items: { type: string } } } }
    Lively: { type: object, required: [ lives ], properties: { lives: { type: integer } } }
    Id: { type: object, required: [ id ], properties: { id: { type: integer } } }
";

fn answered(operation: &str) -> Value {
    World::new(ZOO).ok(operation, json!({}))
}

#[test]
fn nested_values_are_rendered_by_their_schemas() {
    let all = answered("all");
    let parts = json!([{"name": "tail", "owner": 1, "parts": [{"name": "tip", "owner": 1}]}]);
    assert_eq!(all[0]["parts"], parts, "inside a record `$record` stays the record, and secrets stay secret");
    assert_eq!(
        all[0]["loose"],
        json!({"a": {"b": [null, 1.5]}}),
        "a schema that says nothing keeps everything"
    );
    assert!(all[0].get("extra").is_none());
    assert_eq!(all[1]["parent"]["id"], 1, "a reference becomes a record where an object is wanted");
    assert_eq!(
        (&all[2]["note"], &all[3]["note"], &all[4]["note"]),
        (&json!("just text"), &json!(["a", "b"]), &json!({"text": "obj"}))
    );
    assert_eq!((&all[0]["tagline"], &all[1]["tagline"]), (&json!("cat!"), &json!("dog!")));
}

#[test]
fn records_that_refer_to_each_other_in_a_circle_have_an_end() {
    let mut world = World::new(ZOO);
    let mut state = world.state.to_json();
    state["collections"]["animals"][0]["parent"] = json!(2);
    world.state = world.engine.restore(&state).unwrap();
    for _ in 0..2 {
        let all = world.ok("all", json!({}));
        assert_eq!((all[0]["parent"]["id"].clone(), all[1]["parent"]["id"].clone()), (json!(2), json!(1)));
        assert!(all[0]["parent"].get("parent").is_none() && all[1]["parent"].get("parent").is_none());
    }
    // A long way is no circle, and has an end as well.
    let chain: Vec<_> =
        (0..300).map(|id| json!({"id": id, "parent": if id > 0 { id - 1 } else { 0 }})).collect();
    world.state = world.engine.restore(&json!({"collections": {"animals": chain}})).unwrap();
    assert_eq!(world.ok("all", json!({}))[299]["parent"]["parent"]["id"], 297);
}

#[test]
fn a_discriminator_chooses() {
    let expected = json!([{"kind": "cat", "lives": 9}, {"kind": "dog", "tricks": ["sit"]}, {"kind": "fish"}, {"kind": "worm"}, {"kind": "bird"}]);
    assert_eq!(answered("tagged"), expected);
}

#[test]
fn otherwise_the_first_that_is_valid() {
    assert_eq!(
        answered("valid"),
        json!([{"lives": 9}, {"tricks": ["sit"]}, {"id": 3}, {"id": 4}, {"id": 5}])
    );
}

#[test]
fn an_open_answer_has_everything_but_secrets() {
    let open = answered("open");
    assert_eq!((open["extra"].clone(), open["id"].clone()), (json!("kept"), json!(1)));
    assert!(open.get("secret").is_none());
    // Beside named properties only what the record's own schema leaves open.
    assert_eq!(answered("more"), json!({"kind": "cat", "extra": "kept"}));
}

#[test]
fn envelopes_are_built_around_derived_values() {
    let expected = json!({"ok": true, "data": {"list": [1, 2, 3, 4, 5], "meta": {"n": 5}}});
    assert_eq!(answered("nothing"), expected);
}
