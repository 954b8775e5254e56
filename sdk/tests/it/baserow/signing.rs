//! Signing in: against both ways of renewing, and without a secret in sight.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tercet_sdk::baserow::Client;
use wiremock::matchers::{any, body_json, header, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::{KEY, refusal};
use crate::support::requests;

const PASSWORD: &str = "hunter2-hunter2";

fn user() -> Value {
    json!({
        "first_name": "A", "username": "a@b.c", "is_staff": false, "id": 1, "language": "en",
        "email_notification_frequency": "instant", "email_verified": false, "completed_onboarding": false,
        "completed_guided_tours": [],
    })
}

/// What the two sign-in operations answer.
fn signed(access: &str, refresh: Option<&str>) -> ResponseTemplate {
    let mut body = json!({ "token": access, "access_token": access, "user": user(), "permissions": [] });
    if let Some(refresh) = refresh {
        body["refresh_token"] = refresh.into();
    }
    ResponseTemplate::new(200).set_body_json(body)
}

fn stale() -> ResponseTemplate {
    ResponseTemplate::new(401)
        .set_body_json(json!({ "detail": "expired", "error": "ERROR_INVALID_ACCESS_TOKEN" }))
}

/// An instance: who signs in with this gets that, who renews with this gets that, and one token is good.
async fn instance(
    sign_in: ResponseTemplate,
    renewal: Value,
    renewed: ResponseTemplate,
    good: &str,
) -> MockServer {
    let server = MockServer::start().await;
    let who = json!({ "email": "a@b.c", "password": PASSWORD });
    Mock::given(path("/api/user/token-auth/")).and(body_json(who)).respond_with(sign_in).mount(&server).await;
    Mock::given(path("/api/user/token-refresh/"))
        .and(body_json(renewal))
        .respond_with(renewed)
        .mount(&server)
        .await;
    let refused = refusal(401, "ERROR_INVALID_REFRESH_TOKEN");
    Mock::given(path("/api/user/token-refresh/")).respond_with(refused).mount(&server).await;
    Mock::given(path("/api/workspaces/"))
        .and(header("authorization", format!("JWT {good}")))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!([])))
        .mount(&server)
        .await;
    Mock::given(any()).respond_with(stale()).mount(&server).await;
    server
}

async fn paths(server: &MockServer) -> Vec<String> {
    let last =
        |one: &Request| one.url.path().trim_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    requests(server).await.iter().map(last).collect()
}

#[tokio::test]
async fn a_session_renews_with_its_refresh_token() {
    let renewal = json!({ "refresh_token": "r1" });
    let server = instance(signed("a1", Some("r1")), renewal, signed("a2", None), "a2").await;
    let client = Client::builder(server.uri()).sign_in("a@b.c", PASSWORD).build().unwrap();
    assert!(client.list_workspaces().await.unwrap().is_empty());
    assert_eq!(paths(&server).await, ["token-auth", "workspaces", "token-refresh", "workspaces"]);
    client.list_workspaces().await.unwrap();
    assert_eq!(paths(&server).await.len(), 5);
    // What needs no credential gets none, and waits for none.
    let anonymous = requests(&server).await;
    assert!(
        !anonymous[0].headers.contains_key("authorization")
            && !anonymous[2].headers.contains_key("authorization")
    );
}

#[tokio::test]
async fn a_session_without_a_refresh_token_renews_with_its_access_token() {
    let server = instance(signed("a1", None), json!({ "token": "a1" }), signed("a2", None), "a2").await;
    let client = Client::builder(server.uri()).sign_in("a@b.c", PASSWORD).build().unwrap();
    client.list_workspaces().await.unwrap();
    assert_eq!(paths(&server).await, ["token-auth", "workspaces", "token-refresh", "workspaces"]);
}

#[tokio::test]
async fn tokens_signed_in_for_elsewhere_are_renewed() {
    let server = instance(stale(), json!({ "refresh_token": "r1" }), signed("a2", None), "a2").await;
    let client = Client::builder(server.uri()).refresh_token("r1").build().unwrap();
    client.list_workspaces().await.unwrap();
    assert_eq!(paths(&server).await, ["token-refresh", "workspaces"]);

    let server = instance(stale(), json!({ "token": "a1" }), signed("a2", None), "a2").await;
    let client = Client::builder(server.uri()).access_token("a1").build().unwrap();
    client.list_workspaces().await.unwrap();
    assert_eq!(paths(&server).await, ["workspaces", "token-refresh", "workspaces"]);
}

