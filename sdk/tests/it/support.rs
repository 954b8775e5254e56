//! What the tests share: a server, a client of it, answers.

use std::time::Duration;

use serde_json::{Value, json};
use tercet_sdk::tooljet::Client;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub(crate) const TOKEN: &str = "s3cr3t-t0ken-that-nobody-sees";

/// A client of the server that does not dawdle between attempts.
pub(crate) fn client(server: &MockServer) -> Client {
    client_at(&server.uri())
}

pub(crate) fn client_at(base_url: &str) -> Client {
    Client::builder(base_url)
        .credential(TOKEN)
        .pauses(Duration::from_millis(1), Duration::from_millis(50))
        .build()
        .unwrap()
}

/// A server that always answers the same.
pub(crate) async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    server
}

/// A server that gives one answer after the other, and the last one for ever.
pub(crate) async fn answering_in_turn(templates: Vec<ResponseTemplate>) -> MockServer {
    let server = MockServer::start().await;
    let turn = std::sync::atomic::AtomicUsize::new(0);
    Mock::given(any())
        .respond_with(move |_: &Request| {
            let turn = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            templates[turn.min(templates.len() - 1)].clone()
        })
        .mount(&server)
        .await;
    server
}

/// The requests a server got.
pub(crate) async fn requests(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

pub(crate) fn user() -> Value {
    json!({
        "id": "1034fd65-7b40-474c-ab79-42d32780b299", "name": "John Doe", "email": "john@example.com", "status": "active",
        "workspaces": [{ "id": "22056424-6e01-41d9-b090-62a321388433", "name": "Nexus Corps", "status": "active" }],
    })
}

pub(crate) fn refusal(status: u16, message: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({
        "statusCode": status, "timestamp": "2025-12-11T10:01:10.000Z", "path": "/api/ext/user/x", "message": message,
    }))
}
