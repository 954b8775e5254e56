//! Objects that the client encrypts (facts: passwords 4.4).

use serde_json::{Value, json};

use super::client::{Client, refusal, start};

/// Bob with end-to-end encryption, in an authorised session.
async fn encrypted() -> Client {
    let mut bob = start().await;
    let challenge =
        json!({ "secret": "a".repeat(64), "data": ["b".repeat(512), "c".repeat(128), "d".repeat(32)] });
    assert_eq!(bob.call("POST", "account/challenge/set", challenge).await.0, 200);
    bob
}

fn sealed(hash: &str) -> Value {
    json!({ "label": "sealed", "password": "sealed", "cseType": "CSEv1r1", "cseKey": "k", "hash": hash })
}

const SHA1: &str = "abf7aad6438836dbe526aa231abde2d0eef74d42";

#[tokio::test]
async fn it_takes_an_account_with_end_to_end_encryption_and_a_key() {
    let mut bob = start().await;
    let invalid = refusal(400, "Invalid client side encryption type");
    assert_eq!(bob.refused("POST", "password/create", sealed(SHA1)).await, invalid);
    let mut bob = encrypted().await;
    let id = bob.create("password", sealed(SHA1)).await;
    let shown = bob.show("password", &id, "model").await;
    assert_eq!(
        (&shown["cseType"], &shown["cseKey"], &shown["sseType"]),
        (&json!("CSEv1r1"), &json!("k"), &json!("none"))
    );
    assert_eq!((&shown["hash"], &shown["statusCode"]), (&json!(SHA1), &json!("GOOD")));
    let missing = refusal(400, "Client side encryption key missing");
    for kind in ["password", "folder", "tag"] {
        let keyless = json!({ "label": "a", "password": "b", "color": "c", "cseType": "CSEv1r1" });
        assert_eq!(bob.refused("POST", &format!("{kind}/create"), keyless).await, missing, "{kind}");
    }
    let plain = bob.password("plain", json!({})).await;
    assert_eq!(
        bob.show("password", &plain, "model").await["sseType"],
        "SSEv1r2",
        "nothing has to be encrypted"
    );
}

#[tokio::test]
async fn the_hash_is_the_clients_and_is_looked_at() {
    let mut bob = encrypted().await;
    let invalid = refusal(400, "Field \"hash\" must contain a valid sha1 hash");
    let upper = SHA1.to_uppercase();
    for hash in ["", "abc", &upper, &SHA1[..20]] {
        assert_eq!(bob.refused("POST", "password/create", sealed(hash)).await, invalid, "{hash}");
    }
    for (length, sent, kept) in
        [(20, SHA1, &SHA1[..20]), (20, &SHA1[..20], &SHA1[..20]), (0, "", ""), (0, SHA1, "")]
    {
        bob.call("POST", "settings/set", json!({ "user.password.security.hash": length })).await;
        let id = bob.create("password", sealed(sent)).await;
        assert_eq!(bob.show("password", &id, "model").await["hash"], *kept, "{length} {sent}");
    }
    assert_eq!(
        bob.refused("POST", "password/create", sealed(&SHA1[..20])).await,
        invalid,
        "the setting says 0"
    );
}

#[tokio::test]
async fn the_server_encrypts_as_the_setting_says() {
    let mut bob = encrypted().await;
    for (setting, cse, expected) in
        [(0, "CSEv1r1", "none"), (0, "none", "SSEv1r2"), (1, "CSEv1r1", "SSEv1r2"), (2, "none", "SSEv2r1")]
    {
        bob.call("POST", "settings/set", json!({ "user.encryption.sse": setting })).await;
        let key = if cse == "none" { "" } else { "k" };
        let id = bob.create("folder", json!({ "label": "f", "cseType": cse, "cseKey": key })).await;
        assert_eq!(bob.show("folder", &id, "model").await["sseType"], expected, "{setting} {cse}");
    }
}

#[tokio::test]
async fn what_is_shared_is_neither_encrypted_nor_hidden() {
    const WIKI: &str = "a11ce000-0000-4000-8000-0000000a0002";
    let mut alice = start().await.speaking_as("alice");
    let change = |more: Value| {
        let mut all = json!({ "id": WIKI, "label": "Wiki", "password": "Quarry-5-violet" });
        all.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        all
    };
    let sealed = change(json!({ "cseType": "CSEv1r1", "cseKey": "k" }));
    let expected = refusal(400, "CSE type does not support sharing");
    assert_eq!(alice.refused("PATCH", "password/update", sealed).await, expected);
    let hidden = change(json!({ "hidden": true }));
    assert_eq!(
        alice.refused("PATCH", "password/update", hidden).await,
        refusal(400, "Shared entity can not be hidden")
    );
    alice.update("password", change(json!({}))).await;
}

#[tokio::test]
async fn of_what_was_received_to_read_only_the_place_changes() {
    const COPY: &str = "b0b00000-0000-4000-8000-0000000a0001";
    let mut bob = start().await;
    let folder = bob.folder("f", super::client::BASE).await;
    let before = bob.show("password", COPY, "model").await;
    let change = json!({ "id": COPY, "label": "x", "password": "y", "notes": "z", "folder": folder, "favorite": true });
    bob.update("password", change).await;
    let after = bob.show("password", COPY, "model").await;
    for kept in ["label", "password", "username", "url", "notes", "hash", "edited", "status"] {
        assert_eq!(after[kept], before[kept], "{kept}");
    }
    assert_eq!((&after["folder"], &after["favorite"]), (&json!(folder), &json!(true)));
}
