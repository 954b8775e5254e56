//! Trash and revisions (facts: passwords 4.5).

use serde_json::{Value, json};

use super::client::{BASE, refusal, start};

#[tokio::test]
async fn what_is_deleted_goes_to_the_trash_and_then_for_good() {
    let mut bob = start().await;
    for (kind, fields) in [
        ("password", json!({ "label": "a", "password": "Quarry-5-violet" })),
        ("folder", json!({ "label": "a" })),
        ("tag", json!({ "label": "a", "color": "b" })),
    ] {
        let id = bob.create(kind, fields).await;
        let first = bob.show(kind, &id, "id").await["revision"].clone();
        let path = format!("{kind}/delete");
        let (status, trashed) = bob.call("DELETE", &path, json!({ "id": id, "revision": "any" })).await;
        assert_eq!(
            (status, trashed.as_object().unwrap().len()),
            (200, 2),
            "the revision counts for nothing yet"
        );
        assert_ne!(trashed["revision"], first);
        assert!(bob.list(kind).await.is_empty());
        assert_eq!(bob.find(kind, json!({ "trashed": true })).await, ["a"]);
        assert_eq!(bob.show(kind, &id, "model").await["trashed"], json!(true));
        let outdated = json!({ "id": id, "revision": first });
        assert_eq!(bob.refused("DELETE", &path, outdated).await, refusal(400, "Outdated revision id"));
        assert_eq!(bob.delete(kind, &id).await, json!({ "id": id }));
        let gone = refusal(404, "Resource not found");
        for path in ["show", "restore", "delete"] {
            let method = ["POST", "PATCH", "DELETE"]
                [["show", "restore", "delete"].iter().position(|one| *one == path).unwrap()];
            assert_eq!(
                bob.refused(method, &format!("{kind}/{path}"), json!({ "id": id })).await,
                gone,
                "{kind} {path}"
            );
        }
    }
}

#[tokio::test]
async fn it_comes_back_from_the_trash_with_a_revision_more() {
    let mut bob = start().await;
    let id = bob.password("Mail", json!({ "notes": "n" })).await;
    bob.delete("password", &id).await;
    let trashed = bob.show("password", &id, "model").await;
    let restored = bob.restore("password", &id, None).await;
    assert_ne!(restored["revision"], trashed["revision"]);
    let shown = bob.show("password", &id, "model").await;
    assert_eq!((&shown["trashed"], &shown["notes"]), (&json!(false), &json!("n")));
    assert_eq!(bob.restore("password", &id, None).await, restored, "once more it changes nothing");
    let history = bob.show("password", &id, "revisions").await["revisions"].clone();
    assert_eq!(history.as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn an_older_revision_becomes_the_current_one() {
    let mut bob = start().await;
    let id = bob.password("one", json!({})).await;
    let first = bob.show("password", &id, "model").await;
    bob.update("password", json!({ "id": id, "label": "two", "password": "Quarry-5-violet" })).await;
    bob.delete("password", &id).await;
    let old = first["revision"].as_str().unwrap();
    let restored = bob.restore("password", &id, Some(old)).await;
    let shown = bob.show("password", &id, "model+revisions").await;
    assert_eq!((&shown["label"], &shown["trashed"]), (&json!("one"), &json!(false)));
    assert_eq!(shown["password"], first["password"]);
    assert!(
        restored["revision"] == shown["revision"] && shown["revision"] != first["revision"],
        "it is a new one"
    );
    let mut labels: Vec<_> = shown["revisions"].as_array().unwrap().iter().map(|one| &one["label"]).collect();
    labels.sort_by_key(|label| label.to_string());
    assert_eq!(labels, [&json!("one"), &json!("one"), &json!("two"), &json!("two")]);
}

#[tokio::test]
async fn revisions_belong_to_one_object() {
    let mut bob = start().await;
    let (one, two) = (bob.password("one", json!({})).await, bob.password("two", json!({})).await);
    let folder = bob.folder("f", BASE).await;
    let other = bob.show("password", &two, "id").await["revision"].clone();
    let elsewhere = bob.show("folder", &folder, "id").await["revision"].clone();
    let restore = |revision: Value| json!({ "id": one, "revision": revision });
    let path = "password/restore";
    assert_eq!(bob.refused("PATCH", path, restore(other)).await, refusal(400, "Invalid revision id"));
    assert_eq!(bob.refused("PATCH", path, restore(elsewhere)).await, refusal(404, "Resource not found"));
    assert_eq!(bob.refused("PATCH", path, restore(json!("x"))).await, refusal(404, "Resource not found"));
}

#[tokio::test]
async fn what_is_restored_is_held_to_the_rules_of_today() {
    let mut bob = start().await;
    let folder = bob.folder("f", BASE).await;
    let id = bob.password("one", json!({ "folder": folder })).await;
    let first = bob.show("password", &id, "id").await["revision"].clone();
    bob.update("password", json!({ "id": id, "label": "one", "password": "Quarry-5-violet" })).await;
    bob.delete("folder", &folder).await;
    bob.delete("folder", &folder).await;
    bob.restore("password", &id, first.as_str()).await;
    assert_eq!(bob.show("password", &id, "model").await["folder"], BASE, "the folder is gone");
}

#[tokio::test]
async fn what_is_in_the_trash_can_be_changed_and_stays_there() {
    let mut bob = start().await;
    let id = bob.password("one", json!({})).await;
    bob.delete("password", &id).await;
    bob.update("password", json!({ "id": id, "label": "two", "password": "Quarry-5-violet" })).await;
    let shown = bob.show("password", &id, "model").await;
    assert_eq!((&shown["label"], &shown["trashed"]), (&json!("two"), &json!(true)));
}

#[tokio::test]
async fn an_entry_of_the_history_has_what_a_revision_holds() {
    let mut bob = start().await;
    let id = bob.password("one", json!({ "notes": "n" })).await;
    let shown = bob.show("password", &id, "model+revisions").await;
    let mut expected = shown.as_object().unwrap().clone();
    for own in ["share", "shared", "revision", "editable", "revisions"] {
        expected.shift_remove(own);
    }
    expected.insert("id".to_owned(), shown["revision"].clone());
    assert_eq!(shown["revisions"][0].to_string(), Value::Object(expected).to_string(), "order counts");
}
