//! A library to talk to, and a way to talk to it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use tercet_mock_server::{Builder, MockServer};

/// The document that most tests serve.
pub(super) const LIBRARY: &str = include_str!("fixtures/library.yaml");

/// The header that the library's desk accepts.
pub(super) const KEY: (&str, &str) = ("X-Key", "Desk desk-key-0001");

/// A server of a document, about to start.
pub(super) fn builder(document: &str) -> Builder {
    MockServer::from_document("library.yaml", document).unwrap()
}

/// The library, running.
pub(super) async fn library() -> MockServer {
    builder(LIBRARY).start().await.unwrap()
}

/// A request with the desk's key.
pub(super) fn request(server: &MockServer, method: Method, path: &str) -> RequestBuilder {
    let url = format!("{}{path}", server.base_url());
    reqwest::Client::new().request(method, url).header(KEY.0, KEY.1)
}

/// Sends, and gives status and JSON; null for no body.
pub(super) async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    (status, if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() })
}

/// Sends bytes as they are and gives all that comes back until the server closes.
pub(super) async fn raw(server: &MockServer, bytes: impl Into<Vec<u8>>) -> String {
    let (port, bytes) = (server.port(), bytes.into());
    let talk = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        // The server may refuse, and close, before it has heard all.
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    });
    talk.await.unwrap()
}
