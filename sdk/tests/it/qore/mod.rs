//! The Qore client against servers that answer as the product may (facts: qore).

mod application;
mod files;
mod forms;
mod nonsense;
mod records;
mod tables;
mod truth;

use serde_json::{Value, json};
use tercet_sdk::qore::Client;
use wiremock::{MockServer, ResponseTemplate};

use crate::support::requests;

/// The bar is a part of it.
const TOKEN: &str = "7|AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcd";

fn client(server: &MockServer) -> Client {
    client_at(&server.uri())
}

fn client_at(base_url: &str) -> Client {
    let pause = std::time::Duration::from_millis(1);
    Client::builder(base_url).credential(TOKEN).pauses(pause, pause).build().unwrap()
}

fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

fn invalid() -> ResponseTemplate {
    ResponseTemplate::new(422).set_body_json(json!({
        "message": "The name field is required. (and 1 more error)",
        "errors": { "name": ["The name field is required."], "tenants.0": ["The selected tenants.0 is invalid."] },
    }))
}

/// A request as a server sees it.
struct Sent {
    line: String,
    query: Vec<(String, String)>,
    body: Value,
    prefer: Option<String>,
    content_type: Option<String>,
    text: String,
}

/// All requests that a server got.
async fn sent(server: &MockServer) -> Vec<Sent> {
    let one = |request: wiremock::Request| {
        let header = |name: &str| request.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        Sent {
            line: format!("{} {}", request.method, request.url.path()),
            query: request.url.query_pairs().into_owned().collect(),
            body: serde_json::from_slice(&request.body).unwrap_or(Value::Null),
            prefer: header("prefer"),
            content_type: header("content-type"),
            text: String::from_utf8_lossy(&request.body).into_owned(),
        }
    };
    requests(server).await.into_iter().map(one).collect()
}

async fn last(server: &MockServer) -> Sent {
    sent(server).await.pop().unwrap()
}
