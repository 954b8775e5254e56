//! A client of the mock that speaks as one user.

use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use tercet_mock_server::MockServer;
use tercet_mock_server::entropy::{Clock, Timestamp};

/// When all tests begin, in seconds since 1970.
pub(super) const NOW: i64 = 1_767_225_600;
/// The id of the base folder.
pub(super) const BASE: &str = "00000000-0000-0000-0000-000000000000";

/// A server whose time stands still, and a user.
pub(super) struct Client {
    server: MockServer,
    clock: Clock,
    user: &'static str,
    session: Option<String>,
}

/// A server as it comes; who asks is Bob, who has two passwords and nothing else.
pub(super) async fn start() -> Client {
    with(&[]).await
}

/// A server with these settings switched on.
pub(super) async fn with(settings: &[&str]) -> Client {
    let clock = Clock::manual(Timestamp(NOW * 1000));
    let mut builder = tercet_mock_server::passwords().clock(clock.clone()).seed(7);
    for setting in settings {
        builder = builder.set(*setting, "true");
    }
    Client { server: builder.start().await.unwrap(), clock, user: "bob", session: None }
}

impl Client {
    /// The same server, asked by somebody else.
    pub(super) fn speaking_as(self, user: &'static str) -> Self {
        Self { user, session: None, ..self }
    }

    /// Lets time go by.
    pub(super) fn wait(&self, seconds: i64) {
        self.clock.advance(seconds * 1000);
    }

    /// The status and the body of an answer; null for none.
    pub(super) async fn call(&mut self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let (status, _, text) = self.raw(method, path, &body).await;
        (status, if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() })
    }

    /// The body of an answer that needs no session.
    pub(super) async fn bytes(&self, path: &str) -> Vec<u8> {
        let origin = self.server.url().to_string();
        let url = format!("{}/index.php/apps/passwords/api/1.0/{path}", origin.trim_end_matches('/'));
        let request =
            reqwest::Client::new().get(url).basic_auth(self.user, Some(format!("{}-password", self.user)));
        request.send().await.unwrap().bytes().await.unwrap().to_vec()
    }

    /// The status, the headers and the text of an answer.
    pub(super) async fn raw(&mut self, method: &str, path: &str, body: &Value) -> (u16, HeaderMap, String) {
        let origin = self.server.url().to_string();
        let url = format!("{}/index.php/apps/passwords/api/1.0/{path}", origin.trim_end_matches('/'));
        let mut request = reqwest::Client::new()
            .request(method.parse().unwrap(), url)
            .basic_auth(self.user, Some(format!("{}-password", self.user)))
            .header("user-agent", "tests");
        if let Some(session) = &self.session {
            request = request.header("x-api-session", session);
        }
        if !body.is_null() {
            request = request.json(body);
        }
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        if let Some(session) = headers.get("x-api-session") {
            self.session = Some(session.to_str().unwrap().to_owned());
        }
        (status, headers, answer.text().await.unwrap())
    }

    /// The headers of an answer to a request that carries these and no session of its own.
    pub(super) async fn presenting(&self, headers: &[(&str, &str)]) -> HeaderMap {
        let origin = self.server.url().to_string();
        let url =
            format!("{}/index.php/apps/passwords/api/1.0/session/keepalive", origin.trim_end_matches('/'));
        let request =
            reqwest::Client::new().get(url).basic_auth(self.user, Some(format!("{}-password", self.user)));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.send().await.unwrap().headers().clone()
    }

    /// Calls what has to succeed with that status.
    async fn done(&mut self, method: &str, path: &str, body: Value, expected: u16) -> Value {
        let (status, answer) = self.call(method, path, body.clone()).await;
        assert_eq!(status, expected, "{method} {path} {body}: {answer}");
        answer
    }

    /// Creates an object and gives its id.
    pub(super) async fn create(&mut self, kind: &str, fields: Value) -> String {
        let created = self.done("POST", &format!("{kind}/create"), fields, 201).await;
        created["id"].as_str().unwrap().to_owned()
    }

    /// Creates a password of that label, and other fields.
    pub(super) async fn password(&mut self, label: &str, fields: Value) -> String {
        let mut all = json!({ "label": label, "password": format!("{label}-plover-Basin-30") });
        all.as_object_mut().unwrap().extend(fields.as_object().cloned().unwrap_or_default());
        self.create("password", all).await
    }

    /// Creates a folder of that label in that one.
    pub(super) async fn folder(&mut self, label: &str, parent: &str) -> String {
        self.create("folder", json!({ "label": label, "parent": parent })).await
    }

    /// Replaces an object and gives its new revision.
    pub(super) async fn update(&mut self, kind: &str, fields: Value) -> String {
        let stored = self.done("PATCH", &format!("{kind}/update"), fields, 200).await;
        stored["revision"].as_str().unwrap().to_owned()
    }

    /// Deletes an object and gives the answer.
    pub(super) async fn delete(&mut self, kind: &str, id: &str) -> Value {
        self.done("DELETE", &format!("{kind}/delete"), json!({ "id": id }), 200).await
    }

    /// Restores an object from the trash, or a revision.
    pub(super) async fn restore(&mut self, kind: &str, id: &str, revision: Option<&str>) -> Value {
        self.done("PATCH", &format!("{kind}/restore"), json!({ "id": id, "revision": revision }), 200).await
    }

    /// Shows an object with these parts.
    pub(super) async fn show(&mut self, kind: &str, id: &str, details: &str) -> Value {
        self.done("POST", &format!("{kind}/show"), json!({ "id": id, "details": details }), 200).await
    }

    /// The labels of what is listed, in order.
    pub(super) async fn list(&mut self, kind: &str) -> Vec<String> {
        labels(&self.done("GET", &format!("{kind}/list"), Value::Null, 200).await)
    }

    /// The labels of what is found, in order.
    pub(super) async fn find(&mut self, kind: &str, criteria: Value) -> Vec<String> {
        labels(&self.done("POST", &format!("{kind}/find"), json!({ "criteria": criteria }), 200).await)
    }

    /// Calls what has to be refused, and gives the status and the message.
    pub(super) async fn refused(&mut self, method: &str, path: &str, body: Value) -> (u16, String) {
        let (status, answer) = self.call(method, path, body.clone()).await;
        assert!(status >= 400, "{method} {path} {body}: {answer}");
        (status, answer["message"].as_str().unwrap_or_default().to_owned())
    }
}

/// The labels of some objects, in order, without those that Bob has from the beginning.
pub(super) fn labels(objects: &Value) -> Vec<String> {
    let mut labels: Vec<String> =
        objects.as_array().unwrap().iter().map(|one| one["label"].as_str().unwrap().to_owned()).collect();
    labels.retain(|label| label != "Streaming" && label != "Company wiki");
    labels.sort();
    labels
}

/// A refusal.
pub(super) fn refusal(status: u16, message: &str) -> (u16, String) {
    (status, message.to_owned())
}
