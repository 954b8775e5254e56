//! Callers of the mock, over HTTP, with the tokens that the applications come with.

use std::path::Path;

use reqwest::multipart::{Form, Part};
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use tercet_mock_server::entropy::{Clock, Timestamp};
use tercet_mock_server::{Application, Builder, MockServer};

/// An administrator of the application that ships.
pub(super) const ADMIN: &str = "1|3mKsVx8QeN0aTzWc5LdYh2RuJfGb7PiSoE4lXqMk";
/// An employee there.
pub(super) const EMPLOYEE: &str = "3|p7WdRkY2sFvJx9TqMhEaB4cNzLuGi6Oo1XeKnSf8";
/// A librarian of the second application.
pub(super) const LIBRARIAN: &str = "1|Yk4VtQp8RmZs2WnXb6HcJd0LgFeTuAi9OoPrCx7E";
/// A clerk there.
pub(super) const CLERK: &str = "2|Gh1NjMk5LpOq9IuYtRe3WsXdCfVg7BhAzSx2EdC6";

/// The first account of an application that names no tokens.
pub(super) const DEMO: &str = "1|qoreDemoToken000000000000000000000000001";

/// A server whose time stands still, and who calls it.
pub(super) struct Qore {
    pub(super) server: MockServer,
    pub(super) token: &'static str,
    client: Client,
}

/// Status and body.
pub(super) type Answer = (u16, Value);

/// The application that ships, called by its administrator, on the fifth of January 2023.
pub(super) async fn start() -> Qore {
    serve(tercet_mock_server::qore(), ADMIN).await
}

/// As [`start`], with a setting.
pub(super) async fn with(name: &str, value: &str) -> Qore {
    serve(tercet_mock_server::qore().set(name, value), ADMIN).await
}

/// The second application, called by its librarian.
pub(super) async fn library() -> Qore {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/platforms/qore/applications/library.yaml");
    declared(&std::fs::read_to_string(path).unwrap(), LIBRARIAN).await
}

/// An application of one's own.
pub(super) async fn declared(text: &str, token: &'static str) -> Qore {
    let application = Application::read("qore", "app.yaml", text).unwrap().unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(tercet_spec::Diagnostic::render).collect::<String>())
    });
    serve(tercet_mock_server::qore().application(application), token).await
}

async fn serve(builder: Builder, token: &'static str) -> Qore {
    let now = Timestamp::parse("2023-01-05T10:20:30Z").unwrap();
    let server = builder.clock(Clock::manual(now)).seed(7).start().await.unwrap();
    Qore { server, token, client: Client::new() }
}

impl Qore {
    /// The same server, called by somebody else.
    pub(super) fn by(mut self, token: &'static str) -> Self {
        self.token = token;
        self
    }

    pub(super) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let url = format!("{}/api/resources/{path}", self.server.url());
        self.client.request(method.parse().unwrap(), url).bearer_auth(self.token)
    }

    pub(super) async fn send(&self, request: RequestBuilder) -> Answer {
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path)).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request("POST", path).json(&body)).await
    }

    pub(super) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(self.request("PUT", path).json(&body)).await
    }

    /// A form with texts, and files as name, file name and content.
    pub(super) async fn form(
        &self,
        path: &str,
        texts: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let mut form = Form::new();
        for (name, text) in texts {
            form = form.text((*name).to_owned(), (*text).to_owned());
        }
        for (name, file, content) in files {
            form = form.part((*name).to_owned(), Part::bytes(content.to_vec()).file_name((*file).to_owned()));
        }
        self.send(self.request("POST", path).multipart(form)).await
    }

    /// What was made.
    #[track_caller]
    pub(super) fn data((status, body): Answer) -> Value {
        assert!(status < 300, "{status} {body}");
        body["data"].clone()
    }
}

/// The sentences of a 422, by field.
#[track_caller]
pub(super) fn errors((status, body): Answer) -> Value {
    assert_eq!(status, 422, "{body}");
    body["errors"].clone()
}
