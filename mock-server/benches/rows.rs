//! How a page of Baserow's rows grows with its table: filtered by one field, ordered by another, out of 1,000 rows and out of
//! 100,000, over HTTP and in one run.
//!
//! `cargo bench -p tercet-mock-server --bench rows [-- LARGEST]`. Times are of one machine: the ratio counts. With `db_index`
//! the product keeps an index from the moment it is asked to; without, ours is built by the first listing that has a use for
//! it, which is why that one is shown for itself.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use tercet_mock_server::MockServer;
use tercet_mock_server::entropy::{Clock, Timestamp};

const SMALL: usize = 1_000;
const BATCH: usize = 200;
const PAGE: usize = 100;
const TIMES: usize = 51;

/// Filters of which the first fits every tenth row, the second half of them: with a page of 100 from either table. Those that
/// need a look at each row come last. Before each listing of a case that says so, one row of the table is changed.
const CASES: [(&str, &str, bool); 7] = [
    ("ordered by a text", "order_by=-Name", false),
    ("equal, ordered by a number", "filter__Kind__equal=kind%207&order_by=Rank", false),
    ("range, ordered by a text", "filter__Rank__lower_than=HALF&order_by=-Name", false),
    ("the same in the middle", "filter__Rank__lower_than=HALF&order_by=-Name&page=MIDDLE", false),
    (
        "two filters and two fields",
        "filter__Kind__equal=kind%207&filter__Rank__lower_than=HALF&order_by=Kind,-Rank",
        false,
    ),
    ("contains, ordered by a number", "filter__Name__contains=7&order_by=-Rank", false),
    ("contains, after a change", "filter__Name__contains=7&order_by=-Rank", true),
];

struct Bench {
    client: Client,
    server: MockServer,
    token: String,
}

impl Bench {
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request =
            self.client.request(method, format!("{}/{path}", self.server.url().trim_end_matches('/')));
        if self.token.is_empty() {
            request
        } else {
            request.header("Authorization", format!("JWT {}", self.token))
        }
    }

    async fn send(&self, request: RequestBuilder) -> Value {
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{status}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    async fn start() -> (Self, u64) {
        // Time stands still, so that no token ends.
        let clock = Clock::manual(Timestamp::parse("2026-01-01T00:00:00.000Z").unwrap());
        let server = tercet_mock_server::baserow().clock(clock).start().await.unwrap();
        let mut bench = Self { client: Client::new(), server, token: String::new() };
        let person = json!({ "name": "Ann", "email": "bench@localhost.com", "password": "your_password", "authenticate": true });
        let signed_in = bench.post("api/user/", person).await;
        bench.token = signed_in["token"].as_str().unwrap().to_owned();
        let workspace = bench.post("api/workspaces/", json!({ "name": "Bench" })).await;
        let path = format!("api/applications/workspace/{}/", workspace["id"]);
        let database = bench.post(&path, json!({ "name": "Bench", "type": "database" })).await;
        (bench, database["id"].as_u64().unwrap())
    }

    /// A table of so many rows in no order, and how long filling it took.
    async fn table(&self, database: u64, rows: usize) -> (u64, Duration) {
        let path = format!("api/database/tables/database/{database}/");
        let body = json!({ "name": format!("{rows}"), "data": [["Name"]], "first_row_header": true });
        let table = self.post(&path, body).await["id"].as_u64().unwrap();
        for (name, kind) in [("Kind", "text"), ("Rank", "number")] {
            let path = format!("api/database/fields/table/{table}/");
            self.post(&path, json!({ "name": name, "type": kind })).await;
        }
        let path = format!("api/database/rows/table/{table}/batch/?user_field_names");
        let begin = Instant::now();
        for first in (0..rows).step_by(BATCH) {
            let row = |number: usize| {
                // The factors have no divisor in common with a power of ten: every number once, in two orders.
                let (mixed, other) = (number * 7_919 % rows, number * 3_571 % rows);
                json!({ "Name": format!("name {other:06}"), "Kind": format!("kind {}", number % 10), "Rank": mixed })
            };
            let items: Vec<_> = (first..(first + BATCH).min(rows)).map(row).collect();
            self.post(&path, json!({ "items": items })).await;
        }
        (table, begin.elapsed())
    }

    async fn list(&self, table: u64, query: &str) -> (Duration, Value) {
        let path = format!("api/database/rows/table/{table}/?user_field_names&size={PAGE}&{query}");
        let begin = Instant::now();
        let answer = self.send(self.request(Method::GET, &path)).await;
        (begin.elapsed(), answer)
    }

    async fn index(&self, table: u64) -> Duration {
        let path = format!("api/database/fields/table/{table}/");
        let fields = self.send(self.request(Method::GET, &path)).await;
        let begin = Instant::now();
        for field in fields.as_array().unwrap() {
            let path = format!("api/database/fields/{}/", field["id"]);
            self.send(self.request(Method::PATCH, &path).json(&json!({ "db_index": true }))).await;
        }
        begin.elapsed()
    }
}

