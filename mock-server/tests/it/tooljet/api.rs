//! Calls of ToolJet's API outside of transcripts.

use reqwest::{Client, Method};
use serde_json::Value;
use tercet_mock_server::MockServer;

use super::transcripts::STAGE;
use crate::transcript::Transcript;

/// What requests present unless they say otherwise.
pub(super) const CREDENTIAL: &str = "Basic tooljet-demo-token";

/// The application that the page exports and imports, as printed.
pub(super) const EXPORT: &str = include_str!("transcripts/export.json");

/// A server whose time stands still.
pub(super) async fn start() -> MockServer {
    STAGE.start(&Transcript::default()).await.0
}

/// A call of the API, and what is answered.
pub(super) async fn call(
    server: &MockServer,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> (u16, Value) {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let request = Client::new().request(method, format!("{}/api/ext{path}", server.url()));
    let request = request.header("Authorization", CREDENTIAL);
    let request = if let Some(body) = body { request.json(body) } else { request };
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or_default())
}

pub(super) async fn get(server: &MockServer, path: &str) -> (u16, Value) {
    call(server, "GET", path, None).await
}

pub(super) async fn post(server: &MockServer, path: &str, body: Option<&Value>) -> (u16, Value) {
    call(server, "POST", path, body).await
}

/// Imports a document and gives the new app's id.
pub(super) async fn import(server: &MockServer, workspace: &str, document: &Value) -> String {
    let (status, answer) = post(server, &format!("/import/workspace/{workspace}/apps"), Some(document)).await;
    assert_eq!(status, 201, "{answer}");
    let state = server.state();
    let newest = state["collections"]["apps"].as_array().unwrap().last().unwrap();
    newest["id"].as_str().unwrap().to_owned()
}
