//! Verbs and modifiers.

use serde_json::{Value, json};

use super::world::{Said, World};

const TRACKER: &str = include_str!("fixtures/tracker.yaml");

fn tracker() -> World {
    World::new(TRACKER)
}

#[test]
fn find_takes_the_first_and_else_renames_a_miss() {
    let mut world = tracker();
    assert_eq!(world.ok("getUser", json!({"path": {"id": "ada"}}))["first"], "Ada");
    assert_eq!(world.refused("getUser", json!({"path": {"id": "eve"}})).0, 410);
}

#[test]
fn create_assigns_defaults_and_ignores_what_is_not_the_clients() {
    let mut world = tracker();
    let body = json!({
        "id": "mine", "email": "Eve@Example.com", "first": "Eve", "created": "never", "made": "by me", "unknown": 1, "taskCount": 99,
        "profile": {"anything": {"goes": [1]}},
    });
    let made = world.ok("createUser", json!({"body": body}));
    let id = made["id"].as_str().unwrap().to_owned();
    assert_eq!(id.len(), 36);
    assert_eq!(&id[14..15], "4");
    assert_eq!(made["created"], "2026-01-01T00:00:00.000Z");
    assert_eq!(made["role"], "member");
    assert_eq!(made["profile"], json!({"anything": {"goes": [1]}}));
    assert_eq!(made["kind"], "user");
    assert_eq!(made["level"], 1);
    assert_eq!(made["bio"], Value::Null);
    for absent in ["password", "made", "unknown", "powers"] {
        assert!(made.get(absent).is_none(), "{absent}");
    }
    let stored = world.state.get("users", &json!(id)).unwrap();
    assert_eq!(stored.get("password").unwrap().as_str().unwrap().len(), 12);
    assert!(stored.get("unknown").is_none() && stored.get("taskCount").is_none());
}

#[test]
fn unique_is_a_conflict_that_can_be_renamed_and_may_ignore_case() {
    let mut world = tracker();
    assert_eq!(world.refused("createUser", json!({"body": {"email": "ADA@EXAMPLE.COM"}})).0, 422);
    let pair = json!({"email": "new@example.com", "first": "Bob", "last": "Ross"});
    let (status, text) = world.refused("createUser", json!({"body": pair}));
    assert_eq!(
        (status, text.as_str()),
        (422, "another record of `users` has the same `first` and `last` already")
    );
    // Half of a combination is no duplicate, and what has no value is equal to nothing.
    world.ok("createUser", json!({"body": {"email": "a@b.c", "first": "Bob"}}));
    world.ok("createUser", json!({"body": {"email": "d@e.f", "first": "Bob"}}));
    assert_eq!(
        world.refused("updateUser", json!({"path": {"id": "bob"}, "body": {"email": "ada@example.COM"}})).0,
        409
    );
    // Its own value is no conflict.
    world.ok("updateUser", json!({"path": {"id": "bob"}, "body": {"email": "BOB@example.com"}}));
    assert_eq!(world.ok("getUser", json!({"path": {"id": "bob@EXAMPLE.com"}}))["email"], "BOB@example.com");
}

#[test]
fn update_merges_and_notes_the_time() {
    let mut world = tracker();
    let id = json!({"id": "ada"});
    world.ok(
        "updateUser",
        json!({"path": id, "body": {"profile": {"a": {"b": 1, "c": 2}, "d": 3}, "bio": "x"}}),
    );
    world.clock.advance(60_000);
    let patch = json!({"profile": {"a": {"b": null}, "e": 4}, "bio": null, "id": "changed"});
    let after = world.ok("updateUser", json!({"path": id, "body": patch}));
    assert_eq!(after["profile"], json!({"a": {"c": 2}, "d": 3, "e": 4}));
    assert_eq!((after["bio"].clone(), after["id"].clone()), (Value::Null, json!("ada")));
    assert_eq!(after["created"], "2026-01-01T00:00:00.000Z");
    assert_eq!(after["updated"], "2026-01-01T00:01:00.000Z");
    assert_eq!(world.refused("updateUser", json!({"path": {"id": "eve"}, "body": {}})).0, 404);
}

#[test]
fn replace_returns_what_is_not_set_to_its_default() {
    let mut world = tracker();
    world.clock.advance(1000);
    let after = world.ok("replaceUser", json!({"path": {"id": "ada"}, "body": {"email": "ada@new.org"}}));
    assert_eq!(after["email"], "ada@new.org");
    assert_eq!(after["role"], "member");
    assert_eq!(after["created"], "2026-01-01T00:00:00.000Z");
    assert_eq!(after["updated"], "2026-01-01T00:00:01.000Z");
    assert!(after.get("first").is_none());
    let stored = world.state.get("users", &json!("ada")).unwrap();
    assert_eq!(stored.get("password").unwrap(), "analytical");
}

#[test]
fn a_binding_is_the_record_as_it_was() {
    let mut world = tracker();
    let after = world.ok("finishTask", json!({"path": {"id": "t2"}, "body": {}}));
    assert_eq!(after["done"], true);
    assert!(
        world.state.get("tasks", &json!("t2")).is_some(),
        "the step that looks at the old value must not run"
    );
    assert_eq!(world.refused("finishTask", json!({"path": {"id": "t2"}, "body": {}})).0, 423);
}

