//! The state as JSON, and back.

use serde_json::json;

use super::world::World;

fn tracker() -> World {
    World::new(include_str!("fixtures/tracker.yaml"))
}

#[test]
fn a_saved_state_goes_on_where_it_was() {
    let mut world = tracker();
    world.ok("createTask", json!({"body": {"title": "x", "project": "p1"}}));
    let saved = world.state.to_json();
    let restored = world.engine.restore(&saved).unwrap();
    assert_eq!(restored.to_json(), saved);
    let new = json!({"body": {"title": "y", "project": "p1"}});
    let here = world.ok("createTask", new.clone());
    world.state = restored;
    // The same ids, the same numbers.
    assert_eq!(world.ok("createTask", new), here);
    assert_eq!(here["number"], 4);
}

#[test]
fn a_state_written_by_hand_needs_records_only() {
    let mut world = tracker();
    let state = json!({"collections": {"users": [{"id": "u", "email": "U@x"}], "projects": [{"id": "p", "owner": "u"}],
        "tasks": [{"id": "t", "number": 41, "project": "p"}]}});
    world.state = world.engine.restore(&state).unwrap();
    assert_eq!(world.ok("getUser", json!({"path": {"id": "u@X"}}))["id"], "u");
    assert_eq!(world.ok("createTask", json!({"body": {"project": "p"}}))["number"], 42);
    assert_eq!(world.state.len("sessions"), Some(0));
}

#[test]
fn everything_wrong_with_a_state_is_told() {
    let world = tracker();
    let state = json!({
        "collections": {
            "users": [{"id": "u", "email": "a@b"}, {"id": "u", "email": "c@d"}, {"id": "v", "email": "A@B"}, {"email": "no key"}, 5],
            "projects": [{"id": "p", "owner": "ghost"}],
            "ghosts": [], "tasks": {},
        },
        "sequences": {"tasks": "many"}, "entropy": {}, "more": 1,
    });
    let problems = world.engine.restore(&state).unwrap_err();
    let expected = [
        "`more` is unknown: expected `collections`, `sequences`, `entropy` and `extension`",
        "`entropy` must have a `seed` (digits in quotes) and `draws` (a whole number)",
        "`collections.users[1]` (id: \"u\"): another record of `users` has the same `id` already",
        "`collections.users[2]` (id: \"v\"): another record of `users` has the same `email` already",
        "`collections.users[3]`: `id` is missing",
        "`collections.users[4]` must be a record, found a number",
        "there is no collection `ghosts`: expected one of `users`, `projects`, `tasks`, `comments`, `sessions`",
        "`collections.tasks` must be a list of records, found an object",
        "`collections.projects[0]` (id: \"p\"): `owner` names no record of `users`",
        "`sequences.tasks` must be a whole number, found a text",
    ];
    assert_eq!(problems, expected);
    assert_eq!(world.engine.restore(&json!([])).unwrap_err().len(), 1);
}
