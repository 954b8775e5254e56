//! Named actions: what they see, what they may do, and how they end.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use tercet_mock_server::action::{ActionContext, ActionTable};
use tercet_mock_server::engine::EngineOptions;
use tercet_mock_server::outcome::Outcome;

use super::world::World;

const BANK: &str = r"
openapi: 3.0.3
info: { title: Bank, version: '1' }
x-settings: { FEE: { schema: { type: integer }, default: 1 } }
x-conduct:
  responses:
    not-found: { status: 404, response: { $ref: '#/components/responses/Problem' } }
    invalid: { status: 400, response: { $ref: '#/components/responses/Problem' } }
    poor: { status: 402, response: { $ref: '#/components/responses/Problem' } }
x-collections:
  accounts:
    schema: Account
    unique: [ holder ]
    seed: [ { id: a, holder: Ann, balance: 100 }, { id: b, holder: Ben, balance: 5 } ]
  moves: { schema: Move }
paths:
  /move:
    post:
      operationId: move
      requestBody: { content: { application/json: { schema: { type: object, properties: { to: { type: string }, amount: { type: integer }, gone: { type: string } } } } } }
      responses:
        '201': { description: moved, content: { application/json: { schema: { $ref: '#/components/schemas/MoveView' } } } }
      x-effect:
        - { find: { in: accounts, where: { id: a } }, as: from }
        - call: { action: move_money, with: { from: $from, to: $request.body#/to, amount: $request.body#/amount, nothing: $request.body#/gone }, outcomes: [ poor ] }
        - { require: { where: { $request.body#/amount: { not: 13 } } } }
  /total:
    get:
      operationId: total
      responses: { '200': { description: ok, content: { application/json: { schema: { type: object, properties: { total: { type: integer } } } } } } }
      x-effect: { call: { action: total } }
  /statement:
    get:
      operationId: statement
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Statement' } } } } }
      x-effect: { call: { action: statement } }
components:
  responses:
    Problem:
      description: no
      content: { application/json: { schema: { type: object, properties: { kind: { type: string, x-value: $outcome.name }, text: { type: string, x-value: $outcome.message }, data: { x-value: $outcome.data } } } } }
  schemas:
    Account: { type: object, properties: { id: { type: string, x-assign: uuid }, holder: { type: string }, balance: { type: integer, default: 0 } } }
    Move:
      type: object
      properties:
        id: { type: integer, x-assign: sequence }
        from: { type: string, x-ref: accounts }
        to: { type: string, x-ref: accounts }
        amount: { type: integer }
        at: { type: string, x-assign: now }
      required: [ from, to ]
    Statement: { type: object, properties: { data: { type: array, items: { $ref: '#/components/schemas/Line' }, x-value: $result.lines }, of: { type: string, x-value: $result.of } } }
    Line: { type: object, properties: { number: { type: integer, x-value: $record.id }, of: { type: string }, parts: { type: array, items: { $ref: '#/components/schemas/Line' } }, last: { $ref: '#/components/schemas/Line' } } }
    MoveView: { type: object, properties: { id: { type: integer }, amount: { type: integer }, at: { type: string }, toHolder: { type: string, x-value: $record.to.holder } } }
";

struct Bank;

impl ActionTable for Bank {
    fn names(&self) -> &[&str] {
        &["move_money", "statement", "total"]
    }

    fn call(
        &self,
        name: &str,
        context: &mut ActionContext<'_>,
        input: Map<String, Value>,
    ) -> Result<Value, Outcome> {
        if name == "total" {
            let all = context.all("accounts", &[])?;
            let total: i64 = all.iter().filter_map(|one| one.get("balance")?.as_i64()).sum();
            return Ok(json!({ "total": total }));
        }
        if name == "statement" {
            let lines =
                json!([{ "id": 1, "of": "x", "parts": [{ "id": 2 }, {}] }, { "id": 3, "last": { "id": 4 } }]);
            return Ok(json!({ "id": 0, "of": "Ann", "lines": lines }));
        }
        assert!(!input.contains_key("nothing"), "what is absent is left out");
        let amount = input["amount"].as_i64().unwrap();
        let fee = context.setting("FEE").and_then(Value::as_i64).unwrap_or_default();
        let from =
            context.get("accounts", &input["from"]["id"])?.ok_or_else(|| Outcome::not_found("no account"))?;
        let left = from.get("balance").and_then(Value::as_i64).unwrap_or_default() - amount - fee;
        context.update(&from, json!({ "balance": left }))?;
        let moved = context
            .insert("moves", json!({ "from": from.get("id"), "to": input["to"], "amount": amount }))?;
        if left < 0 {
            return Err(Outcome::new("poor", "not enough money").data(json!({ "missing": -left })));
        }
        if amount == 7 {
            return Err(Outcome::new("unlucky", "never heard of"));
        }
        let to = context.referred(&moved, "to").ok_or_else(|| Outcome::not_found("no such account"))?;
        let balance = to.get("balance").and_then(Value::as_i64).unwrap_or_default();
        context.update(&to, json!({ "balance": balance + amount }))?;
        let found = context.find("accounts", &[("holder", to.get("holder").unwrap())])?.unwrap();
        assert_eq!(found.get("balance"), Some(&json!(balance + amount)));
        context.produce(moved);
        Ok(Value::Null)
    }
}

fn bank() -> World {
    World::with(BANK, EngineOptions { actions: Arc::new(Bank), ..EngineOptions::default() })
}

#[test]
fn an_action_reads_and_writes_and_what_it_produces_is_rendered() {
    let mut world = bank();
    let moved = world.ok("move", json!({"body": {"to": "b", "amount": 10}}));
    assert_eq!(moved, json!({"id": 1, "amount": 10, "at": "2026-01-01T00:00:00.000Z", "toHolder": "Ben"}));
    assert_eq!(world.state.get("accounts", &json!("a")).unwrap().get("balance"), Some(&json!(89)));
    assert_eq!(world.ok("total", json!({})), json!({"total": 104}));
}

#[test]
fn each_object_that_an_action_answers_with_stands_for_itself() {
    let lines =
        json!([{"number": 1, "of": "x", "parts": [{"number": 2}, {}]}, {"number": 3, "last": {"number": 4}}]);
    assert_eq!(bank().ok("statement", json!({})), json!({"data": lines, "of": "Ann"}));
}

#[test]
fn an_action_that_fails_has_not_happened() {
    let mut world = bank();
    assert_eq!(
        world.refused("move", json!({"body": {"to": "b", "amount": 200}})),
        (402, "not enough money".to_owned())
    );
    // A later step fails, and a reference that the action wrote leads nowhere.
    assert_eq!(world.refused("move", json!({"body": {"to": "b", "amount": 13}})).0, 400);
    assert_eq!(world.refused("move", json!({"body": {"to": "zoe", "amount": 1}})).0, 404);
    let (status, text) = world.refused("move", json!({"body": {"to": "b", "amount": 7}}));
    assert_eq!(status, 500);
    assert_eq!(text, "");
    assert_eq!(world.state.len("moves"), Some(0));
}

#[test]
fn an_outcome_carries_data() {
    let mut world = bank();
    let super::world::Said(status, body) = world.call("move", json!({"body": {"to": "b", "amount": 200}}));
    assert_eq!(
        (status, body),
        (402, json!({"kind": "poor", "text": "not enough money", "data": {"missing": 101}}))
    );
}
