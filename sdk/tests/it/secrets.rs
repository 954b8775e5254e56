//! The credential appears nowhere but on the wire.

use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tercet_sdk::tooljet::Client;
use tercet_sdk::tooljet::types::CreateUser;
use tracing::instrument::WithSubscriber;
use tracing_subscriber::fmt::format::FmtSpan;
use wiremock::ResponseTemplate;

use crate::support::{TOKEN, answering, client, client_at, refusal, user};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    fn subscriber(&self) -> impl tracing::Subscriber + Send + Sync + 'static {
        let log = self.clone();
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(move || log.clone())
            .finish()
    }
}

#[tokio::test]
async fn nothing_shows_the_credential() {
    let mut shown = String::new();
    let mut show = |text: String| {
        shown.push_str(&text);
        shown.push('\n');
    };
    let log = Log::default();
    show(format!("{:?}", Client::builder("https://x").credential(TOKEN)));
    show(format!("{:?}", Client::builder("https://x").credential(format!("{TOKEN}\n")).build()));

    // Servers that throw the credential back.
    let echo = format!("<p>bad token {TOKEN} in Basic {TOKEN}</p>");
    for answer in [
        ResponseTemplate::new(500).set_body_string(echo.clone()).insert_header("x-request-id", TOKEN),
        ResponseTemplate::new(200).set_body_string(echo.clone()),
        refusal(403, &json!(echo)),
        ResponseTemplate::new(503),
        ResponseTemplate::new(200).set_body_json(user()),
    ] {
        let server = answering(answer).await;
        let client = client(&server);
        show(format!("{client:?} {:?}", client.get_user("x")));
        match client.get_user("x").send().with_subscriber(log.subscriber()).await {
            Ok(user) => show(format!("{user:?}")),
            Err(error) => show(format!("{error} {error:?} {error:#?}")),
        }
    }
    let gone = client_at("http://127.0.0.1:9");
    let error = gone.get_user("x").send().with_subscriber(log.subscriber()).await.unwrap_err();
    show(format!("{error} {error:?}"));

    let logged = log.text();
    assert!(logged.contains("getUser") && logged.contains("http.response.status_code=503"), "{logged}");
    assert!(shown.contains("[redacted]"), "{shown}");
    assert!(!logged.contains(TOKEN), "{logged}");
    assert!(!shown.contains(TOKEN), "{shown}");
}

#[test]
fn passwords_are_not_shown_either() {
    let text = format!("{:?}", CreateUser::new("a", "b", []).password("hunter2hunter2"));
    assert!(text.contains("password") && !text.contains("hunter2"), "{text}");
}

#[tokio::test]
async fn a_call_is_a_span_with_opentelemetrys_names() {
    let log = Log::default();
    let server = answering(refusal(404, &json!("User not found"))).await;
    client(&server).get_user("john@example.com").send().with_subscriber(log.subscriber()).await.unwrap_err();
    let logged = log.text();
    for expected in [
        "otel.name=\"GET /api/ext/user/{identifier}\"",
        "otel.kind=\"client\"",
        "http.request.method=\"GET\"",
        "url.template=\"/api/ext/user/{identifier}\"",
        "server.address=\"127.0.0.1\"",
        "http.response.status_code=404",
        "error.type=\"404\"",
    ] {
        assert!(logged.contains(expected), "{expected} in {logged}");
    }
    let spans =
        logged.lines().filter(|line| line.contains("http.client.request")).collect::<Vec<_>>().join("\n");
    assert!(!spans.contains("john"), "{spans}");
}
