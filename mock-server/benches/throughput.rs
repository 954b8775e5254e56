//! How fast the mock is beside bare axum handlers that answer the same bytes, in the same run: typed ones as one writes them by hand (a map
//! behind a lock, serde both ways, no credential, no validation, no journal), and one that knows the bytes beforehand.
//!
//! `cargo bench -p tercet-mock-server --bench throughput [-- SECONDS [REQUESTS]]`: seconds for each measurement (3), and
//! requests before memory is read again (1,000,000). Server and client share the machine, so the ratios count and not the
//! numbers. Each server is a process of its own: its CPU time and memory are read from `/proc` (Linux; elsewhere those
//! columns are empty).

#![allow(clippy::print_stdout, reason = "it prints what it measured")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use bytes::Bytes;
use http::StatusCode;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tercet_mock_server::MockServer;

const CONNECTIONS: usize = 32;
const BOOKS: usize = 50;
const KEY: &str = "Authorization: Bearer bench\r\n";

fn books() -> Vec<Value> {
    let book = |number: usize| {
        json!({
            "id": format!("book-{number}"), "title": format!("Book number {number}"), "pages": 100 + number,
            "kind": "novel", "tags": ["some", "tags"], "shelf": { "row": number / 10, "place": number % 10 },
        })
    };
    (0..BOOKS).map(book).collect()
}

fn document() -> String {
    let books = books();
    json!({
        "openapi": "3.0.3", "info": { "title": "Bench", "version": "1" },
        "security": [{ "key": [] }],
        "x-conduct": { "responses": {
            "unauthenticated": { "status": 401, "response": { "description": "who is it?" } },
            "invalid": { "status": 400, "response": { "description": "not as declared" } },
            "not-found": { "status": 404, "response": { "description": "not there" } },
            "conflict": { "status": 409, "response": { "description": "there already" } },
        } },
        "x-collections": {
            "keys": { "schema": "Key", "seed": [{ "id": "1", "token": "bench" }] },
            "books": { "schema": "Book", "seed": books },
        },
        "paths": {
            "/books": {
                "get": {
                    "operationId": "list",
                    "parameters": [{ "name": "kind", "in": "query", "schema": { "type": "string" } }],
                    "responses": { "200": { "description": "", "content": { "application/json": { "schema": {
                        "type": "array", "items": { "$ref": "#/components/schemas/Book" } } } } } },
                    "x-effect": { "list": { "in": "books", "page": { "offset": 0, "limit": BOOKS } } },
                },
                "post": {
                    "operationId": "create",
                    "requestBody": { "required": true, "content": { "application/json": {
                        "schema": { "$ref": "#/components/schemas/Book" } } } },
                    "responses": {
                        "201": { "description": "", "content": { "application/json": {
                            "schema": { "$ref": "#/components/schemas/Book" } } } },
                        "400": { "description": "" }, "409": { "description": "" } },
                    "x-effect": { "create": { "in": "books" } },
                },
            },
            "/books/{id}": { "get": {
                "operationId": "read",
                "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
                "responses": {
                    "200": { "description": "", "content": { "application/json": {
                        "schema": { "$ref": "#/components/schemas/Book" } } } },
                    "400": { "description": "" }, "404": { "description": "" } },
                "x-effect": { "find": { "in": "books", "where": { "id": "$request.path.id" } } },
            } },
        },
        "components": {
            "securitySchemes": { "key": { "type": "http", "scheme": "bearer",
                "x-credential": { "in": "keys", "where": { "token": "$credential" } } } },
            "schemas": {
                "Key": { "type": "object", "properties": { "id": { "type": "string" }, "token": { "type": "string" } } },
                "Book": {
                    "type": "object", "required": ["title"],
                    "properties": {
                        "id": { "type": "string", "x-assign": "uuid" },
                        "title": { "type": "string", "minLength": 1, "maxLength": 200 },
                        "pages": { "type": "integer", "minimum": 1 },
                        "kind": { "type": "string", "enum": ["novel", "play"] },
                        "tags": { "type": "array", "items": { "type": "string" } },
                        "shelf": { "type": "object", "properties": {
                            "row": { "type": "integer" }, "place": { "type": "integer" } } },
                    },
                },
            },
        },
    })
    .to_string()
}

fn create() -> String {
    let body = json!({ "title": "A new book", "pages": 321, "kind": "play", "tags": ["x", "y"], "shelf": { "row": 1, "place": 2 } });
    let body = body.to_string();
    format!(
        "POST /books HTTP/1.1\r\nHost: x\r\n{KEY}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn ask(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: x\r\n{KEY}\r\n")
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| !one.starts_with("--")).collect();
    match arguments.first().map(String::as_str) {
        Some("mock") => serve_mock(),
        Some("typed") => serve_typed(),
        Some("known") => serve_known(&arguments[1..]),
        _ => measure(&arguments),
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads to serve with")
}

