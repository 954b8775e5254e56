//! Replaying transcripts.

use reqwest::{Client, Method};
use serde_json::{Map, Value};
use tercet_mock_server::MockServer;
use tercet_mock_server::entropy::{Clock, Timestamp};

use super::conform;
use super::curl;
use super::expect::{Variables, expected, fill};
use super::transcript::{Exchange, Transcript, headers_and_body};

/// When all transcripts happen.
pub(super) const NOW: &str = "2026-01-01T00:00:00.000Z";
/// What a request without `Authorization` presents. An empty header presents nothing.
pub(super) const CREDENTIAL: &str = "Basic tooljet-demo-token";

/// The application that the page exports and imports, as printed.
pub(super) const EXPORT: &str = include_str!("transcripts/export.json");

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: reqwest::header::HeaderMap,
    pub(super) body: String,
}

/// A request to send.
#[derive(Debug)]
struct Sending {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Sending {
    /// Puts in what stands for something else, after quotes and lines have been read.
    fn filled(mut self, fills: &[(String, String)], variables: &Variables) -> Self {
        let filled = |text: &mut String| {
            *text = fill(text, variables);
            for (from, to) in fills {
                *text = text.replace(from.as_str(), &fill(to, variables));
            }
        };
        let headers = self.headers.iter_mut().map(|(_, value)| value);
        headers.chain([&mut self.path, &mut self.body]).for_each(filled);
        if let Some(path) = self.path.strip_prefix("https://{your-domain}") {
            self.path = path.to_owned();
        }
        self
    }
}

/// A server whose time stands still, as a transcript's head wants it.
pub(super) async fn start(transcript: &Transcript) -> MockServer {
    let clock = Clock::manual(Timestamp::parse(NOW).unwrap());
    let mut builder = tercet_mock_server::tooljet().clock(clock).seed(7);
    if let Some(edition) = &transcript.edition {
        builder = builder.edition(edition);
    }
    for (name, value) in &transcript.settings {
        builder = builder.set(name, value);
    }
    builder.start().await.unwrap()
}

/// Replays a transcript and tells everything in it that came out differently.
pub(super) async fn replay(name: &str, text: &str) {
    let transcript = Transcript::read(text);
    let server = start(&transcript).await;
    let mut variables: Variables = transcript.variables.iter().cloned().collect();
    variables.insert("now".to_owned(), NOW.to_owned());
    // As the page writes it in its curl: the members of an exported document, to stand beside others.
    let members = EXPORT.trim().strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap();
    variables.insert("application_json".to_owned(), members.to_owned());
    variables.insert("export".to_owned(), EXPORT.trim().to_owned());
    let client = Client::new();
    let mut wrong = Vec::new();
    for exchange in &transcript.exchanges {
        if let Err(difference) = one(&server, &client, exchange, &mut variables).await {
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
    client: &Client,
    exchange: &Exchange,
    variables: &mut Variables,
) -> Result<(), String> {
    let (headers, wanted) = headers_and_body(&exchange.answer);
    if let Some(question) = exchange.request.strip_prefix("STATE ") {
        return same(&wanted, &records(server, &fill(question, variables)).to_string(), variables);
    }
    let sending = reading(&exchange.request).filled(&exchange.fills, variables);
    variables.insert("path".to_owned(), sending.path.clone());
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

/// Compares texts, JSON in its shortest form.
fn same(wanted: &str, got: &str, variables: &mut Variables) -> Result<(), String> {
    let wanted = if wanted == "<export>" { EXPORT } else { wanted };
    let wanted = match serde_json::from_str::<Value>(wanted) {
        Ok(pattern) => {
            expected(&pattern, &serde_json::from_str(got).unwrap_or_default(), variables).to_string()
        }
        Err(_) => wanted.to_owned(),
    };
    if wanted == got { Ok(()) } else { Err(format!("  expected {wanted}\n  got      {got}")) }
}

fn reading(request: &str) -> Sending {
    if request.starts_with("curl ") {
        let command = curl::read(request);
        let curl::Command { method, url: path, headers, body } = command;
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
    default("Authorization", CREDENTIAL);
    if !body.is_empty() {
        default("Content-Type", "application/json");
    }
    headers.retain(|(_, value)| !value.is_empty());
    Sending { method: method.to_owned(), path: path.trim().to_owned(), headers, body }
}

async fn send(server: &MockServer, client: &Client, sending: &Sending) -> Answer {
    let method = Method::from_bytes(sending.method.as_bytes()).unwrap();
    let mut request = client.request(method, format!("{}{}", server.url(), sending.path));
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

/// `memberships user=ID : workspace status`: those fields of those records, as the server remembers them.
fn records(server: &MockServer, question: &str) -> Value {
    let (which, fields) = question.split_once(" : ").expect("fields after a colon");
    let mut words = which.split_whitespace();
    let state = server.state();
    let records = state["collections"][words.next().unwrap()].as_array().expect("a collection").clone();
    let tests: Vec<_> = words.map(|word| word.split_once('=').expect("field=value")).collect();
    let matches = |record: &&Value| tests.iter().all(|(field, value)| record[*field] == *value);
    let pick = |record: &Value| {
        let fields = fields.split_whitespace().map(|field| (field.to_owned(), record[field].clone()));
        Value::Object(fields.collect::<Map<_, _>>())
    };
    records.iter().filter(matches).map(pick).collect()
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
