//! Searching (facts: passwords 3.6).

use serde_json::{Value, json};

use super::client::{BASE, NOW, refusal, start};

#[tokio::test]
async fn fields_are_equal_type_and_all_or_as_an_operator_says() {
    let mut bob = start().await;
    bob.password("plain", json!({ "edited": 100 })).await;
    bob.password("star", json!({ "favorite": true, "edited": 200 })).await;
    bob.password("weak", json!({ "password": "password", "edited": 300 })).await;
    for (criteria, expected) in [
        (json!(null), vec!["plain", "star", "weak"]),
        (json!({}), vec!["plain", "star", "weak"]),
        (json!({ "favorite": true }), vec!["star"]),
        (json!({ "favorite": "true" }), vec!["star"]),
        (json!({ "favorite": 1 }), vec![]),
        (json!({ "status": 2 }), vec!["weak"]),
        (json!({ "status": "2" }), vec![]),
        (json!({ "edited": ["ge", 200] , "status": ["lt", 1] }), vec!["star"]),
        (json!({ "edited": ["gt", 100] , "favorite": ["ne", true] }), vec!["weak"]),
        (json!({ "edited": ["le", 100, "more"] }), vec!["plain"]),
        (
            json!({ "cseType": ["eq", "none"], "sseType": "SSEv1r2", "created": NOW }),
            vec!["plain", "star", "weak"],
        ),
    ] {
        assert_eq!(bob.find("password", criteria.clone()).await, expected, "{criteria}");
    }
}

#[tokio::test]
async fn times_are_those_of_the_revision() {
    let mut bob = start().await;
    let id = bob.password("p", json!({})).await;
    bob.wait(60);
    bob.update("password", json!({ "id": id, "label": "p", "password": "Quarry-5-violet" })).await;
    assert_eq!(bob.show("password", &id, "model").await["created"], json!(NOW));
    assert_eq!(bob.find("password", json!({ "created": NOW + 60 })).await, ["p"]);
    assert!(bob.find("password", json!({ "created": NOW })).await.is_empty());
}

#[tokio::test]
async fn what_is_hidden_is_never_found_and_the_trash_on_demand() {
    let mut bob = start().await;
    bob.password("hidden", json!({ "hidden": true })).await;
    let id = bob.password("gone", json!({})).await;
    bob.delete("password", &id).await;
    assert!(bob.find("password", json!({})).await.is_empty());
    assert_eq!(bob.find("password", json!({ "trashed": true })).await, ["gone"]);
    assert_eq!(bob.find("password", json!({ "trashed": ["eq", true] })).await, ["gone"]);
    assert_eq!(bob.find("password", json!({ "trashed": "true" })).await, ["gone"]);
}

#[tokio::test]
async fn folders_are_found_by_their_parent() {
    let mut bob = start().await;
    let top = bob.folder("top", BASE).await;
    bob.folder("inner", &top).await;
    assert_eq!(bob.find("folder", json!({ "parent": top })).await, ["inner"]);
    assert_eq!(bob.find("folder", json!({ "parent": BASE })).await, ["top"]);
}

#[tokio::test]
async fn other_criteria_are_refused() {
    let mut bob = start().await;
    let ask = |criteria: Value| json!({ "criteria": criteria });
    for (kind, field) in
        [("password", "label"), ("password", "hidden"), ("folder", "status"), ("tag", "parent")]
    {
        let expected = refusal(400, &format!("Illegal field in search criteria: {field}"));
        assert_eq!(bob.refused("POST", &format!("{kind}/find"), ask(json!({ field: 1 }))).await, expected);
    }
    let (_, answer) = bob.call("POST", "password/find", ask(json!({ "label": "x" }))).await;
    assert_eq!(answer["id"].as_str().map(str::len), Some(8), "the id is a checksum of the message: {answer}");
    let operator = ask(json!({ "status": ["like", 1] }));
    assert_eq!(
        bob.refused("POST", "password/find", operator).await,
        refusal(400, "Illegal operator in search criteria: like")
    );
    let empty = ask(json!({ "status": [] }));
    assert_eq!(
        bob.refused("POST", "password/find", empty).await,
        refusal(400, "Illegal operator in search criteria: ")
    );
    assert_eq!(
        bob.refused("POST", "password/find", ask(json!("text"))).await,
        refusal(503, "Unable to complete request")
    );
}
