//! Creating, showing and replacing (facts: passwords 3, 4.1, 4.2).

use serde_json::{Value, json};

use super::client::{BASE, NOW, refusal, start};

#[tokio::test]
async fn a_password_has_its_defaults_in_the_order_in_which_they_are_sent() {
    let mut bob = start().await;
    let id = bob.create("password", json!({ "label": "Mail", "password": "Lantern-7-meadow" })).await;
    let shown = bob.show("password", &id, "model").await;
    let revision = shown["revision"].clone();
    let expected = json!({
        "id": id, "created": NOW, "updated": NOW, "edited": NOW, "share": null, "shared": false, "revision": revision,
        "label": "Mail", "username": "", "password": "Lantern-7-meadow", "notes": "", "customFields": "", "url": "",
        "status": 0, "statusCode": "GOOD", "hash": "c84f617ac4bb1355ff40863e92fd33a6bdf20705", "folder": BASE,
        "cseKey": "", "cseType": "none", "sseType": "SSEv1r2", "hidden": false, "trashed": false, "favorite": false,
        "editable": true, "client": "tests",
    });
    assert_eq!(shown.to_string(), expected.to_string(), "order counts");
}

#[tokio::test]
async fn folders_and_tags_have_theirs() {
    let mut bob = start().await;
    let id = bob.folder("Work", BASE).await;
    let shown = bob.show("folder", &id, "model").await;
    let expected = json!({
        "id": id, "created": NOW, "updated": NOW, "edited": NOW, "revision": shown["revision"], "label": "Work",
        "parent": BASE, "cseKey": "", "cseType": "none", "sseType": "SSEv1r2", "hidden": false, "trashed": false,
        "favorite": false, "client": "tests",
    });
    assert_eq!(shown.to_string(), expected.to_string());
    let id = bob.create("tag", json!({ "label": "Red", "color": "anything" })).await;
    let shown = bob.show("tag", &id, "model").await;
    let expected = json!({
        "id": id, "created": NOW, "updated": NOW, "edited": NOW, "revision": shown["revision"], "label": "Red",
        "color": "anything", "cseKey": "", "cseType": "none", "sseType": "SSEv1r2", "hidden": false, "trashed": false,
        "favorite": false, "client": "tests",
    });
    assert_eq!(shown.to_string(), expected.to_string());
}

#[tokio::test]
async fn the_base_folder_is_shown_and_never_listed() {
    let mut bob = start().await;
    let base = bob.show("folder", BASE, "model+revisions+parent").await;
    assert_eq!((&base["label"], &base["client"]), (&json!("Home"), &json!("CLIENT::SYSTEM")));
    assert_eq!((&base["revision"], &base["revisions"]), (&json!(BASE), &json!([])));
    assert_eq!((&base["created"], &base["parent"]["id"]), (&json!(NOW), &json!(BASE)));
    assert!(bob.list("folder").await.is_empty());
    let refused = refusal(422, "Can not edit base folder");
    let fields = json!({ "id": BASE, "label": "Mine" });
    assert_eq!(bob.refused("PATCH", "folder/update", fields).await, refused);
    assert_eq!(bob.refused("DELETE", "folder/delete", json!({ "id": BASE })).await, refused);
    assert_eq!(bob.refused("PATCH", "folder/restore", json!({ "id": BASE })).await, refused);
}

#[tokio::test]
async fn an_update_replaces() {
    let mut bob = start().await;
    let folder = bob.folder("Work", BASE).await;
    let all = json!({
        "username": "bob", "url": "https://a.example", "notes": "n", "customFields": "not json", "folder": folder,
        "favorite": true, "edited": 5,
    });
    let id = bob.password("Mail", all.clone()).await;
    let before = bob.show("password", &id, "model").await;
    assert!(all.as_object().unwrap().iter().all(|(field, value)| before[field] == *value), "{before}");
    bob.wait(10);
    let plain = json!({ "id": id, "label": "Mail", "password": before["password"] });
    let revision = bob.update("password", plain).await;
    let after = bob.show("password", &id, "model").await;
    assert_eq!(after["revision"], json!(revision));
    assert_ne!(after["revision"], before["revision"]);
    for (field, default) in
        [("username", json!("")), ("url", json!("")), ("notes", json!("")), ("favorite", json!(false))]
    {
        assert_eq!(after[field], default, "{field}");
    }
    assert_eq!((&after["folder"], &after["edited"]), (&json!(BASE), &json!(5)));
    assert_eq!((&after["created"], &after["updated"]), (&json!(NOW), &json!(NOW + 10)));
}

