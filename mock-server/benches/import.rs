//! A large import of an application: how long it takes and how much memory, beside the size of its document; and what the
//! program has in memory before anybody asks it anything.
//!
//! `cargo bench -p tercet-mock-server --bench import [-- MEGABYTES]`: the size of the document (49; the platform's limit is
//! 50). Memory is read from `/proc` (Linux; elsewhere it is not shown).

#![allow(clippy::print_stdout, reason = "it prints what it measured")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Instant;

use self::large_document::document;

#[path = "../tests/it/tooljet/large_document.rs"]
mod large_document;

const WORKSPACE: &str = "a831db72-c3d2-4b36-a98e-0023ffb15e66";
const CREDENTIAL: &str = "Basic tooljet-demo-token";
const MEGABYTE: usize = 1024 * 1024;

struct Program {
    child: Child,
    /// Kept open: it logs.
    _log: BufReader<ChildStderr>,
    address: String,
    /// Milliseconds until it said where it listens.
    started: f64,
}

impl Program {
    fn start(name: &str) -> Self {
        let begin = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_mock-server"));
        command.args([name, "--port", "0"]).env_remove("RUST_LOG").stderr(Stdio::piped());
        let mut child = command.spawn().expect("a process");
        let mut log = BufReader::new(child.stderr.take().expect("its log"));
        let mut line = String::new();
        let address = loop {
            line.clear();
            assert!(log.read_line(&mut line).expect("a line") > 0, "it ended");
            if let Some(address) = line.trim().strip_prefix("address") {
                break address.trim().trim_start_matches("http://").to_owned();
            }
        };
        Self { child, _log: log, address, started: begin.elapsed().as_secs_f64() * 1000.0 }
    }

    /// A line of `/proc/PID/status` in megabytes.
    fn memory(&self, what: &str) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line =
            status.lines().find(|line| line.strip_prefix(what).is_some_and(|rest| rest.starts_with(':')))?;
        line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
    }

    fn idle(&self, name: &str) {
        let shown =
            |what| self.memory(what).map_or("unknown".to_owned(), |megabytes| format!("{megabytes:.1} MB"));
        println!(
            "{name}: listens after {:.1} ms; idle {} of its own and {} of the program's file",
            self.started,
            shown("RssAnon"),
            shown("RssFile"),
        );
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn main() {
    let megabytes = std::env::args().filter_map(|one| one.parse().ok()).next().unwrap_or(49usize);
    let sample = document(1000).len();
    let body = document(megabytes * MEGABYTE * 1000 / sample);
    let program = Program::start("tooljet");
    program.idle("tooljet");
    let before = program.memory("VmHWM");
    let begin = Instant::now();
    let mut stream = TcpStream::connect(&program.address).expect("a connection");
    let head = format!(
        "POST /api/ext/import/workspace/{WORKSPACE}/apps HTTP/1.1\r\nHost: x\r\nAuthorization: {CREDENTIAL}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("to send");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("to hear");
    let took = begin.elapsed();
    assert!(answer.starts_with("HTTP/1.1 201"), "{}", answer.lines().next().unwrap_or_default());
    #[allow(clippy::cast_precision_loss, reason = "megabytes are far below 2^52")]
    let size = body.len() as f64 / MEGABYTE as f64;
    println!("an import of {size:.1} MB: {:.2} s", took.as_secs_f64());
    if let (Some(before), Some(peak), Some(after)) =
        (before, program.memory("VmHWM"), program.memory("VmRSS"))
    {
        println!(
            "its memory: {:.0} MB at most, {:.1} times its size; {:.0} MB once it is in",
            peak - before,
            (peak - before) / size,
            after - before,
        );
    }
    drop(program);
    Program::start("baserow").idle("baserow");
}
