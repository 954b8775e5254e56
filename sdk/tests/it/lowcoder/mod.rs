//! The Lowcoder client against servers that answer as the product does (facts: lowcoder 2.7.6), and worse.

mod envelopes;
mod pages;
mod signing;
mod truth;

use std::time::Duration;

use serde_json::{Value, json};
use tercet_sdk::lowcoder::Client;
use wiremock::{MockServer, ResponseTemplate};

const KEY: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1In0.the-signature-of-a-key";

/// A client with an API key that does not dawdle between attempts.
fn client(server: &MockServer) -> Client {
    let pauses = (Duration::from_millis(1), Duration::from_millis(50));
    Client::builder(server.uri()).credential(KEY).pauses(pauses.0, pauses.1).build().unwrap()
}

/// A good answer.
fn good(data: Value) -> ResponseTemplate {
    let mut body = json!({ "code": 1, "message": "", "success": true });
    body["data"] = data;
    ResponseTemplate::new(200).set_body_json(body)
}

/// A refusal (section 3 of the facts).
fn refusal(status: u16, code: i64) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "code": code, "message": "no", "success": false }))
}