#[test]
fn when_is_false_for_what_is_absent_and_pass_carries_on() {
    let mut world = tracker();
    let before = world.state.len("comments").unwrap();
    world.ok("finishTask", json!({"path": {"id": "t1"}}));
    assert_eq!(world.state.len("comments").unwrap(), before);
    let after = world.ok("finishTask", json!({"path": {"id": "t2"}, "body": {"note": "well done"}}));
    assert_eq!(after["id"], "t2", "`as: result` answers, not the last step");
    assert_eq!(world.state.len("comments").unwrap(), before + 1);
    let last = world.state.records("comments").last().unwrap().clone();
    assert_eq!(last.get("id").unwrap().as_str().unwrap().len(), 24);
}

#[test]
fn each_makes_one_record_of_every_element_or_none_at_all() {
    let mut world = tracker();
    let body = json!([{"title": "A", "who": "BOB@example.com"}, {"title": "B", "who": "nobody"}]);
    let made = world.ok("replaceTasks", json!({"path": {"id": "p1"}, "body": body}));
    assert_eq!(made[0]["title"], "A");
    assert_eq!(made[0]["assignee"], "bob");
    assert!(made[1].get("assignee").is_none());
    // Numbers go on: 1 and 2 were the seeds'.
    assert_eq!((made[0]["number"].clone(), made[1]["number"].clone()), (json!(3), json!(4)));
    let twice = json!([{"title": "C"}, {"title": "C"}]);
    assert_eq!(world.refused("replaceTasks", json!({"path": {"id": "p1"}, "body": twice})).0, 409);
    assert_eq!(world.ok("replaceTasks", json!({"path": {"id": "p1"}, "body": []})), json!([]));
}

#[test]
fn a_page_says_what_it_is() {
    let mut world = tracker();
    for number in 0..5 {
        world.ok(
            "createUser",
            json!({"body": {"email": format!("{number}@x"), "first": format!("C{number}")}}),
        );
    }
    let page = world.ok("listUsers", json!({"query": {"page": 2, "size": 3}}));
    let names: Vec<_> =
        page["items"].as_array().unwrap().iter().map(|one| one["first"].as_str().unwrap()).collect();
    assert_eq!(names, ["C1", "C0", "Bob"]);
    assert_eq!(
        (page["total"].clone(), page["next"].clone(), page["previous"].clone()),
        (json!(7), json!(3), json!(1))
    );
    assert_eq!(page["success"], true);
    let last = world.ok("listUsers", json!({"query": {"page": 3, "size": 3}}));
    assert_eq!((last["items"].as_array().unwrap().len(), last["next"].clone()), (1, Value::Null));
    let beyond = world.ok("listUsers", json!({"query": {"page": 9, "size": 3}}));
    assert_eq!(
        (beyond["items"].clone(), beyond["total"].clone(), beyond["next"].clone()),
        (json!([]), json!(7), Value::Null)
    );
    let all = world.ok("listUsers", json!({}));
    assert_eq!((all["items"].as_array().unwrap().len(), all["total"].clone()), (7, json!(7)));
}

#[test]
fn a_request_that_fails_leaves_the_state_as_it_was() {
    // Deterministic, but many and mixed: each either goes well or leaves no trace, chance and sequences included.
    let mut world = tracker();
    let mut failures = 0;
    let mut pick = 12_345u64;
    let mut next = |below: u64| {
        pick = pick.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (pick >> 33) % below
    };
    for _ in 0..600 {
        let email = format!("u{}@x", next(6));
        let id = ["p1", "p2", "t1", "t2", "ada", "bob", "zed"][usize::try_from(next(7)).unwrap()];
        let title = format!("T{}", next(3));
        let (operation, parts) = match next(8) {
            0 => ("createUser", json!({"body": {"email": email, "first": title, "last": title}})),
            1 => ("updateUser", json!({"path": {"id": id}, "body": {"email": email}})),
            2 => ("deleteUser", json!({"path": {"id": id}})),
            3 => ("createTask", json!({"body": {"title": title, "project": id, "assignee": "bob"}})),
            4 => (
                "replaceTasks",
                json!({"path": {"id": id}, "body": [{"title": "A"}, {"title": title}, {"title": "T1"}]}),
            ),
            5 => ("finishTask", json!({"path": {"id": id}, "body": {"note": "n"}})),
            6 => ("createTask", json!({"body": {"title": title}})),
            _ => ("replaceUser", json!({"path": {"id": id}, "body": {"email": email}})),
        };
        let before = world.state.to_json();
        let Said(status, _) = world.call(operation, parts);
        if status >= 400 {
            failures += 1;
            assert_eq!(world.state.to_json(), before, "{operation}");
        }
    }
    assert!(failures > 100, "{failures} failures are too few to tell");
    // What is left is whole: it can be read back.
    world.engine.restore(&world.state.to_json()).unwrap();
}

#[test]
fn the_same_seed_gives_the_same_world() {
    let run = |seed| {
        let options = tercet_mock_server::engine::EngineOptions { seed, ..Default::default() };
        let mut world = World::with(TRACKER, options);
        world.ok("createUser", json!({"body": {"email": "x@y"}}));
        world.ok("logIn", json!({"body": {"email": "bob@example.com", "password": "happy tree"}}))
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1)["token"], run(2)["token"]);
}
