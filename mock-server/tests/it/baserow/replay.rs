//! Replaying transcripts. Beside requests there are:
//!
//! ```text
//! CLOCK 600                        the time goes on by so many seconds
//! STATE mails to=a@b.c : token     those fields of those records, as the server remembers them
//! ```
//!
//! A request without `Authorization` presents `JWT` and the variable `me`, where an answer has given it one; an empty header
//! presents nothing.

use reqwest::{Client, Method};
use serde_json::{Map, Value};
use tercet_mock_server::MockServer;
use tercet_mock_server::entropy::{Clock, Timestamp};

use crate::tooljet::conform;
use crate::tooljet::curl;
use crate::tooljet::expect::{Variables, expected, fill};
use crate::tooljet::transcript::{Exchange, Transcript, headers_and_body};

/// When all transcripts begin.
pub(super) const NOW: &str = "2026-01-01T00:00:00.000Z";

/// What came back.
struct Answer {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: String,
}

/// A request to send.
struct Sending {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Sending {
    fn filled(mut self, fills: &[(String, String)], variables: &Variables) -> Self {
        let filled = |text: &mut String| {
            *text = fill(text, variables);
            for (from, to) in fills {
                *text = text.replace(from.as_str(), &fill(to, variables));
            }
        };
        let headers = self.headers.iter_mut().map(|(_, value)| value);
        headers.chain([&mut self.path, &mut self.body]).for_each(filled);
        if let Some(path) = self.path.strip_prefix("https://api.baserow.io") {
            self.path = path.to_owned();
        }
        self
    }
}

/// A server whose time stands still.
pub(super) async fn start(edition: Option<&str>, settings: &[(String, String)]) -> (MockServer, Clock) {
    let clock = Clock::manual(Timestamp::parse(NOW).unwrap());
    let mut builder = tercet_mock_server::baserow().clock(clock.clone()).seed(7);
    if let Some(edition) = edition {
        builder = builder.edition(edition);
    }
    for (name, value) in settings {
        builder = builder.set(name, value);
    }
    (builder.start().await.unwrap(), clock)
}

/// Replays a transcript and tells everything in it that came out differently.
pub(super) async fn replay(name: &str, text: &str) {
    let transcript = Transcript::read(text);
    let (server, clock) = start(transcript.edition.as_deref(), &transcript.settings).await;
    let mut variables: Variables = transcript.variables.iter().cloned().collect();
    variables.insert("origin".to_owned(), server.url().to_string().trim_end_matches('/').to_owned());
    let client = Client::new();
    let mut wrong = Vec::new();
    for exchange in &transcript.exchanges {
        if let Err(difference) = one(&server, &clock, &client, exchange, &mut variables).await {
            wrong.push(format!("{name}.http:{}: {}\n{difference}", exchange.line, exchange.title));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} exchanges:\n\n{}",
        wrong.len(),
        transcript.exchanges.len(),
        wrong.join("\n\n")
    );
}

async fn one(
    server: &MockServer,
    clock: &Clock,
    client: &Client,
    exchange: &Exchange,
    variables: &mut Variables,
) -> Result<(), String> {
    let (headers, wanted) = headers_and_body(&exchange.answer);
    if let Some(question) = exchange.request.strip_prefix("STATE ") {
        return same(&wanted, &records(server, &fill(question, variables)).to_string(), variables);
    }
    if let Some(seconds) = exchange.request.strip_prefix("CLOCK ") {
        clock.advance(seconds.trim().parse::<i64>().unwrap() * 1000);
        return Ok(());
    }
    let sending = reading(&exchange.request, variables.contains_key("me")).filled(&exchange.fills, variables);
    let answer = send(server, client, &sending).await;
    let of = |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default();
    if answer.status != exchange.status {
        return Err(format!("  expected status {}, got {} {}", exchange.status, answer.status, answer.body));
    }
    for (name, value) in headers {
        let value = fill(&value, variables);
        if of(&name) != value {
            return Err(format!("  expected {name}: {value}\n  got      {name}: {}", of(&name)));
        }
    }
    if let Some(deviation) = conform::deviation(server, answer.status, of("content-type"), &answer.body) {
        return Err(format!("  not as the document says: {deviation}\n  {}", answer.body));
    }
    same(&wanted, &answer.body, variables)
}

/// Compares texts, JSON in its shortest form. `...` stands for any text.
fn same(wanted: &str, got: &str, variables: &mut Variables) -> Result<(), String> {
    if wanted == "..." {
        return if got.is_empty() { Err("  expected a body".to_owned()) } else { Ok(()) };
    }
    let (wanted, got) = match serde_json::from_str::<Value>(wanted) {
        Ok(pattern) => {
            let actual = serde_json::from_str(got).unwrap_or_default();
            (expected(&pattern, &actual, variables).to_string(), got.to_owned())
        }
        // Files end their lines as they like; a transcript cannot show it.
        Err(_) => (wanted.to_owned(), got.lines().collect::<Vec<_>>().join("\n")),
    };
    if wanted == got { Ok(()) } else { Err(format!("  expected {wanted}\n  got      {got}")) }
}

fn reading(request: &str, signed_in: bool) -> Sending {
    if request.starts_with("curl ") {
        let curl::Command { method, url: path, headers, body } = curl::read(request);
        return Sending { method, path, headers, body };
    }
    let (first, rest) = request.split_once('\n').unwrap_or((request, ""));
    let (method, path) = first.split_once(' ').expect("a method and a path");
    let (mut headers, body) = headers_and_body(rest);
    let mut default = |name: &str, value: &str| {
        if !headers.iter().any(|(one, _)| one.eq_ignore_ascii_case(name)) {
            headers.push((name.to_owned(), value.to_owned()));
        }
    };
    if signed_in {
        default("Authorization", "JWT <me>");
    }
    if !body.is_empty() {
        default("Content-Type", "application/json");
    }
    headers.retain(|(_, value)| !value.is_empty());
    Sending { method: method.to_owned(), path: path.trim().to_owned(), headers, body }
}

async fn send(server: &MockServer, client: &Client, sending: &Sending) -> Answer {
    let method = Method::from_bytes(sending.method.as_bytes()).unwrap();
    let origin = server.url().to_string();
    let mut request = client.request(method, format!("{}{}", origin.trim_end_matches('/'), sending.path));
    for (name, value) in &sending.headers {
        request = request.header(name, value);
    }
    if !sending.body.is_empty() {
        request = request.body(sending.body.clone());
    }
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, body: response.text().await.unwrap() }
}

/// `mails to=a@b.c : token`: those fields of those records, as the server remembers them.
fn records(server: &MockServer, question: &str) -> Value {
    let (which, fields) = question.split_once(" : ").expect("fields after a colon");
    let mut words = which.split_whitespace();
    let state = server.state();
    let records = state["collections"][words.next().unwrap()].as_array().expect("a collection").clone();
    let tests: Vec<_> = words.map(|word| word.split_once('=').expect("field=value")).collect();
    let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let matches = |record: &&Value| tests.iter().all(|(field, value)| shown(&record[*field]) == *value);
    let pick = |record: &Value| {
        let fields = fields.split_whitespace().map(|field| (field.to_owned(), record[field].clone()));
        Value::Object(fields.collect::<Map<_, _>>())
    };
    records.iter().filter(matches).map(pick).collect()
}
