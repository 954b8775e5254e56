//! Servers that answer nonsense, or with half of what was asked.

use serde_json::json;
use tercet_sdk::passwords::types::SettingKeys;
use tercet_sdk::passwords::{AccountError, Client, VaultError};
use wiremock::matchers::{any, path_regex};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::support::passphrase;
use crate::support::{answering, requests};

fn client(server: &MockServer) -> Client {
    Client::builder(server.uri()).app_token("alice", "token").build().unwrap()
}

fn json(body: serde_json::Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

#[tokio::test]
async fn maps_are_maps_or_empty_lists_and_nothing_else() {
    for (body, size) in [(json!([]), Some(0)), (json!({}), Some(0)), (json!({ "a": "b" }), Some(1))] {
        let server = answering(json(body)).await;
        assert_eq!(client(&server).get_keychain().await.ok().map(|keys| keys.len()), size);
    }
    for body in [json!(["a"]), json!(null), json!("a"), json!({ "a": 1 })] {
        let server = answering(json(body)).await;
        let refused = client(&server).get_keychain().await.unwrap_err();
        assert!(refused.to_string().contains("cannot be read"), "{refused}");
    }
    let server = answering(json(json!([]))).await;
    assert!(client(&server).get_settings(SettingKeys::List(Vec::new())).await.unwrap().is_empty());
    assert!(client(&server).list_share_partners().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_last_session_id_is_sent_and_odd_ones_do_no_harm() {
    let server = MockServer::start().await;
    let turn = std::sync::atomic::AtomicUsize::new(0);
    Mock::given(any())
        .respond_with(move |_: &wiremock::Request| {
            let ids = ["first", "second", "", "third"];
            let turn = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            json(json!([])).insert_header("X-API-SESSION", ids[turn.min(3)])
        })
        .mount(&server)
        .await;
    let client = client(&server);
    for _ in 0..5 {
        client.list_tags().await.unwrap();
    }
    let sent: Vec<Option<String>> = requests(&server)
        .await
        .iter()
        .map(|one| one.headers.get("x-api-session").map(|id| id.to_str().unwrap().to_owned()))
        .collect();
    let sent: Vec<Option<&str>> = sent.iter().map(Option::as_deref).collect();
    assert_eq!(sent, [None, Some("first"), Some("second"), Some("second"), Some("third")]);
}

#[tokio::test]
async fn a_keychain_that_is_not_stored_can_be_stored_later() {
    let server = MockServer::start().await;
    let id = |answer: ResponseTemplate| answer.insert_header("X-API-SESSION", "id");
    let refused = json!({ "status": "error", "id": 0, "message": "x" });
    let failing = Mock::given(path_regex("keychain/set$"))
        .respond_with(id(ResponseTemplate::new(503).set_body_json(refused)))
        .up_to_n_times(1);
    failing.mount(&server).await;
    Mock::given(path_regex("keychain/set$"))
        .respond_with(id(json(json!({ "id": "CSEv1r1" }))))
        .mount(&server)
        .await;
    Mock::given(path_regex("challenge/set$"))
        .respond_with(id(json(json!({ "success": true }))))
        .mount(&server)
        .await;
    Mock::given(any()).respond_with(id(json(json!({})))).mount(&server).await;

    let client = client(&server);
    let error = client.set_up_encryption(passphrase("twelve chars")).await.unwrap_err();
    let AccountError::Unfinished(left) = error else { panic!("{error}") };
    assert!(left.why().is_server_error());
    let vault = left.finish().await.unwrap();
    assert_eq!(vault.keyring().await.unwrap().key_ids().count(), 1);
    let sent = requests(&server).await;
    let data = |at: &str| -> Vec<serde_json::Value> {
        let sent = sent.iter().filter(|one| one.url.path().ends_with(at));
        sent.map(|one| one.body_json().unwrap()).collect()
    };
    let (challenges, keychains) = (data("challenge/set"), data("keychain/set"));
    assert_eq!((challenges.len(), keychains.len()), (1, 2));
    assert_eq!(keychains[0], keychains[1]);
}

#[tokio::test]
async fn an_account_that_says_nothing_of_a_challenge_is_plain() {
    let server = answering(json(json!([])).insert_header("X-API-SESSION", "id")).await;
    let client =
        Client::builder(server.uri()).app_token("alice", "token").passphrase("twelve chars").build().unwrap();
    assert_eq!(client.vault().await.err(), Some(VaultError::NotEncrypted));
    let bare = Client::builder(server.uri()).credential("alice:token").build().unwrap();
    assert_eq!(bare.vault().await.err(), Some(VaultError::NoSession));
    assert!(bare.unlock(passphrase("twelve chars")).await.is_err());
}
