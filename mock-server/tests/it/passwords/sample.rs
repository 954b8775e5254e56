//! What a fresh mock has.

use serde_json::{Value, json};

use super::client::start;

#[tokio::test]
async fn alice_has_a_life_in_passwords() {
    let mut alice = start().await.speaking_as("alice");
    let (_, listed) = alice.call("GET", "password/list", Value::Null).await;
    let mut codes: Vec<_> =
        listed.as_array().unwrap().iter().map(|one| one["statusCode"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    assert_eq!(codes, ["BREACHED", "DUPLICATE", "DUPLICATE", "GOOD", "GOOD", "GOOD", "GOOD"]);
    assert_eq!(alice.find("password", json!({ "trashed": true })).await, ["Old router"]);
    assert_eq!(alice.list("folder").await, ["Family", "Servers", "Work"]);
    assert_eq!(alice.find("folder", json!({ "trashed": true })).await, ["Old projects"]);
    assert_eq!(alice.list("tag").await, ["Important", "Money", "Travel"]);
    let mail = alice.show("password", "a11ce000-0000-4000-8000-0000000a0001", "model+revisions+tags").await;
    assert_eq!(mail["revisions"].as_array().unwrap().len(), 3);
    assert_eq!((&mail["tags"][0]["label"], &mail["client"]), (&json!("Important"), &json!("Demo client")));
    let hidden = alice.show("password", "a11ce000-0000-4000-8000-0000000a0008", "model").await;
    assert_eq!(hidden["hidden"], json!(true));
}

#[tokio::test]
async fn carols_account_has_end_to_end_encryption() {
    let mut carol = start().await.speaking_as("carol");
    let (status, answer) = carol.call("GET", "password/list", Value::Null).await;
    assert_eq!((status, &answer["id"]), (412, &json!("4ad27488")));
}
