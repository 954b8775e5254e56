//! Servers, proxies and gateways that answer nonsense.

use serde_json::json;
use tercet_sdk::qore::{FormData, Record};
use tercet_sdk::{CallOptions, Failure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use wiremock::ResponseTemplate;

use super::{client, client_at, ok};
use crate::support::{answering, requests};

#[tokio::test]
async fn pages_for_people_are_no_records() {
    let html = |status| {
        ResponseTemplate::new(status).set_body_raw("<!doctype html><title>Login</title>", "text/html")
    };
    let server = answering(html(200)).await;
    let users = client(&server).resource("users");
    for error in [
        users.show::<Record>(1).await.unwrap_err(),
        users.delete(1).await.unwrap_err(),
        users.logs(1).await.unwrap_err(),
        users.options("tenants").await.unwrap_err(),
        users.table().page::<Record>(1).await.unwrap_err(),
        users.table().stream::<Record>().next().await.unwrap().unwrap_err(),
        users.update::<serde::de::IgnoredAny>(1, &json!({})).await.unwrap_err(),
    ] {
        assert!(matches!(error.failure(), Failure::Unreadable(_)), "{error}");
        assert!(error.to_string().contains("Login"), "{error}");
    }
    assert!(client(&server).endpoints().await.is_err() && client(&server).search("e").await.is_err());

    // The login page, for servers that think that a browser is asking.
    let server = answering(ResponseTemplate::new(302).insert_header("location", "/login")).await;
    let error = client(&server).me::<Record>().await.unwrap_err();
    assert!(
        matches!(error.failure(), Failure::Undeclared) && error.to_string().contains("hint: "),
        "{error}"
    );

    // A gateway's own refusals have a status, and no sentence of the application.
    let server = answering(html(404)).await;
    let error = client(&server).resource("users").show::<Record>(1).await.unwrap_err();
    assert!(error.is_not_found() && error.declared().is_none() && error.violations().is_empty());
    let server = answering(html(419)).await;
    let error = client(&server).resource("users").create::<Record>(&json!({})).await.unwrap_err();
    assert!(matches!(error.failure(), Failure::Undeclared) && error.status().unwrap() == 419, "{error}");
}

#[tokio::test]
async fn answers_without_what_was_asked_for_are_errors() {
    for body in [
        json!({}),
        json!({ "data": 5 }),
        json!({ "data": {} }),
        json!(null),
        json!("x"),
        json!({ "message": "hi" }),
    ] {
        let server = answering(ok(&body)).await;
        let users = client(&server).resource("users");
        assert!(users.table().page::<Record>(1).await.is_err(), "{body}");
        assert!(users.show::<Record>(1).await.is_err(), "{body}");
        assert!(users.logs(1).await.is_err(), "{body}");
        assert!(users.options("tenants").await.is_err(), "{body}");
        assert_eq!(requests(&server).await.len(), 4);
    }
}

#[tokio::test]
async fn torn_answers_are_asked_for_again_where_that_is_safe() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let count = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
    let counted = std::sync::Arc::clone(&count);
    let server = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let mut buffer = [0; 4096];
            let _ = stream.read(&mut buffer).await;
            let torn = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"data\": {\"id\"";
            let _ = stream.write_all(torn.as_bytes()).await;
        }
    });
    let users = client_at(&format!("http://{address}")).resource("users");
    let error = users.show::<Record>(1).await.unwrap_err();
    assert!(error.to_string().contains("it breaks off") && error.attempts() == 3, "{error}");
    for error in [
        users.create::<Record>(&json!({})).await.unwrap_err(),
        users.create_form::<Record>(FormData::new().field("a", 1)).await.unwrap_err(),
        users.delete(1).await.unwrap_err(),
    ] {
        assert_eq!(error.attempts(), 1, "{error}");
    }
    assert_eq!(count.load(std::sync::atomic::Ordering::Relaxed), 6);
    server.abort();
}

#[tokio::test]
async fn settings_of_a_resource_hold_for_its_calls() {
    let server = answering(ok(&json!({ "data": { "id": 1, "name": "x".repeat(2000) } }))).await;
    let small = client(&server).resource("users").with(CallOptions::new().largest_body(1000));
    assert!(matches!(small.show::<Record>(1).await.unwrap_err().failure(), Failure::TooLarge(1000)));
    assert!(matches!(small.form().show().await.unwrap_err().failure(), Failure::TooLarge(1000)));
    assert!(matches!(small.table().page::<Record>(1).await.unwrap_err().failure(), Failure::TooLarge(1000)));
}
