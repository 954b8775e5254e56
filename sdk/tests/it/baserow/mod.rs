//! The Baserow client against servers that answer as the product does (facts: baserow).

mod areas;
mod jobs;
mod rows;
mod signing;
mod truth;

use serde_json::{Value, json};
use tercet_sdk::baserow::Client;
use wiremock::{MockServer, ResponseTemplate};

use crate::support::requests;

const KEY: &str = "dAtAbAsEtOkEnThAtNoBoDySeEs12345";

/// A client with a database token.
fn client(server: &MockServer) -> Client {
    Client::builder(server.uri()).database_token(KEY).build().unwrap()
}

/// A refusal (E1 of the facts).
fn refusal(status: u16, code: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "error": code, "detail": "" }))
}

/// Method, path and query of the last request, in the order in which they came.
async fn last(server: &MockServer) -> (String, String, Vec<(String, String)>, Value) {
    let request = requests(server).await.pop().unwrap();
    let query = request.url.query_pairs().into_owned().collect();
    let body = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
    (request.method.to_string(), request.url.path().to_owned(), query, body)
}
