//! References: restrict, cascade, clear, and what names no record.

use serde_json::{Value, json};

use super::world::World;

fn tracker() -> World {
    World::new(include_str!("fixtures/tracker.yaml"))
}

#[test]
fn seeds_may_refer_to_what_is_seeded_later() {
    let world = tracker();
    let pinned = world.state.get("projects", &json!("p1")).unwrap();
    assert_eq!(pinned.get("pinned").unwrap(), "t1");
}

#[test]
fn a_reference_to_nothing_is_invalid() {
    let mut world = tracker();
    let (status, text) = world.refused("createTask", json!({"body": {"title": "x", "project": "nowhere"}}));
    assert_eq!((status, text.as_str()), (400, "`project` names no record of `projects`"));
    let watchers = json!({"title": "x", "project": "p1", "watchers": ["ada", "ghost"]});
    assert_eq!(world.refused("createTask", json!({"body": watchers})).0, 400);
    assert_eq!(
        world.refused("createTask", json!({"body": {"title": "x"}})).0,
        400,
        "a required one left out"
    );
    world.ok("createTask", json!({"body": {"title": "x", "project": "p1", "assignee": null}}));
}

#[test]
fn restrict_is_a_conflict_that_can_be_renamed() {
    let mut world = tracker();
    let (status, text) = world.refused("deleteUser", json!({"path": {"id": "ada"}}));
    assert_eq!((status, text.as_str()), (423, "a record of `projects` still refers to it"));
    assert_eq!(world.refused("deleteUser", json!({"path": {"id": "nobody"}})).0, 404);
}

#[test]
fn cascade_follows_and_clear_empties() {
    let mut world = tracker();
    world.ok("deleteProject", json!({"path": {"id": "p1"}}));
    // tasks → comments: two steps of a cascade.
    assert_eq!((world.state.len("tasks"), world.state.len("comments")), (Some(0), Some(0)));
    // Nothing restricts bob's project from going before bob.
    world.ok("deleteProject", json!({"path": {"id": "p2"}}));
    world.ok("deleteUser", json!({"path": {"id": "bob"}}));
    assert_eq!(world.state.len("users"), Some(1));
}

#[test]
fn clear_takes_the_key_out_of_lists_too() {
    let mut world = tracker();
    world.ok("deleteProject", json!({"path": {"id": "p2"}}));
    world.ok("deleteUser", json!({"path": {"id": "bob"}}));
    let task = world.state.get("tasks", &json!("t1")).unwrap();
    assert_eq!(task.get("assignee").unwrap(), &Value::Null);
    assert_eq!(task.get("watchers").unwrap(), &json!(["ada"]));
    // The index has forgotten him as well.
    assert_eq!(world.ok("listTasks", json!({"query": {"watcher": "bob"}})), json!([]));
}

#[test]
fn filters_look_through_references_and_lists() {
    let mut world = tracker();
    let titles = |found: Value| {
        found
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["title"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(titles(world.ok("listTasks", json!({"query": {"watcher": "ada"}}))), ["Cards"]);
    assert_eq!(titles(world.ok("listTasks", json!({"query": {"owner": "ada", "title": "MIL"}}))), ["Mill"]);
    assert_eq!(titles(world.ok("listTasks", json!({"query": {"owner": "bob"}}))), Vec::<String>::new());
    assert_eq!(titles(world.ok("listTasks", json!({}))), ["Cards", "Mill"]);
}