#[tokio::test]
async fn a_refused_renewal_signs_in_again() {
    let turn = Arc::new(AtomicUsize::new(0));
    let server = MockServer::start().await;
    let counted = Arc::clone(&turn);
    Mock::given(path("/api/user/token-auth/"))
        .respond_with(move |_: &Request| {
            signed(&format!("a{}", counted.fetch_add(1, Ordering::Relaxed) + 1), Some("r"))
        })
        .mount(&server)
        .await;
    let refused = refusal(401, "ERROR_INVALID_REFRESH_TOKEN");
    Mock::given(path("/api/user/token-refresh/")).respond_with(refused).mount(&server).await;
    Mock::given(header("authorization", "JWT a2"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!([])))
        .mount(&server)
        .await;
    Mock::given(any()).respond_with(stale()).mount(&server).await;
    let client = Client::builder(server.uri()).sign_in("a@b.c", PASSWORD).build().unwrap();
    client.list_workspaces().await.unwrap();
    assert_eq!(
        paths(&server).await,
        ["token-auth", "workspaces", "token-refresh", "token-auth", "workspaces"]
    );
}

#[tokio::test]
async fn what_one_may_not_do_is_no_reason_to_sign_in_again() {
    let server = MockServer::start().await;
    Mock::given(path("/api/user/token-auth/")).respond_with(signed("a1", Some("r"))).mount(&server).await;
    Mock::given(any()).respond_with(refusal(401, "PERMISSION_DENIED")).mount(&server).await;
    let client = Client::builder(server.uri()).sign_in("a@b.c", PASSWORD).build().unwrap();
    for _ in 0..2 {
        let error = client.list_workspaces().await.unwrap_err();
        assert_eq!(error.code().as_deref(), Some("PERMISSION_DENIED"));
    }
    assert_eq!(paths(&server).await, ["token-auth", "workspaces", "workspaces"]);
}

#[tokio::test]
async fn a_refused_password_is_said_once_and_not_shown() {
    // A server that throws everything back.
    let echo = json!({ "error": "ERROR_INVALID_CREDENTIALS", "detail": format!("{PASSWORD} is wrong") });
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(401).set_body_json(echo)).mount(&server).await;
    let client = Client::builder(server.uri()).sign_in("a@b.c", PASSWORD).build().unwrap();
    let mut shown = format!("{client:?} {:?}", Client::builder("https://x").sign_in("a@b.c", PASSWORD));
    for _ in 0..3 {
        let error = client.list_workspaces().await.unwrap_err();
        assert!(error.is_denied());
        assert_eq!(error.code().as_deref(), Some("ERROR_INVALID_CREDENTIALS"));
        shown.push_str(&format!("{error} {error:?} {:?}", error.sign_in()));
    }
    assert_eq!(paths(&server).await, ["token-auth"]);
    assert!(!shown.contains(PASSWORD), "{shown}");
    assert!(
        shown.contains("`list_workspaces` has no credential: `token_auth` was refused with 401"),
        "{shown}"
    );
}

#[tokio::test]
async fn tokens_are_not_shown_wherever_they_come_back() {
    let access = "aaaa.bbbb.cccc-access-token";
    let server = MockServer::start().await;
    let signed = signed(access, Some("dddd.eeee.ffff-refresh-token"));
    Mock::given(path("/api/user/token-auth/")).respond_with(signed).mount(&server).await;
    let echo = format!("<p>JWT {access} and dddd.eeee.ffff-refresh-token</p>");
    Mock::given(any()).respond_with(ResponseTemplate::new(500).set_body_string(echo)).mount(&server).await;
    let client =
        Client::builder(server.uri()).sign_in("a@b.c", PASSWORD).database_token(KEY).build().unwrap();
    let error = client.list_workspaces().await.unwrap_err();
    let session = client.token_auth(tercet_sdk::baserow::types::TokenAuth::new(PASSWORD).email("a@b.c"));
    let shown = format!("{client:?} {error} {error:?} {session:?}");
    assert!(shown.contains("[redacted]"), "{shown}");
    for secret in [PASSWORD, KEY, access, "refresh-token"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
