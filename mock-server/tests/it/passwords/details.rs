//! Levels of detail (facts: passwords 3.5).

use serde_json::{Value, json};

use super::client::{BASE, labels, start};

/// What there is besides `id` and `revision`.
fn parts(object: &Value) -> Vec<&str> {
    let mut parts: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
    parts.retain(|part| !["id", "revision"].contains(part));
    parts.sort_unstable();
    assert!(object["id"].is_string() && object["revision"].is_string(), "{object}");
    parts
}

#[tokio::test]
async fn without_the_model_there_are_ids_and_what_was_asked_for() {
    let mut bob = start().await;
    let id = bob.password("p", json!({})).await;
    for details in ["id", "", "nonsense", "model-"] {
        assert!(parts(&bob.show("password", &id, details).await).is_empty(), "{details}");
    }
    let some = bob.show("password", &id, "tag-ids+revisions+folder+shares").await;
    assert_eq!(parts(&some), ["folder", "revisions", "shares", "tags"]);
    assert_eq!(some["folder"]["label"], "Home");
    let folder = bob.folder("f", BASE).await;
    let some = bob.show("folder", &folder, "passwords+folder-ids+parent+password-ids").await;
    assert_eq!(parts(&some), ["folders", "parent", "passwords"]);
}

#[tokio::test]
async fn the_long_form_wins() {
    let mut bob = start().await;
    let tag = bob.create("tag", json!({ "label": "t", "color": "c" })).await;
    let id = bob.password("p", json!({ "tags": [tag] })).await;
    assert_eq!(labels(&bob.show("password", &id, "tag-ids+tags").await["tags"]), ["t"]);
    assert_eq!(bob.show("tag", &tag, "password-ids").await["passwords"], json!([id]));
    let told = bob.show("tag", &tag, "passwords+password-tags").await["passwords"].clone();
    assert_eq!((labels(&told), labels(&told[0]["tags"])), (vec!["p".to_owned()], vec!["t".to_owned()]));
}

#[tokio::test]
async fn a_folder_shows_what_is_in_it_but_what_is_hidden_or_in_the_trash() {
    let mut bob = start().await;
    let folder = bob.folder("f", BASE).await;
    let tag = bob.create("tag", json!({ "label": "t", "color": "c" })).await;
    for (label, hidden) in [("seen", false), ("hidden", true), ("trashed", false)] {
        let id = bob.password(label, json!({ "folder": folder, "hidden": hidden, "tags": [tag] })).await;
        let inner = bob.create("folder", json!({ "label": label, "parent": folder, "hidden": hidden })).await;
        if label == "trashed" {
            bob.delete("password", &id).await;
            bob.delete("folder", &inner).await;
        }
    }
    let shown = bob.show("folder", &folder, "passwords+folders").await;
    assert_eq!(
        (labels(&shown["passwords"]), labels(&shown["folders"])),
        (vec!["seen".to_owned()], vec!["seen".to_owned()])
    );
    assert_eq!(labels(&bob.show("tag", &tag, "passwords").await["passwords"]), ["seen"]);
    assert_eq!(bob.show("folder", &folder, "password-ids").await["passwords"].as_array().unwrap().len(), 1);
    bob.delete("folder", &folder).await;
    let shown = bob.show("folder", &folder, "passwords+folders").await;
    assert_eq!(labels(&shown["passwords"]), ["seen", "trashed"], "from the trash one sees the trash");
    assert_eq!(labels(&shown["folders"]), ["seen"], "but no folders in it");
    assert!(labels(&bob.show("tag", &tag, "passwords").await["passwords"]).is_empty(), "suspended");
    bob.delete("tag", &tag).await;
    assert_eq!(labels(&bob.show("tag", &tag, "passwords").await["passwords"]), ["seen", "trashed"]);
}

#[tokio::test]
async fn the_hidden_see_the_hidden() {
    let mut bob = start().await;
    let folder = bob.create("folder", json!({ "label": "f", "hidden": true })).await;
    let id = bob.password("p", json!({ "folder": folder, "hidden": true })).await;
    assert_eq!(bob.show("password", &id, "folder").await["folder"]["label"], "f");
    assert_eq!(labels(&bob.show("folder", &folder, "passwords").await["passwords"]), ["p"]);
    assert_eq!(bob.show("folder", BASE, "folder-ids").await["folders"], json!([]));
}

#[tokio::test]
async fn shares_are_told_on_both_sides() {
    let mut alice = start().await.speaking_as("alice");
    let wiki = alice.show("password", "a11ce000-0000-4000-8000-0000000a0002", "model+shares").await;
    assert_eq!((&wiki["shared"], &wiki["share"]), (&json!(true), &Value::Null));
    assert_eq!(wiki["shares"][0]["receiver"], json!({ "id": "bob", "name": "Bob Brown" }));
    let mut bob = alice.speaking_as("bob");
    let copy = bob.show("password", "b0b00000-0000-4000-8000-0000000a0001", "model+shares").await;
    assert_eq!((&copy["shared"], &copy["editable"]), (&json!(false), &json!(false)));
    assert_eq!(copy["share"]["owner"]["id"], "alice");
    assert_eq!((&copy["shares"], &copy["share"]["password"]), (&json!([]), &copy["id"]));
}
