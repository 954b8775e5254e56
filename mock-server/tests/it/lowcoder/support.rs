//! Callers of the mock: each with a session of its own, or none.

use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use tercet_mock_server::entropy::{Clock, Timestamp};
use tercet_mock_server::{Builder, MockServer};

/// When all tests begin, in milliseconds since 1970.
pub(super) const NOW: i64 = 1_767_225_600_000;
/// The name of the cookie, unless a setting says otherwise.
pub(super) const COOKIE: &str = "LOWCODER_CE_SELFHOST_TOKEN";

/// A server whose time stands still.
pub(super) struct Lowcoder {
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
    /// The body; null for none.
    pub(super) fn json(&self) -> Value {
        if self.text.is_empty() { Value::Null } else { serde_json::from_str(&self.text).unwrap() }
    }

    /// `data` of a good answer.
    #[track_caller]
    pub(super) fn data(&self) -> Value {
        let body = self.json();
        assert_eq!((body["code"].as_i64(), body["success"].as_bool()), (Some(1), Some(true)), "{self:?}");
        body["data"].clone()
    }

    /// The HTTP status and the envelope's `code`; 0 for an answer without a body.
    pub(super) fn code(&self) -> (u16, i64) {
        (self.status, self.json()["code"].as_i64().unwrap_or_default())
    }
}

/// Somebody who calls: with a session, with a key, or as nobody.
#[derive(Clone, Debug, Default)]
pub(super) struct Caller {
    /// The value of the session's cookie.
    pub(super) session: Option<String>,
    /// An API key.
    pub(super) key: Option<String>,
    /// The id of the user; empty for nobody.
    pub(super) id: String,
}

/// A server as it comes, but without the account it begins with.
pub(super) async fn start() -> Lowcoder {
    with(&[]).await
}

/// As [`start`], with these settings.
pub(super) async fn with(settings: &[(&str, &str)]) -> Lowcoder {
    serve(tercet_mock_server::lowcoder(), settings).await
}

/// As [`start`], but the edition of that version.
pub(super) async fn edition(version: &str) -> Lowcoder {
    serve(tercet_mock_server::lowcoder().edition(version), &[]).await
}

async fn serve(builder: Builder, settings: &[(&str, &str)]) -> Lowcoder {
    let clock = Clock::manual(Timestamp(NOW));
    let mut builder = builder.clock(clock.clone()).seed(7).set("DEMO_USER", "");
    for (name, value) in settings {
        builder = builder.set(*name, *value);
    }
    Lowcoder { server: builder.start().await.unwrap(), clock, client: reqwest::Client::new() }
}

impl Lowcoder {
    /// Sends a request. `body` null sends none; a text is sent as it stands.
    pub(super) async fn call(&self, who: &Caller, method: &str, path: &str, body: Value) -> Answer {
        let origin = self.server.url().to_string();
        let url = format!("{}{path}", origin.trim_end_matches('/'));
        let mut request = self.client.request(method.parse().unwrap(), url);
        if let Some(session) = &who.session {
            request = request.header("cookie", format!("{COOKIE}={session}"));
        }
        if let Some(key) = &who.key {
            request = request.bearer_auth(key);
        }
        request = match body {
            Value::Null => request,
            Value::String(text) => request.header("content-type", "text/plain").body(text),
            body => request.json(&body),
        };
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Answer { status, headers, text: answer.text().await.unwrap() }
    }

    pub(super) async fn get(&self, who: &Caller, path: &str) -> Answer {
        self.call(who, "GET", path, Value::Null).await
    }

    /// Signs in with whatever `query` says (`?orgId=…`); the answer, and the caller where it is a good one.
    pub(super) async fn sign(&self, email: &str, register: bool, query: &str) -> (Answer, Caller) {
        let body = json!({
            "loginId": email, "password": format!("{email}-password"), "register": register,
            "source": "EMAIL", "authId": "EMAIL",
        });
        let answer =
            self.call(&Caller::default(), "POST", &format!("/api/auth/form/login{query}"), body).await;
        let cookie = answer.headers.get("set-cookie").map(|cookie| cookie.to_str().unwrap().to_owned());
        let session = cookie.map(|cookie| {
            let (name, rest) = cookie.split_once('=').unwrap();
            assert_eq!(name, COOKIE);
            rest.split(';').next().unwrap().to_owned()
        });
        let mut caller = Caller { session, ..Caller::default() };
        if caller.session.is_some() {
            let me = self.get(&caller, "/api/users/me").await;
            me.json()["data"]["id"].as_str().unwrap_or_default().clone_into(&mut caller.id);
        }
        (answer, caller)
    }

    /// A new user with an organisation of its own.
    pub(super) async fn register(&self, email: &str) -> Caller {
        let (answer, caller) = self.sign(email, true, "").await;
        assert_eq!(answer.data(), true);
        caller
    }

    /// A new user in the organisation of that id, as a member of it.
    pub(super) async fn register_in(&self, email: &str, org: &str) -> Caller {
        let (answer, caller) = self.sign(email, true, &format!("?orgId={org}")).await;
        assert_eq!(answer.data(), true);
        caller
    }

    /// The id of the caller's current organisation.
    pub(super) async fn org(&self, who: &Caller) -> String {
        self.get(who, "/api/users/me").await.data()["currentOrgId"].as_str().unwrap().to_owned()
    }
}
