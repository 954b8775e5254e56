//! Answers made by walking the response schema, and the bytes that are kept.

use serde_json::{Value, json};
use tercet_mock_server::engine::Callers;
use tercet_mock_server::outcome::Outcome;

use super::world::{Shown, World};

fn tracker() -> World {
    World::new(include_str!("fixtures/tracker.yaml"))
}

#[test]
fn a_representation_has_stored_derived_and_constant_members() {
    let mut world = tracker();
    let project = world.ok("getProject", json!({"path": {"id": "p1"}}));
    assert_eq!(project["ownerName"], "Ada Lovelace");
    assert_eq!(project["owner"]["id"], "ada", "a reference is a record where the schema is an object");
    assert_eq!(project["owner"]["powers"], json!(["everything"]));
    assert_eq!(project["pinned"], "t1", "and a key where it is a text");
    assert_eq!(project["taskTitles"], json!(["Cards", "Mill"]));
    assert_eq!(project["taskCount"], 2);
    assert_eq!(project["firstTask"]["title"], "Cards");
    assert_eq!(project["firstTask"]["projectName"], "Engine", "a derived field of the record itself");
    let other = world.ok("getProject", json!({"path": {"id": "p2"}}));
    assert_eq!(other["pinned"], Value::Null, "required and nullable");
    assert_eq!(other["taskTitles"], json!([]));
    assert!(other["owner"].get("powers").is_none());
    assert!(other.get("firstTask").is_none());
}

#[test]
fn what_a_representation_was_made_from_changes_it() {
    let mut world = tracker();
    let id = json!({"path": {"id": "p1"}});
    let first = world.ok("getProject", id.clone());
    assert_eq!(world.ok("getProject", id.clone()), first);
    world.ok("updateUser", json!({"path": {"id": "ada"}, "body": {"first": "Augusta"}}));
    assert_eq!(world.ok("getProject", id.clone())["ownerName"], "Augusta Lovelace");
    world.ok("createTask", json!({"body": {"title": "Store", "project": "p1"}}));
    assert_eq!(world.ok("getProject", id.clone())["taskTitles"], json!(["Cards", "Mill", "Store"]));
    // The name of the project inside the task inside the project.
    world.ok("updateProject", json!({"path": {"id": "p1"}, "body": {"name": "Machine"}}));
    let after = world.ok("getProject", id);
    assert_eq!(
        (after["name"].clone(), after["firstTask"]["projectName"].clone()),
        (json!("Machine"), json!("Machine"))
    );
    let tasks = world.ok("listTasks", json!({}));
    assert_eq!(tasks[0]["projectName"], "Machine");
}

#[test]
fn kept_bytes_of_one_world_do_not_show_in_another() {
    let mut world = tracker();
    let id = json!({"path": {"id": "p1"}});
    let here = world.state.clone();
    world.ok("getProject", id.clone());
    world.ok("updateUser", json!({"path": {"id": "ada"}, "body": {"first": "Augusta"}}));
    assert_eq!(world.ok("getProject", id.clone())["ownerName"], "Augusta Lovelace");
    let there = std::mem::replace(&mut world.state, here);
    assert_eq!(world.ok("getProject", id.clone())["ownerName"], "Ada Lovelace");
    world.state = there;
    assert_eq!(world.ok("getProject", id)["ownerName"], "Augusta Lovelace");
}

#[test]
fn kept_bytes_are_shared_not_copied() {
    let mut world = tracker();
    let parts = json!({"path": {"id": "ada"}});
    world.answer("getUser", parts.clone(), &Shown::default());
    let one = world.answer("getUser", parts.clone(), &Shown::default()).body;
    let two = world.answer("getUser", parts, &Shown::default()).body;
    assert_eq!(one.as_ptr(), two.as_ptr());
}

#[test]
fn outcomes_are_answered_by_the_operation_or_by_conduct() {
    let mut world = tracker();
    let answer = world.answer("getUser", json!({"path": {"id": "eve"}}), &Shown::default());
    assert_eq!((answer.status, answer.outcome.as_ref()), (410, "gone"));
    assert_eq!(answer.explanation, "gone: no record of `users` matches");
    let header = |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap());
    assert_eq!(header("Content-Type"), Some("application/problem+json"));
    assert_eq!(header("X-Served-By"), Some("tracker"));
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    let said = json!({"kind": "gone", "text": "no record of `users` matches", "fields": {}, "at": "2026-01-01T00:00:00.000Z"});
    assert_eq!(body, said);
    let outcome = Outcome::new("not-found", "no operation has this path");
    let answer = world.engine.answer_default(&world.state, &world.inputs(json!({})), &outcome);
    assert_eq!(answer.status, 404);
}

#[test]
fn fields_name_what_is_wrong() {
    let mut world = tracker();
    let answer =
        world.answer("createTask", json!({"body": {"title": "x", "project": "no"}}), &Shown::default());
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(body["fields"], json!({"project": ["`project` names no record of `projects`"]}));
}

#[test]
fn an_outcome_nobody_speaks_is_a_plain_problem() {
    let world = tracker();
    let ended = Err(Outcome::new("teapot", "short and stout"));
    let operation = world.operation("getUser");
    let answer =
        world.engine.answer(&world.state, operation, &world.inputs(json!({})), &Callers::default(), &ended);
    assert_eq!(answer.status, 500);
    assert!(answer.explanation.ends_with("no response in the document speaks it"), "{}", answer.explanation);
}

#[test]
fn headers_are_values_too() {
    let mut world = tracker();
    let answer = world.answer("listUsers", json!({"query": {"size": 1}}), &Shown::default());
    assert_eq!(answer.headers["x-total"], "2");
}

#[test]
fn guards_and_limits_read_settings() {
    let mut options = tercet_mock_server::engine::EngineOptions::default();
    options.settings.insert("OPEN".to_owned(), json!("false"));
    options.settings.insert("LIMIT".to_owned(), json!("1.5mb"));
    let world = World::with(include_str!("fixtures/tracker.yaml"), options);
    let inputs = world.inputs(json!({}));
    assert_eq!(world.engine.guard(&world.state, &inputs).unwrap_err().name, "closed");
    assert_eq!(world.engine.body_limit(&world.state, &inputs), Some((1_572_864, "too-large")));
    let open = tracker();
    assert!(open.engine.guard(&open.state, &inputs).is_ok());
    assert_eq!(open.engine.body_limit(&open.state, &inputs), Some((2048, "too-large")));
}