struct Measured {
    first: Duration,
    median: Duration,
    count: u64,
}

impl Bench {
    async fn measure(&self, table: u64, rows: usize, query: &str, change: bool) -> Measured {
        let middle = (rows / 4).div_ceil(PAGE);
        let query = query.replace("HALF", &(rows / 2).to_string()).replace("MIDDLE", &middle.to_string());
        let (first, answer) = self.list(table, &query).await;
        let count = answer["count"].as_u64().unwrap();
        let shown = answer["results"].as_array().unwrap().len() as u64;
        assert!(shown > 0, "{query}: {shown} of {count}");
        let mut times = Vec::with_capacity(TIMES);
        for time in 0..TIMES {
            if change {
                let path = format!("api/database/rows/table/{table}/{}/?user_field_names", time + 1);
                let body = json!({ "Name": format!("name 7 {time}") });
                self.send(self.request(Method::PATCH, &path).json(&body)).await;
            }
            times.push(self.list(table, &query).await.0);
        }
        times.sort_unstable();
        Measured { first, median: times[TIMES / 2], count }
    }

    async fn all(&self, table: u64, rows: usize) -> Vec<Measured> {
        let mut all = Vec::new();
        for (_, query, change) in CASES {
            all.push(self.measure(table, rows, query, change).await);
        }
        all
    }
}

fn ratio(large: Duration, small: Duration) -> f64 {
    large.as_secs_f64() / small.as_secs_f64()
}

/// One table, without an index and then with one.
async fn run(rows: usize, text: &mut String) -> [Vec<Measured>; 2] {
    let (bench, database) = Bench::start().await;
    let (table, filled) = bench.table(database, rows).await;
    let plain = bench.all(table, rows).await;
    drop(bench);
    // Another server: what the first has built would count.
    let (bench, database) = Bench::start().await;
    let (table, _) = bench.table(database, rows).await;
    let indexing = bench.index(table).await;
    let indexed = bench.all(table, rows).await;
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "{rows} rows: filled in {filled:.1?}, three indexes built in {indexing:.1?}");
    [plain, indexed]
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1).filter(|one| !one.starts_with("--"));
    let largest = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let mut text = String::new();
    let small = run(SMALL, &mut text).await;
    let large = run(largest, &mut text).await;
    print!("{text}");
    for (title, (small, large)) in ["without db_index", "with db_index"].iter().zip(small.iter().zip(&large))
    {
        println!(
            "{title}: median (first) of {SMALL} rows, of {largest}, and how many times the one the other is"
        );
        for ((name, ..), (small, large)) in CASES.iter().zip(small.iter().zip(large)) {
            println!(
                "  {name:30} {:8.2?} ({:8.2?}) of {:5}  {:8.2?} ({:8.2?}) of {:6}  {:6.1} ({:.1})",
                small.median,
                small.first,
                small.count,
                large.median,
                large.first,
                large.count,
                ratio(large.median, small.median),
                ratio(large.first, small.first),
            );
        }
    }
}
