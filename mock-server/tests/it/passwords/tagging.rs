//! Tags of passwords (facts: passwords 4.2 and 4.7).

use serde_json::{Value, json};

use super::client::{Client, refusal, start};

async fn tag(bob: &mut Client, label: &str) -> String {
    bob.create("tag", json!({ "label": label, "color": "c" })).await
}

async fn ids(bob: &mut Client, password: &str) -> Value {
    bob.show("password", password, "tag-ids").await["tags"].clone()
}

#[tokio::test]
async fn a_list_replaces_the_tags_and_none_leaves_them_alone() {
    let mut bob = start().await;
    let (one, two) = (tag(&mut bob, "one").await, tag(&mut bob, "two").await);
    let id = bob.password("p", json!({ "tags": [one] })).await;
    for (tags, expected) in [
        (json!(null), json!([one])),
        (json!([]), json!([one])),
        (json!([two, one]), json!([one, two])),
        (json!([two]), json!([two])),
        (json!([""]), json!([])),
    ] {
        let change = json!({ "id": id, "label": "p", "password": "Quarry-5-violet", "tags": tags });
        bob.update("password", change).await;
        assert_eq!(ids(&mut bob, &id).await, expected, "{tags}");
    }
}

#[tokio::test]
async fn a_tag_that_is_given_twice_is_there_twice() {
    let mut bob = start().await;
    let one = tag(&mut bob, "one").await;
    let id = bob.password("p", json!({ "tags": [one, one] })).await;
    assert_eq!(ids(&mut bob, &id).await, json!([one, one]));
}

#[tokio::test]
async fn an_unknown_tag_is_refused_and_nothing_is_stored() {
    let mut bob = start().await;
    let fields = json!({ "label": "p", "password": "Quarry-5-violet", "tags": ["unknown"] });
    assert_eq!(bob.refused("POST", "password/create", fields).await, refusal(400, "Tag does not exist"));
    let theirs = json!({ "label": "p", "password": "Quarry-5-violet", "tags": ["a11ce000-0000-4000-8000-0000000d0001"] });
    assert_eq!(bob.refused("POST", "password/create", theirs).await, refusal(400, "Tag does not exist"));
    assert!(bob.list("password").await.is_empty());
}

#[tokio::test]
async fn a_tag_in_the_trash_is_away_and_comes_back() {
    let mut bob = start().await;
    let one = tag(&mut bob, "one").await;
    let id = bob.password("p", json!({ "tags": [one] })).await;
    let before = bob.show("password", &id, "model").await;
    bob.delete("tag", &one).await;
    assert_eq!(ids(&mut bob, &id).await, json!([]));
    bob.restore("tag", &one, None).await;
    assert_eq!(ids(&mut bob, &id).await, json!([one]));
    assert_eq!(bob.show("password", &id, "model").await, before, "the password itself is not touched");
    bob.delete("tag", &one).await;
    bob.delete("tag", &one).await;
    assert_eq!(ids(&mut bob, &id).await, json!([]));
}
