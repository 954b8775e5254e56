//! Defects of the product, where they are asked for (facts: passwords 11).

use serde_json::{Value, json};

use super::client::{BASE, refusal, start, with};

#[tokio::test]
async fn what_is_moved_out_of_the_trash_can_stay_suspended_for_ever() {
    let mut bob = with(&["STRICT_SUSPENDED_FOREVER"]).await;
    let top = bob.folder("top", BASE).await;
    let inner = bob.folder("inner", &top).await;
    let high = bob.password("high", json!({ "folder": top })).await;
    bob.password("low", json!({ "folder": inner })).await;
    bob.delete("folder", &top).await;
    bob.update("password", json!({ "id": high, "label": "high", "password": "Quarry-5-violet" })).await;
    bob.update("folder", json!({ "id": inner, "label": "inner" })).await;
    assert_eq!(bob.list("folder").await, ["inner"], "a folder is cleared");
    assert!(bob.list("password").await.is_empty(), "passwords are not");
    bob.restore("folder", &top, None).await;
    assert!(bob.list("password").await.is_empty(), "not even then");
}

#[tokio::test]
async fn hidden_things_with_tags_may_be_impossible_to_show() {
    let unavailable = refusal(503, "Unable to complete request");
    let mut bob = with(&["STRICT_UNHIDE_WITH_TAGS"]).await;
    let tag = bob.create("tag", json!({ "label": "t", "color": "c" })).await;
    let id = bob.password("p", json!({ "tags": [tag], "hidden": true })).await;
    let before = bob.show("password", &id, "model").await;
    let show = json!({ "id": id, "label": "p", "password": "Quarry-5-violet" });
    assert_eq!(bob.refused("PATCH", "password/update", show.clone()).await, unavailable);
    assert_eq!(bob.show("password", &id, "model").await, before, "nothing changed");
    let hide = json!({ "id": tag, "label": "t", "color": "c", "hidden": true });
    bob.update("tag", hide).await;
    let show_tag = json!({ "id": tag, "label": "t", "color": "c" });
    assert_eq!(bob.refused("PATCH", "tag/update", show_tag).await, unavailable);
    let (_, answer) = bob.call("PATCH", "password/update", show.clone()).await;
    assert_eq!(answer["id"], json!(0), "the number");
    let mut friendly = start().await;
    let tag = friendly.create("tag", json!({ "label": "t", "color": "c" })).await;
    let id = friendly.password("p", json!({ "tags": [tag], "hidden": true })).await;
    friendly.update("password", json!({ "id": id, "label": "p", "password": "Quarry-5-violet" })).await;
    assert_eq!(friendly.list("password").await, ["p"]);
}

#[tokio::test]
async fn an_unknown_tag_may_come_too_late() {
    let mut bob = with(&["STRICT_TAG_AFTER_WRITE"]).await;
    let tag = bob.create("tag", json!({ "label": "t", "color": "c" })).await;
    let fields = json!({ "label": "p", "password": "Quarry-5-violet", "tags": [tag, "unknown"] });
    assert_eq!(bob.refused("POST", "password/create", fields).await, refusal(400, "Tag does not exist"));
    assert_eq!(bob.list("password").await, ["p"], "it is there all the same");
    let (_, listed) = bob.call("GET", "password/list?details=model%2Btag-ids", Value::Null).await;
    let mut created = listed.as_array().unwrap().iter().filter(|one| one["label"] == "p");
    assert_eq!(created.next().unwrap()["tags"], json!([tag]), "with the tags before the unknown one");
}

#[tokio::test]
async fn a_shared_revision_may_be_impossible_to_restore() {
    const WIKI: &str = "a11ce000-0000-4000-8000-0000000a0002";
    let change = json!({ "id": WIKI, "label": "Wiki", "password": "Quarry-5-violet" });
    for (settings, expected) in [(&["STRICT_RESTORE_SHARED"][..], 503), (&[][..], 200)] {
        let mut alice = with(settings).await.speaking_as("alice");
        let first = alice.show("password", WIKI, "id").await["revision"].clone();
        alice.update("password", change.clone()).await;
        let restore = json!({ "id": WIKI, "revision": first });
        assert_eq!(alice.call("PATCH", "password/restore", restore).await.0, expected);
        alice.delete("password", WIKI).await;
        alice.restore("password", WIKI, None).await;
    }
}
