//! The shipped ToolJet document: its seeds answer what the customer's page prints.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use tercet_mock_server::action::{ActionContext, ActionTable};
use tercet_mock_server::engine::{Callers, Engine, EngineOptions};
use tercet_mock_server::inputs::Inputs;
use tercet_mock_server::outcome::Outcome;
use tercet_mock_server::state::Transaction;

/// Actions by name only: these requests call none.
struct Names(Vec<&'static str>);

impl ActionTable for Names {
    fn names(&self) -> &[&str] {
        &self.0
    }

    fn call(&self, name: &str, _: &mut ActionContext<'_>, _: Map<String, Value>) -> Result<Value, Outcome> {
        panic!("`{name}` was called")
    }
}

fn engine() -> Engine {
    let (_, document) = tercet_spec::shipped("tooljet").unwrap();
    let (contract, _) = tercet_spec::lower(&document);
    let mut names = Vec::new();
    for step in contract.operations.iter().flat_map(|operation| &operation.effect) {
        if let tercet_spec::contract::Verb::Call { action, .. } = &step.verb {
            names.push(&*Box::leak(action.clone().into_boxed_str()));
        }
    }
    Engine::new(
        Arc::new(contract),
        EngineOptions { actions: Arc::new(Names(names)), ..EngineOptions::default() },
    )
    .unwrap_or_else(|faults| panic!("{}", super::world::shown(&faults)))
}

fn answered(engine: &Engine, operation: &str, inputs: &Inputs) -> (u16, Value) {
    let index = engine.contract().operations.iter().position(|one| one.id == operation).unwrap();
    let mut tx = Transaction::begin(&engine.initial_state());
    let callers = Callers::default();
    let ended = engine.apply(&mut tx, index, inputs, &callers);
    let answer = engine.answer(tx.state(), index, inputs, &callers, &ended);
    (answer.status, serde_json::from_slice(&answer.body).unwrap_or(Value::Null))
}

fn with(path: Value, query: Value) -> Inputs {
    let map = |value: Value| value.as_object().cloned().unwrap_or_default().into();
    Inputs { path: map(path), query: map(query), ..Inputs::default() }
}

fn printed(engine: &Engine, name: &str) -> Value {
    let pointer = tercet_spec::Pointer::parse(&format!("/components/examples/{name}/value")).unwrap();
    engine.contract().document.get(&pointer).cloned().unwrap()
}

#[test]
fn the_seeds_answer_what_the_page_prints() {
    let engine = engine();
    let two = with(json!({}), json!({"group_names": "nexus-dev, beta-tester"}));
    assert_eq!(answered(&engine, "listUsers", &two), (200, printed(&engine, "UsersOfTwoGroups")));
    let sam = with(json!({"identifier": "SAM@example.com"}), json!({}));
    assert_eq!(answered(&engine, "getUser", &sam), (200, printed(&engine, "UserOfOldShape")));
    assert_eq!(answered(&engine, "listWorkspaces", &with(json!({}), json!({}))).0, 200);
    let nobody = with(json!({"identifier": "nobody"}), json!({}));
    let (status, body) = answered(&engine, "getUser", &nobody);
    assert_eq!((status, &body["message"]), (404, &json!("User not found")));
}