/// Prints where it listens, and serves until its standard input is closed.
fn announce(port: u16) {
    println!("{port}");
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
}

fn serve_mock() {
    let runtime = runtime();
    let started = Instant::now();
    let server = runtime.block_on(async {
        MockServer::from_document("bench.json", document())
            .expect("a document")
            .start()
            .await
            .expect("a server")
    });
    let mut first = Vec::new();
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).expect("a connection");
    exchange(&mut stream, ask("/books/book-7").as_bytes(), &mut first);
    eprintln!("start to first answer: {:.1} ms", started.elapsed().as_secs_f64() * 1000.0);
    announce(server.port());
}

/// A book as a typed handler has it.
#[derive(Serialize, Deserialize)]
struct Book {
    #[serde(default = "new_id")]
    id: String,
    title: String,
    pages: u32,
    kind: Kind,
    tags: Vec<String>,
    shelf: Shelf,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Novel,
    Play,
}

#[derive(Serialize, Deserialize)]
struct Shelf {
    row: u32,
    place: u32,
}

type Books = Arc<RwLock<IndexMap<String, Book>>>;

fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// What one would write by hand.
fn serve_typed() {
    let all = books().into_iter().map(|book| serde_json::from_value::<Book>(book).expect("a book"));
    let all: Books = Arc::new(RwLock::new(all.map(|book| (book.id.clone(), book)).collect()));
    let read = async |State(all): State<Books>, Path(id): Path<String>| {
        let all = all.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&id).map(Json).ok_or(StatusCode::NOT_FOUND).into_response()
    };
    let list = async |State(all): State<Books>| {
        let all = all.read().unwrap_or_else(PoisonError::into_inner);
        Json(all.values().take(BOOKS).collect::<Vec<_>>()).into_response()
    };
    let create = async |State(all): State<Books>, Json(book): Json<Book>| {
        let answer = (StatusCode::CREATED, Json(&book)).into_response();
        all.write().unwrap_or_else(PoisonError::into_inner).insert(book.id.clone(), book);
        answer
    };
    serve(
        Router::new().route("/books/{id}", get(read)).route("/books", get(list).post(create)).with_state(all),
    );
}

/// The same bytes without knowing why: `known READ LIST CREATE`.
fn serve_known(bodies: &[String]) {
    let [read, list, create] = bodies else { panic!("three bodies") };
    let answer = |status: u16, body: &String| {
        let body = Bytes::from(body.clone());
        move || {
            let mut response = Response::new(Body::from(body.clone()));
            *response.status_mut() = StatusCode::from_u16(status).expect("a status");
            let media = http::HeaderValue::from_static("application/json");
            response.headers_mut().insert(http::header::CONTENT_TYPE, media);
            std::future::ready(response)
        }
    };
    let create = answer(201, create);
    let router = Router::new()
        .route("/books/{id}", get(answer(200, read)))
        // The body is read, as any handler would.
        .route("/books", get(answer(200, list)).post(move |_: Bytes| create()));
    serve(router);
}

fn serve(router: Router) {
    let runtime = runtime();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    runtime.spawn(async move { axum::serve(listener, router).await });
    announce(port);
}

struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        Self { child, port: line.trim().parse().expect("a port") }
    }

    fn answer(&self, request: &str) -> (String, usize) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        let mut buffer = Vec::new();
        let length = exchange(&mut stream, request.as_bytes(), &mut buffer);
        let text = String::from_utf8_lossy(&buffer[..length]).into_owned();
        let body = text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
        (body, length)
    }

    /// CPU time in microseconds.
    fn cpu(&self) -> Option<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks: f64 = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
        // A tick is a hundredth of a second on every Linux that matters.
        Some(ticks * 10_000.0)
    }

    fn memory(&self) -> Option<Memory> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let megabytes = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
        };
        Some(Memory { resident: megabytes("VmRSS:")?, private: megabytes("RssAnon:")? })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its standard input closes, and it ends.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Sends a request and reads its answer; gives the answer's length in `buffer`.
fn exchange(stream: &mut TcpStream, request: &[u8], buffer: &mut Vec<u8>) -> usize {
    stream.write_all(request).expect("to send");
    buffer.resize(64 * 1024, 0);
    let mut length = 0;
    loop {
        let got = stream.read(&mut buffer[length..]).expect("to hear");
        assert!(got > 0, "the server hung up");
        length += got;
        let Some(head) = buffer[..length].windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let text = std::str::from_utf8(&buffer[..head]).expect("a head").to_ascii_lowercase();
        assert!(text.starts_with("http/1.1 2"), "{text}");
        let body = text.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
        let body: usize = body.expect("a length").trim().parse().expect("a number");
        let whole = head + 4 + body;
        if whole > buffer.len() {
            buffer.resize(whole, 0);
        }
        if length >= whole {
            return whole;
        }
    }
}

