//! Replaying transcripts.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method};
use serde_json::{Map, Value};
use tercet_mock_server::MockServer;
use tercet_mock_server::entropy::Clock;

use super::conform;
use super::curl;
use super::expect::{Variables, expected, fill, text};
use super::read::{Exchange, Transcript, headers_and_body};
use super::stage::{Stage, origin};

/// What came back.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: String,
}

/// A request to send.
struct Sending {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

/// A transcript that is being replayed.
struct Replay<'s> {
    stage: &'s Stage,
    server: MockServer,
    clock: Clock,
    client: Client,
    variables: Variables,
    /// What answers have given to be presented.
    carried: Vec<(&'static str, String)>,
}

/// Replays a transcript and tells everything in it that came out differently.
pub(crate) async fn replay(stage: &Stage, name: &str, text: &str) {
    let transcript = Transcript::read(text);
    let (server, clock) = stage.start(&transcript).await;
    let variables = stage.variables(&transcript, &server);
    let mut replay = Replay { stage, server, clock, client: Client::new(), variables, carried: Vec::new() };
    let mut wrong = Vec::new();
    for exchange in &transcript.exchanges {
        if let Err(difference) = replay.one(exchange).await {
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

/// The transcripts in a platform's folder that are not among `named`.
pub(crate) fn forgotten(stage: &Stage, named: &[&str]) -> Vec<String> {
    let folder = stage.folder();
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let transcripts = names.filter_map(|name| name.strip_suffix(".http").map(str::to_owned));
    transcripts.filter(|name| !named.contains(&name.as_str())).collect()
}

impl Replay<'_> {
    async fn one(&mut self, exchange: &Exchange) -> Result<(), String> {
        let (headers, wanted) = headers_and_body(&exchange.answer);
        if let Some(question) = exchange.request.strip_prefix("STATE ") {
            let records = records(&self.server, &fill(question, &self.variables));
            return same(&wanted, &records.to_string(), &mut self.variables, |value| value.to_string());
        }
        if let Some(seconds) = exchange.request.strip_prefix("CLOCK ") {
            self.clock.advance(seconds.trim().parse::<i64>().unwrap() * 1000);
            return Ok(());
        }
        let sending = self.filled(self.reading(&exchange.request), &exchange.fills);
        self.variables.insert("path".to_owned(), sending.path.clone());
        let answer = self.send(&sending).await;
        self.carry(&answer.headers);
        self.compare(exchange.status, &headers, &wanted, &answer)
    }

    fn compare(
        &mut self,
        status: u16,
        headers: &[(String, String)],
        wanted: &str,
        answer: &Answer,
    ) -> Result<(), String> {
        let of =
            |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default();
        if answer.status != status {
            return Err(format!("  expected status {status}, got {} {}", answer.status, answer.body));
        }
        for (name, value) in headers {
            let value = text(value, of(name), &mut self.variables);
            if of(name) != value {
                return Err(format!("  expected {name}: {value}\n  got      {name}: {}", of(name)));
            }
        }
        let type_of_it = of("content-type");
        if let Some(deviation) = conform::deviation(&self.server, answer.status, type_of_it, &answer.body) {
            return Err(format!("  not as the document says: {deviation}\n  {}", answer.body));
        }
        same(wanted, &answer.body, &mut self.variables, self.stage.written)
    }

    /// A request as it is written, with what it presents without saying so.
    fn reading(&self, request: &str) -> Sending {
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
        self.carried.iter().for_each(|(name, value)| default(name, value));
        let known =
            self.stage.presents.iter().filter(|(_, value)| !fill(value, &self.variables).contains('<'));
        known.for_each(|(name, value)| default(name, value));
        if !body.is_empty() {
            default("Content-Type", "application/json");
        }
        headers.retain(|(_, value)| !value.is_empty());
        Sending { method: method.to_owned(), path: path.trim().to_owned(), headers, body }
    }

    /// Puts in what stands for something else, after quotes and lines have been read.
    fn filled(&self, mut sending: Sending, fills: &[(String, String)]) -> Sending {
        let filled = |text: &mut String| {
            *text = fill(text, &self.variables);
            for (from, to) in fills {
                *text = text.replace(from.as_str(), &fill(to, &self.variables));
            }
        };
        let headers = sending.headers.iter_mut().map(|(_, value)| value);
        headers.chain([&mut sending.path, &mut sending.body]).for_each(filled);
        if let Some(path) = sending.path.strip_prefix(self.stage.host) {
            sending.path = path.to_owned();
        }
        for (name, value) in &mut sending.headers {
            let user_and_password = value.strip_prefix("Basic ").filter(|text| text.contains(':'));
            if let (true, Some(text)) = (name.eq_ignore_ascii_case("authorization"), user_and_password) {
                *value = format!("Basic {}", BASE64_STANDARD.encode(text));
            }
        }
        sending
    }

    async fn send(&self, sending: &Sending) -> Answer {
        let method = Method::from_bytes(sending.method.as_bytes()).unwrap();
        let mut request = self.client.request(method, format!("{}{}", origin(&self.server), sending.path));
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

    fn carry(&mut self, headers: &HeaderMap) {
        for name in self.stage.carries {
            if let Some(value) = headers.get(*name) {
                self.carried.retain(|(own, _)| own != name);
                self.carried.push((name, value.to_str().unwrap().to_owned()));
            }
        }
    }
}

/// Compares texts, JSON in its shortest form. `...` stands for any text, a variable alone for what it is.
fn same(
    wanted: &str,
    got: &str,
    variables: &mut Variables,
    written: fn(&Value) -> String,
) -> Result<(), String> {
    if wanted == "..." {
        return if got.is_empty() { Err("  expected a body".to_owned()) } else { Ok(()) };
    }
    let variable = wanted.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    let wanted = variable.and_then(|name| variables.get(name)).cloned().unwrap_or_else(|| wanted.to_owned());
    let (wanted, got) = match serde_json::from_str::<Value>(&wanted) {
        Ok(pattern) => {
            let actual = serde_json::from_str(got).unwrap_or_default();
            (written(&expected(&pattern, &actual, variables)), got.to_owned())
        }
        // Files end their lines as they like; a transcript cannot show it.
        Err(_) => (wanted, got.lines().collect::<Vec<_>>().join("\n")),
    };
    if wanted == got { Ok(()) } else { Err(format!("  expected {wanted}\n  got      {got}")) }
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
