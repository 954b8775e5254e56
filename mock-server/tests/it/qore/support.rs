//! An application on a server whose time stands still, and callers of it.

use std::path::Path;

use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use tercet_mock_server::entropy::{Clock, Timestamp};
use tercet_mock_server::{Application, Builder, MockServer};

/// When all tests begin: 2026-01-01T00:00:00Z in milliseconds since 1970.
pub(super) const NOW: i64 = 1_767_225_600_000;
/// The token of an administrator, account 1.
pub(super) const DEMO: &str = "1|3mKsVx8QeN0aTzWc5LdYh2RuJfGb7PiSoE4lXqMk";
/// The token of the same account that ended in 2023.
pub(super) const EXPIRED: &str = "2|Zt6HnUq1BvCw9KyRjDg4XeAoLm8SfPi3QrTbNc5V";
/// The token of an employee, account 2.
pub(super) const ELINE: &str = "3|p7WdRkY2sFvJx9TqMhEaB4cNzLuGi6Oo1XeKnSf8";
/// The library's librarian.
pub(super) const IRIS: &str = "1|Yk4VtQp8RmZs2WnXb6HcJd0LgFeTuAi9OoPrCx7E";
/// The library's clerk.
pub(super) const NOOR: &str = "2|Gh1NjMk5LpOq9IuYtRe3WsXdCfVg7BhAzSx2EdC6";

/// A server with an application.
pub(super) struct Qore {
    pub(super) server: MockServer,
    pub(super) clock: Clock,
    client: reqwest::Client,
}

/// An answer: the HTTP status, the headers, the text.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

impl Answer {
    /// The body.
    #[track_caller]
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The body of an answer that went well.
    #[track_caller]
    pub(super) fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{self:?}");
        self.json()
    }

    /// The fields that break rules, in order.
    #[track_caller]
    pub(super) fn broken(&self) -> Vec<String> {
        assert_eq!(self.status, 422, "{self:?}");
        let body = self.json();
        assert!(body["message"].is_string(), "{body}");
        body["errors"].as_object().unwrap().keys().cloned().collect()
    }
}

/// The application that ships.
pub(super) async fn start() -> Qore {
    serve(tercet_mock_server::qore()).await
}

/// The second application that ships: a library that lends books.
pub(super) async fn library() -> Qore {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/platforms/qore/applications/library.yaml");
    application(&std::fs::read_to_string(file).unwrap()).await
}

/// An application of the test's own.
pub(super) async fn application(text: &str) -> Qore {
    let read = Application::read("qore", "application.yaml", text).unwrap();
    serve(tercet_mock_server::qore().application(read.unwrap())).await
}

/// A server made by this.
pub(super) async fn serve(builder: Builder) -> Qore {
    let clock = Clock::manual(Timestamp(NOW));
    let server = builder.clock(clock.clone()).seed(7).start().await.unwrap();
    // Where a form leads is the test's to see.
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    Qore { server, clock, client }
}

impl Qore {
    /// An absolute address.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url().to_string().trim_end_matches('/'))
    }

    /// A request; without a token, of nobody.
    pub(super) fn request(&self, token: &str, method: &str, path: &str) -> RequestBuilder {
        let request = self.client.request(method.parse::<Method>().unwrap(), self.url(path));
        let request = request.header("accept", "application/json");
        if token.is_empty() { request } else { request.bearer_auth(token) }
    }

    /// Sends a request with JSON; null sends no body.
    pub(super) async fn call(&self, token: &str, method: &str, path: &str, body: Value) -> Answer {
        let request = self.request(token, method, path);
        sent(if body.is_null() { request } else { request.json(&body) }).await
    }

    pub(super) async fn get(&self, token: &str, path: &str) -> Answer {
        self.call(token, "GET", path, Value::Null).await
    }
}

/// What a request is answered with.
pub(super) async fn sent(request: RequestBuilder) -> Answer {
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Answer { status, headers, text: answer.text().await.unwrap() }
}

/// A request with a form.
pub(super) fn with_form(request: RequestBuilder, fields: &[(&str, &str)]) -> RequestBuilder {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    request.header("content-type", "application/x-www-form-urlencoded").body(body)
}
