//! What happened to records.

use serde_json::{Value, json};

use super::support::{EMPLOYEE, Qore, start};

/// Description, field, old and new value of each entry, the newest first.
async fn told(app: &Qore, of: &str) -> Vec<Value> {
    let (resource, id) = of.split_once('/').unwrap();
    let data = Qore::data(app.get(&format!("{resource}/logs/{id}")).await);
    let line =
        |entry: &Value| json!([entry["description"], entry["field"], entry["value_old"], entry["value_new"]]);
    data.as_array().unwrap().iter().map(line).collect()
}

#[tokio::test]
async fn an_entry_says_who_did_what_to_what() {
    let app = start().await.by(EMPLOYEE);
    app.put("tenants/1/inline/name", json!({ "name": "Thuis" })).await;
    assert_eq!(
        app.get("tenants/logs/1").await,
        (
            200,
            json!({ "data": [{
            "id": 1, "entity_type": "tenants", "entity_id": 1, "user_id": 2, "description": "updated", "field": "name",
            "value_old": "Kantoor", "value_new": "Thuis", "payload": null, "created_at": "2023-01-05T10:20:30.000000Z",
        }] })
        )
    );
}

#[tokio::test]
async fn every_field_that_changed_has_an_entry_and_others_have_none() {
    let app = start().await;
    let user = json!({ "name": "N", "email": "n@qlic.nl", "password": "very secret", "tenants": [1] });
    Qore::data(app.post("users", user.clone()).await);
    assert_eq!(
        told(&app, "users/4").await,
        [json!(["attached", "tenants", null, 1]), json!(["created", null, null, null])]
    );
    assert_eq!(told(&app, "tenants/1").await, [json!(["attached", "users", null, 4])]);
    let mut changed = user.clone();
    changed["name"] = "M".into();
    changed["tenants"] = json!([2]);
    changed["is_active"] = true.into();
    changed["password"] = "more secret".into();
    Qore::data(app.put("users/4", changed.clone()).await);
    assert_eq!(
        told(&app, "users/4").await[..5],
        [
            json!(["attached", "tenants", null, 2]),
            json!(["detached", "tenants", 1, null]),
            json!(["updated", "is_active", false, true]),
            json!(["updated", "password", null, null]),
            json!(["updated", "name", "N", "M"]),
        ]
    );
    assert_eq!(told(&app, "tenants/1").await[0], json!(["detached", "users", 4, null]));
    changed["password"] = Value::Null;
    let before = app.server.state()["collections"]["users"][3].clone();
    app.server.advance(std::time::Duration::from_secs(60));
    Qore::data(app.put("users/4", changed).await);
    assert_eq!(told(&app, "users/4").await.len(), 7, "nothing changed");
    assert_eq!(app.server.state()["collections"]["users"][3], before, "not even when it was updated");
    assert!(!app.server.state()["collections"]["activity_logs"].to_string().contains("argon2"));
}

#[tokio::test]
async fn actions_and_what_follows_a_deletion_are_told() {
    let app = start().await;
    app.post("issues/actions/finish/2", json!({})).await;
    assert_eq!(
        told(&app, "issues/2").await,
        [json!(["updated", "done", false, true]), json!(["action", null, null, null])]
    );
    let (_, entries) = app.get("issues/logs/2").await;
    assert_eq!(entries["data"][1]["payload"], json!({ "action": "finish" }));
    app.post("projects/actions/delete_resource/2", json!({})).await;
    assert_eq!(
        told(&app, "projects/2").await,
        [json!(["deleted", null, null, null]), json!(["action", null, null, null])]
    );
    assert_eq!(told(&app, "issues/3").await, [json!(["deleted", null, null, null])], "cascaded");
    assert_eq!(
        told(&app, "registrations/2").await,
        [json!(["updated", "issue", 3, null]), json!(["updated", "project", 2, null])]
    );
    app.post("tenants/actions/delete_resource/2", json!({})).await;
    assert_eq!(told(&app, "users/3").await, [json!(["detached", "tenants", 2, null])]);
}

#[tokio::test]
async fn the_log_of_what_never_was_is_not_found() {
    let app = start().await;
    let (status, answer) = app.get("projects/logs/77").await;
    assert_eq!((status, answer), (404, json!({ "message": "No query results for model [projects] 77" })));
    assert_eq!(app.get("projects/logs/x").await.0, 404);
    assert_eq!(app.get("nothing/logs/1").await.0, 404);
    assert_eq!(app.get("projects/logs/1").await, (200, json!({ "data": [] })), "it was there from the start");
}

#[tokio::test]
async fn a_refused_request_leaves_no_entry() {
    let app = start().await;
    app.post("users", json!({ "name": "N", "email": "demo@qlic.nl" })).await;
    app.post("issues/actions/finish/77", json!({})).await;
    assert_eq!(app.server.state()["collections"]["activity_logs"], json!([]));
}