/// Resident memory in MB, and how much of it is no page of a file.
#[derive(Clone, Copy)]
struct Memory {
    resident: f64,
    private: f64,
}

struct Measured {
    per_second: f64,
    p99: Duration,
    cpu: Option<f64>,
}

impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { per_second, p99, cpu } = self;
        write!(f, "{per_second:8.0}/s, p99 {:.2} ms", p99.as_secs_f64() * 1000.0)?;
        cpu.map_or(Ok(()), |cpu| write!(f, ", CPU {cpu:.1} µs"))
    }
}

/// Many connections, each asking as soon as it is answered.
fn load(server: &Server, request: &str, length: Option<usize>, until: Until) -> Measured {
    let request: Arc<[u8]> = request.as_bytes().into();
    let (before, begin) = (server.cpu(), Instant::now());
    let port = server.port;
    let threads: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let request = Arc::clone(&request);
            std::thread::spawn(move || client(port, &request, length, until))
        })
        .collect();
    let mut times: Vec<Duration> =
        threads.into_iter().flat_map(|thread| thread.join().expect("a client")).collect();
    let took = begin.elapsed();
    times.sort_unstable();
    let count = times.len();
    #[allow(clippy::cast_precision_loss, reason = "counts of requests are far below 2^52")]
    let requests = count as f64;
    Measured {
        per_second: requests / took.as_secs_f64(),
        p99: times[count * 99 / 100],
        cpu: server.cpu().zip(before).map(|(after, before)| (after - before) / requests),
    }
}

#[derive(Clone, Copy)]
enum Until {
    Time(Duration),
    Requests(usize),
}

/// One connection. Where the answer's length is known its head is not looked at, so that the client costs little.
fn client(port: u16, request: &[u8], length: Option<usize>, until: Until) -> Vec<Duration> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    stream.set_nodelay(true).expect("no delay");
    let mut buffer = vec![0; length.unwrap_or(0)];
    let mut times = Vec::new();
    let begin = Instant::now();
    loop {
        let sent = Instant::now();
        match length {
            Some(_) => {
                stream.write_all(request).expect("to send");
                stream.read_exact(&mut buffer).expect("to hear");
                assert!(buffer.starts_with(b"HTTP/1.1 2"), "{}", String::from_utf8_lossy(&buffer));
            }
            None => drop(exchange(&mut stream, request, &mut buffer)),
        }
        times.push(sent.elapsed());
        let over = match until {
            Until::Time(time) => begin.elapsed() >= time,
            Until::Requests(count) => times.len() >= count / CONNECTIONS,
        };
        if over {
            return times;
        }
    }
}

fn measure(arguments: &[String]) {
    let number = |index: usize, default: u64| {
        arguments.get(index).and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let time = Until::Time(Duration::from_secs(number(0, 3)));
    let mock = Server::start(&["mock"]);
    let idle = mock.memory();
    let (read, list, create) = (ask("/books/book-7"), ask("/books"), create());
    let bodies = [&read, &list, &create].map(|request| mock.answer(request).0);
    let typed = Server::start(&["typed"]);
    let known = Server::start(&["known", &bodies[0], &bodies[1], &bodies[2]]);
    let beside = [("typed handler", &typed), ("known bytes", &known)];
    let bare = typed.memory();
    for (name, request, body) in
        [("read one", &read, &bodies[0]), ("list 50", &list, &bodies[1]), ("create", &create, &bodies[2])]
    {
        let (_, length) = mock.answer(request);
        let ours = load(&mock, request, Some(length), time);
        println!("{name:9} {ours}");
        for (what, server) in beside {
            let (theirs, length) = server.answer(request);
            // Each one makes identifiers of its own.
            let same = if name == "create" { theirs.len() == body.len() } else { theirs == *body };
            assert!(same, "{name}: {what} answers {theirs} and not {body}");
            let theirs = load(server, request, Some(length), time);
            let cpu = ours
                .cpu
                .zip(theirs.cpu)
                .map_or(String::new(), |(ours, theirs)| format!(", {:.2} by CPU time", theirs / ours));
            println!("  {what:13} {theirs}: {:.2} of it{cpu}", ours.per_second / theirs.per_second);
        }
    }
    let count = usize::try_from(number(1, 1_000_000)).unwrap_or(usize::MAX);
    drop((mock, typed, known));
    // A fresh server: what was created above would count as memory.
    let mock = Server::start(&["mock"]);
    load(&mock, &read, None, Until::Requests(count));
    println!("memory idle: {}; a typed handler in the same program: {}", shown(idle), shown(bare));
    println!("memory after {count} requests: {}", shown(mock.memory()));
}

fn shown(memory: Option<Memory>) -> String {
    memory.map_or("unknown".to_owned(), |Memory { resident, private }| {
        format!(
            "{resident:.1} MB, of which {private:.1} are its own and the rest pages of the program's file"
        )
    })
}
