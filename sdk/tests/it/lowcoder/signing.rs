//! Signing in by the form: the cookie is kept, goes nowhere else, and is got anew when the server has forgotten it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tercet_sdk::lowcoder::{Client, Code};
use wiremock::matchers::{any, body_json, header, header_exists, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::{KEY, good, refusal};
use crate::support::requests;

const PASSWORD: &str = "hunter2-hunter2";
const USUAL: &str = "LOWCODER_CE_SELFHOST_TOKEN";

fn token(number: usize) -> String {
    format!("{number:032x}")
}

fn set(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax")
}

/// A server whose cookie is called so, where the first `forgotten` sessions are over before they are used.
async fn server(name: &'static str, forgotten: usize) -> MockServer {
    let server = MockServer::start().await;
    let count = Arc::new(AtomicUsize::new(0));
    let form = json!({
        "loginId": "a@b.c", "password": PASSWORD, "register": false, "source": "EMAIL", "authId": "EMAIL",
    });
    let signed = Arc::clone(&count);
    Mock::given(method("POST"))
        .and(path("/api/auth/form/login"))
        .and(body_json(form))
        .respond_with(move |_: &Request| {
            let number = signed.fetch_add(1, Ordering::Relaxed) + 1;
            good(true.into())
                .append_header("set-cookie", "AWSALB=balanced; Path=/")
                .append_header("set-cookie", set(name, &token(number)).as_str())
        })
        .mount(&server)
        .await;
    Mock::given(path("/api/configs"))
        .respond_with(good(json!({
            "authConfigs": [], "workspaceMode": "SAAS", "selfDomain": false, "cookieName": name, "cloudHosting": false,
        })))
        .mount(&server)
        .await;
    Mock::given(path("/api/auth/logout")).respond_with(good(true.into())).mount(&server).await;
    let alive = format!("{name}={}", token(forgotten + 1));
    Mock::given(path("/api/auth/api-keys"))
        .and(header("cookie", alive.as_str()))
        .respond_with(good(json!([])))
        .mount(&server)
        .await;
    Mock::given(any()).respond_with(ResponseTemplate::new(401)).mount(&server).await;
    server
}

async fn paths(server: &MockServer) -> Vec<String> {
    let last = |one: &Request| one.url.path().rsplit('/').next().unwrap_or_default().to_owned();
    requests(server).await.iter().map(last).collect()
}

fn account(server: &MockServer) -> Client {
    Client::builder(server.uri()).sign_in("a@b.c", PASSWORD).build().unwrap()
}

#[tokio::test]
async fn a_session_is_signed_in_for_once_and_kept() {
    let server = server(USUAL, 0).await;
    let client = account(&server);
    assert!(requests(&server).await.is_empty());
    let calls = (0..5).map(|_| async { client.list_api_keys().await.unwrap() });
    futures::future::join_all(calls).await;
    assert_eq!(paths(&server).await, ["login", "api-keys", "api-keys", "api-keys", "api-keys", "api-keys"]);
    for request in &requests(&server).await[1..] {
        assert!(!request.headers.contains_key("authorization"));
        // The other cookie is not kept.
        assert_eq!(request.headers["cookie"], format!("{USUAL}={}", token(1)).as_str());
    }
}

#[tokio::test]
async fn a_forgotten_session_is_signed_in_for_again_once() {
    let forgetful = server(USUAL, 1).await;
    account(&forgetful).list_api_keys().await.unwrap();
    assert_eq!(paths(&forgetful).await, ["login", "api-keys", "login", "api-keys"]);

    let hopeless = server(USUAL, 99).await;
    let error = account(&hopeless).list_api_keys().await.unwrap_err();
    assert_eq!(paths(&hopeless).await, ["login", "api-keys", "login", "api-keys"]);
    assert!(error.is_unauthenticated() && error.is_denied() && !error.is_not_authorized());
    assert_eq!((error.status().unwrap().as_u16(), Code::of(&error)), (401, None));
}

#[tokio::test]
async fn what_one_may_not_do_is_no_reason_to_sign_in_again() {
    let server = MockServer::start().await;
    let cookie = set(USUAL, &token(1));
    Mock::given(path("/api/auth/form/login"))
        .respond_with(good(true.into()).append_header("set-cookie", cookie.as_str()))
        .mount(&server)
        .await;
    Mock::given(any()).respond_with(refusal(401, 5001)).mount(&server).await;
    let client = account(&server);
    for _ in 0..2 {
        let error = client.list_auth_configs().await.unwrap_err();
        assert!(error.is_not_authorized() && !error.is_unauthenticated());
        assert_eq!(Code::of(&error), Some(Code::NotAuthorized));
    }
    assert_eq!(paths(&server).await, ["login", "configs", "configs"]);
}

/// What the anonymous user is answered where anybody may ask (4.3 of the facts).
async fn anonymous(answer: ResponseTemplate, real: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    let count = Arc::new(AtomicUsize::new(0));
    Mock::given(path("/api/auth/form/login"))
        .respond_with(move |_: &Request| {
            let number = count.fetch_add(1, Ordering::Relaxed) + 1;
            good(true.into()).append_header("set-cookie", set(USUAL, &token(number)).as_str())
        })
        .mount(&server)
        .await;
    let second = format!("{USUAL}={}", token(2));
    Mock::given(header("cookie", second.as_str())).respond_with(real).mount(&server).await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

#[tokio::test]
async fn who_is_answered_as_nobody_asks_again() {
    let page = json!({
        "code": 1, "message": "", "data": [], "pageNum": 1, "pageSize": 0, "total": 0, "success": true,
    });
    let server = anonymous(refusal(500, 5105), ResponseTemplate::new(200).set_body_json(page)).await;
    assert!(account(&server).list_applications().await.unwrap().data.is_empty());
    assert_eq!(paths(&server).await, ["login", "list", "login", "list"]);

    let nobody = json!({ "id": "", "name": "ANONYMOUS" });
    let server = anonymous(good(nobody), refusal(500, 5000)).await;
    let error = account(&server).get_user_info().await.unwrap_err();
    assert_eq!(Code::of(&error), Some(Code::InternalServerError));
    assert_eq!(paths(&server).await, ["login", "currentUser", "login", "currentUser"]);

    let server = anonymous(refusal(401, 5600), refusal(403, 5308)).await;
    let error = account(&server).get_application_data_in_view_mode("x").await.unwrap_err();
    assert_eq!(Code::of(&error), Some(Code::NoPermissionToRequestApp));

    // Where nobody else may ask, the same number says what it says.
    let server = anonymous(refusal(500, 5105), refusal(500, 5000)).await;
    let error = account(&server).get_organization("x").await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(paths(&server).await, ["login", "x"]);
}

#[tokio::test]
async fn a_cookie_of_another_name_is_found() {
    let server = server("OUR_TOKEN", 1).await;
    // Told by the server.
    let client = account(&server);
    client.list_api_keys().await.unwrap();
    assert_eq!(paths(&server).await, ["login", "configs", "api-keys", "login", "configs", "api-keys"]);
    // Told by the user, whichever is said first.
    let builder = Client::builder(server.uri()).cookie_name("OUR_TOKEN").session_token(token(2));
    builder.build().unwrap().list_api_keys().await.unwrap();
    let wrong =
        Client::builder(server.uri()).sign_in("a@b.c", PASSWORD).cookie_name("THEIRS").build().unwrap();
    for _ in 0..2 {
        let error = wrong.list_api_keys().await.unwrap_err();
        assert!(error.to_string().contains("sets no cookie `THEIRS`"), "{error}");
    }
    assert_eq!(paths(&server).await.len(), 8);
    assert!(Client::builder(server.uri()).cookie_name("a b").build().is_err());
}

#[tokio::test]
async fn a_key_and_a_cookie_are_never_sent_together() {
    let server = server(USUAL, 0).await;
    let key = Client::builder(server.uri()).credential(KEY).build().unwrap();
    let error = key.list_api_keys().await.unwrap_err();
    assert!(error.is_unauthenticated());
    // A key cannot be renewed.
    assert_eq!(paths(&server).await, ["api-keys"]);
    let both = Client::builder(server.uri()).api_key(KEY).sign_in("a@b.c", PASSWORD).build().unwrap();
    both.list_api_keys().await.unwrap();
    let requests = requests(&server).await;
    assert_eq!(requests[0].headers["authorization"], format!("Bearer {KEY}").as_str());
    assert!(
        requests
            .iter()
            .all(|one| !(one.headers.contains_key("cookie") && one.headers.contains_key("authorization")))
    );
}

#[tokio::test]
async fn who_signs_out_tells_the_server_once() {
    let server = server(USUAL, 0).await;
    let client = account(&server);
    client.sign_out().await.unwrap();
    assert!(requests(&server).await.is_empty());
    client.list_api_keys().await.unwrap();
    client.sign_out().await.unwrap();
    client.sign_out().await.unwrap();
    assert_eq!(paths(&server).await, ["login", "api-keys", "logout"]);
    assert_eq!(requests(&server).await[2].headers["cookie"], format!("{USUAL}={}", token(1)).as_str());
}

#[tokio::test]
async fn a_refused_password_is_said_once_and_not_shown() {
    for (status, code) in [(403, 5608), (500, 6201)] {
        let server = MockServer::start().await;
        let echo = json!({ "code": code, "message": format!("{PASSWORD} is wrong"), "success": false });
        Mock::given(any())
            .respond_with(ResponseTemplate::new(status).set_body_json(echo))
            .mount(&server)
            .await;
        let client = account(&server);
        let mut shown = format!("{client:?} {:?}", Client::builder("https://x").sign_in("a@b.c", PASSWORD));
        for _ in 0..3 {
            let error = client.list_api_keys().await.unwrap_err();
            assert!(error.is_denied() && error.is_unauthenticated(), "{error}");
            assert_eq!(error.number(), Some(code));
            shown.push_str(&format!("{error} {error:?} {:?}", error.sign_in()));
        }
        assert_eq!(paths(&server).await, ["login"]);
        assert!(!shown.contains(PASSWORD), "{shown}");
    }
}

#[tokio::test]
async fn what_was_not_expected_may_pass() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(refusal(500, 5000)).mount(&server).await;
    let client = account(&server);
    for _ in 0..2 {
        assert!(!client.list_api_keys().await.unwrap_err().sign_in().unwrap().is_refused());
    }
    assert_eq!(paths(&server).await, ["login", "login"]);
}

#[tokio::test]
async fn sessions_and_keys_are_not_shown_wherever_they_come_back() {
    let server = MockServer::start().await;
    let cookie = set(USUAL, &token(7));
    Mock::given(path("/api/auth/form/login"))
        .respond_with(good(true.into()).append_header("set-cookie", cookie.as_str()))
        .mount(&server)
        .await;
    let made: Value = json!({ "id": "1", "token": "a.new.key" });
    Mock::given(path("/api/auth/api-key")).respond_with(good(made)).mount(&server).await;
    let echo = format!("<p>{}</p>", token(7));
    Mock::given(header_exists("cookie"))
        .respond_with(ResponseTemplate::new(500).set_body_string(echo))
        .mount(&server)
        .await;
    let client = account(&server);
    let error = client.list_api_keys().await.unwrap_err();
    let key = client.create_api_key(tercet_sdk::lowcoder::types::NewApiKey::new()).await.unwrap();
    assert_eq!(key.token.expose(), "a.new.key");
    let shown = format!("{client:?} {error} {error:?} {key:?}");
    assert!(shown.contains("[redacted]"), "{shown}");
    for secret in [PASSWORD, token(7).as_str(), "a.new.key"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