#[tokio::test]
async fn an_update_can_demand_the_revision_it_is_based_on() {
    let mut bob = start().await;
    for (kind, fields) in [
        ("password", json!({ "label": "a", "password": "Quarry-5-violet" })),
        ("folder", json!({ "label": "a" })),
        ("tag", json!({ "label": "a", "color": "b" })),
    ] {
        let id = bob.create(kind, fields.clone()).await;
        let first = bob.show(kind, &id, "id").await["revision"].clone();
        let mut change = fields;
        change["id"] = json!(id);
        change["revision"] = first;
        let path = format!("{kind}/update");
        bob.update(kind, change.clone()).await;
        assert_eq!(bob.refused("PATCH", &path, change.clone()).await, refusal(409, "Outdated revision id"));
        change["revision"] = Value::Null;
        bob.update(kind, change.clone()).await;
        change["id"] = json!("nothing");
        assert_eq!(bob.refused("PATCH", &path, change).await, refusal(404, "Resource not found"));
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_in_the_order_of_the_product() {
    let mut bob = start().await;
    let mut fields = json!({ "label": "", "password": "", "cseType": "other", "cseKey": "key", "hash": "x" });
    let type_invalid = refusal(400, "Invalid client side encryption type");
    assert_eq!(bob.refused("POST", "password/create", fields.clone()).await, type_invalid);
    fields["cseType"] = json!("none");
    assert_eq!(
        bob.refused("POST", "password/create", fields.clone()).await,
        type_invalid,
        "a key without encryption"
    );
    fields["cseKey"] = json!("");
    let label = refusal(400, "Field \"label\" can not be empty");
    assert_eq!(bob.refused("POST", "password/create", fields.clone()).await, label);
    fields["label"] = json!("0");
    assert_eq!(bob.refused("POST", "password/create", fields.clone()).await, label, "0 is empty as well");
    fields["label"] = json!("a");
    let password = refusal(400, "Field \"password\" can not be empty");
    assert_eq!(bob.refused("POST", "password/create", fields).await, password);
    assert_eq!(bob.refused("POST", "folder/create", json!({})).await, label);
    assert_eq!(bob.refused("POST", "tag/create", json!({})).await, label);
    let color = refusal(400, "Field \"color\" can not be empty");
    assert_eq!(bob.refused("POST", "tag/create", json!({ "label": "a" })).await, color);
    let unencrypted = json!({ "label": "a", "cseType": "" });
    assert_eq!(
        bob.refused("POST", "folder/create", unencrypted).await,
        refusal(400, "No encryption specified")
    );
}

#[tokio::test]
async fn what_cannot_be_bound_is_refused_without_a_word() {
    let mut bob = start().await;
    for (path, body) in [
        ("password/create", json!({ "label": "a" })),
        ("password/create", json!({ "label": 5, "password": "Quarry-5-violet" })),
        ("password/create", json!({ "label": "a", "password": "Quarry-5-violet", "tags": "x" })),
        ("password/show", json!({})),
    ] {
        let (status, headers, text) = bob.raw("POST", path, &body).await;
        assert_eq!((status, text.as_str()), (400, ""), "{path} {body}");
        assert_eq!(headers["content-type"], "text/html; charset=UTF-8", "{path} {body}");
        assert!(headers.contains_key("x-api-session"), "{path} {body}");
    }
    assert_eq!(bob.call("PATCH", "tag/update", json!({ "id": "x", "label": "a" })).await, (400, Value::Null));
}

#[tokio::test]
async fn lengths_are_not_held() {
    let mut bob = start().await;
    let long =
        json!({ "label": "l".repeat(5000), "notes": "n".repeat(20_000), "customFields": "c".repeat(20_000) });
    let id = bob.password("", long.clone()).await;
    let shown = bob.show("password", &id, "model").await;
    assert!(long.as_object().unwrap().iter().all(|(field, value)| shown[field] == *value));
}

#[tokio::test]
async fn parameters_come_in_any_way() {
    let mut bob = start().await;
    let id = bob.password("Mail", json!({})).await;
    let (status, shown) = bob.call("POST", &format!("password/show?id={id}&details=id"), Value::Null).await;
    assert_eq!((status, shown.as_object().unwrap().len()), (200, 2));
    let (_, listed) = bob.call("GET", "password/list?details=id%2Btag-ids", Value::Null).await;
    assert!(listed.as_array().unwrap().iter().all(|one| one["tags"] == json!([])), "{listed}");
    let (_, listed) = bob.call("GET", "password/list?details=id+tag-ids", Value::Null).await;
    assert!(
        listed.as_array().unwrap().iter().all(|one| one.as_object().unwrap().len() == 2),
        "`+` is a blank: {listed}"
    );
    let (status, gone) = bob.call("DELETE", &format!("password/delete?id={id}"), Value::Null).await;
    assert_eq!((status, &gone["id"]), (200, &json!(id)));
}

#[tokio::test]
async fn nobody_sees_what_others_have() {
    let mut bob = start().await;
    let mine = bob.password("Mine", json!({})).await;
    let mut alice = bob.speaking_as("alice");
    let refused = refusal(404, "Resource not found");
    assert_eq!(alice.refused("POST", "password/show", json!({ "id": mine })).await, refused);
    assert_eq!(alice.refused("DELETE", "password/delete", json!({ "id": mine })).await, refused);
    assert_eq!(alice.refused("PATCH", "password/restore", json!({ "id": mine })).await, refused);
    let (_, answer) = alice.call("POST", "password/show", json!({ "id": "not a uuid" })).await;
    assert_eq!(answer, json!({ "status": "error", "id": 404, "message": "Resource not found" }));
    assert!(!alice.list("password").await.contains(&"Mine".to_owned()));
}
