//! The engine alone, without HTTP: nanoseconds for a request, and how they grow from 1,000 to 1,000,000 records.
//!
//! `cargo bench -p tercet-mock-server --bench engine [-- LARGEST]`; ratios are of one run on one machine.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::cast_precision_loss)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tercet_mock_server::engine::{Callers, Engine, EngineOptions};
use tercet_mock_server::inputs::Inputs;
use tercet_mock_server::state::{State, Transaction};
use tercet_spec::Document;

const DOCUMENT: &str = r"
openapi: 3.0.3
info: { title: Bench, version: '1' }
x-conduct: { responses: { not-found: { status: 404, response: { description: none } }, invalid: { status: 400, response: { description: no } }, conflict: { status: 409, response: { description: twice } } } }
x-collections:
  teams: { schema: Team }
  users: { schema: User, unique: [ email ], ignore-case: [ email ] }
paths:
  /teams: { post: { operationId: createTeam, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Team' } } } }, responses: { '201': { description: made } }, x-effect: { create: { in: teams } } } }
  /users:
    post:
      operationId: create
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
      responses: { '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/UserView' } } } } }
      x-effect: { create: { in: users } }
    get:
      operationId: list
      parameters:
        - { name: team, in: query, schema: { type: string } }
        - { name: name, in: query, schema: { type: string } }
        - { name: rank, in: query, schema: { type: integer } }
        - { name: sort, in: query, schema: { type: string } }
        - { name: page, in: query, schema: { type: integer } }
      responses: { '200': { description: ok, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/UserView' } } } } } }
      x-effect:
        list:
          in: users
          where: { team: $request.query.team, name: { search: $request.query.name }, rank: { minimum: $request.query.rank } }
          sort: [ { by: $request.query.sort } ]
          page: { number: $request.query.page, size: 50 }
  /users/all:
    post:
      operationId: createAll
      requestBody: { content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/User' } } } } }
      responses: { '204': { description: made } }
      x-effect: { create: { in: users, each: $request.body } }
  /users/{id}:
    parameters: [ { name: id, in: path, required: true, schema: { type: string } } ]
    get:
      operationId: read
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/UserView' } } } } }
      x-effect: { find: { in: users, where: { anyOf: [ { id: $request.path.id }, { email: $request.path.id } ] } } }
    patch:
      operationId: update
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
      responses: { '200': { description: ok } }
      x-effect: { update: { in: users, where: { id: $request.path.id } } }
components:
  schemas:
    Team: { type: object, properties: { id: { type: string }, name: { type: string } } }
    User:
      type: object
      properties:
        id: { type: string, x-assign: uuid }
        number: { type: integer, x-assign: sequence }
        email: { type: string }
        name: { type: string }
        team: { type: string, x-ref: teams }
        rank: { type: integer }
        created: { type: string, x-assign: now }
    UserView:
      type: object
      properties:
        id: { type: string }
        number: { type: integer }
        email: { type: string }
        name: { type: string }
        rank: { type: integer }
        team: { $ref: '#/components/schemas/Team' }
        created: { type: string }
";

/// No round begins after this.
const LONG: Duration = Duration::from_secs(1);

struct Bench {
    engine: Engine,
    state: State,
}

impl Bench {
    fn new() -> Self {
        let document = Document::parse("bench.yaml", DOCUMENT).unwrap();
        let (contract, _) = tercet_spec::lower(&document);
        let engine = Engine::new(Arc::new(contract), EngineOptions::default()).unwrap();
        let state = engine.initial_state();
        let mut bench = Self { engine, state };
        for team in 0..10 {
            bench.request(
                "createTeam",
                &inputs(&json!({"body": {"id": format!("t{team}"), "name": format!("Team {team}")}})),
            );
        }
        bench
    }

    fn grow(&mut self, to: usize) {
        let one = |number: usize| {
            json!({"email": format!("user{number}@example.com"), "name": format!("User Number {number}"),
                "team": format!("t{}", number % 10), "rank": (number * 7919) % 1_000_003})
        };
        let numbers: Vec<usize> = (self.state.len("users").unwrap()..to).collect();
        // Many in one transaction: it copies nothing that is its own already.
        for part in numbers.chunks(10_000) {
            let body: Value = part.iter().copied().map(one).collect();
            self.request("createAll", &Inputs { body: Some(body), ..Inputs::default() });
        }
    }

    fn request(&mut self, operation: &str, inputs: &Inputs) -> usize {
        let index = self.engine.contract().operations.iter().position(|one| one.id == operation).unwrap();
        let callers = Callers::default();
        let mut tx = Transaction::begin(&self.state);
        let ended = self.engine.apply(&mut tx, index, inputs, &callers);
        if self.engine.writes(index) {
            self.state = tx.commit();
        }
        let answer = self.engine.answer(&self.state, index, inputs, &callers, &ended);
        assert!(answer.status < 300, "{operation}: {}", answer.explanation);
        black_box(answer.body.len())
    }

    /// Nanoseconds of one request: the quickest of five rounds, which is the one the machine disturbed least; of fewer
    /// where they take long.
    fn time(&mut self, operation: &str, rounds: u32, make: impl Fn(u32) -> Value) -> f64 {
        let prepared: Vec<_> = (0..rounds).map(|round| inputs(&make(round))).collect();
        let (mut best, begin) = (f64::MAX, Instant::now());
        for _ in 0..5 {
            let start = Instant::now();
            for one in &prepared {
                self.request(operation, one);
            }
            best = best.min(start.elapsed().as_nanos() as f64 / f64::from(rounds));
            if begin.elapsed() > LONG {
                break;
            }
        }
        best
    }
}

fn inputs(parts: &Value) -> Inputs {
    let map = |name: &str| parts.get(name).and_then(Value::as_object).cloned().unwrap_or_default().into();
    Inputs { path: map("path"), query: map("query"), body: parts.get("body").cloned(), ..Inputs::default() }
}

/// What stands between a call and a server: reading the text, lowering it, making it ready.
fn start_up() {
    let milliseconds = |since: Instant| since.elapsed().as_secs_f64() * 1000.0;
    for platform in tercet_spec::PLATFORMS {
        let begin = Instant::now();
        let (_, document) = tercet_spec::shipped(platform.name).unwrap();
        let read = milliseconds(begin);
        let begin = Instant::now();
        black_box(tercet_spec::lower(&document));
        let checked = milliseconds(begin);
        let begin = Instant::now();
        black_box(tercet_spec::lower_proven(&document));
        let lowered = milliseconds(begin);
        println!(
            "{}: {read:.1} ms to read its text, {lowered:.1} ms to lower it, {checked:.1} ms with every check",
            platform.name
        );
    }
}

fn main() {
    start_up();
    let largest = std::env::args().filter_map(|one| one.parse().ok()).next().unwrap_or(1_000_000usize);
    let mut bench = Bench::new();
    let sizes: Vec<usize> =
        [1_000, 10_000, 100_000, 1_000_000].into_iter().filter(|size| *size <= largest).collect();
    let mut rows: Vec<(&str, Vec<f64>)> = Vec::new();
    for (column, size) in sizes.iter().enumerate() {
        bench.grow(*size);
        let ids: Vec<String> = bench
            .state
            .records("users")
            .step_by(size / 100)
            .map(|one| one.get("id").unwrap().as_str().unwrap().to_owned())
            .collect();
        let id = |round: u32| ids[round as usize % ids.len()].clone();
        let last = (size - 1) as u32;
        let few = if *size > 10_000 { 1 } else { 20 };
        let measured = [
            ("read by key", bench.time("read", 2000, |round| json!({"path": {"id": id(round)}}))),
            (
                "read by e-mail",
                bench.time(
                    "read",
                    2000,
                    |round| json!({"path": {"id": format!("USER{}@example.com", round % last)}}),
                ),
            ),
            ("list 50, first page", bench.time("list", 500, |_| json!({}))),
            ("list 50, in the middle", bench.time("list", 500, |_| json!({"query": {"page": size / 100}}))),
            ("list 50 of a team (index)", bench.time("list", 100, |_| json!({"query": {"team": "t3"}}))),
            (
                "list 50, filter without index",
                bench.time("list", few, |_| json!({"query": {"name": "number 99"}})),
            ),
            ("list 50, sorted", bench.time("list", few, |_| json!({"query": {"sort": "rank"}}))),
            (
                "list 50, nothing matches (scan)",
                bench.time("list", few, |_| json!({"query": {"rank": 99_999_999}})),
            ),
            (
                "update",
                bench.time(
                    "update",
                    500,
                    |round| json!({"path": {"id": id(round)}, "body": {"rank": round}}),
                ),
            ),
        ];
        for (row, (name, nanoseconds)) in measured.into_iter().enumerate() {
            if column == 0 {
                rows.push((name, Vec::new()));
            }
            rows[row].1.push(nanoseconds);
        }
    }
    print!("{:<34}", "nanoseconds for a request, of");
    sizes.iter().for_each(|size| print!("{size:>14}"));
    println!("{:>10}", "growth");
    for (name, row) in rows {
        print!("{name:<34}");
        row.iter().for_each(|one| print!("{one:>14.0}"));
        println!("{:>9.1}x", row.last().unwrap() / row[0]);
    }
}
