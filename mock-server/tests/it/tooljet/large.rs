//! A large import is accepted in memory that is in proportion to it. The program is a process of its own, so that no other
//! test counts.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};

use super::api::CREDENTIAL;
use super::large_document::document;

const WORKSPACE: &str = "a831db72-c3d2-4b36-a98e-0023ffb15e66";

struct Program {
    child: Child,
    /// Kept open: it logs.
    _log: BufReader<ChildStderr>,
    address: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start() -> Program {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mock-server"));
    command.args(["tooljet", "--port", "0"]).env_remove("RUST_LOG").stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    let address = loop {
        line.clear();
        assert!(log.read_line(&mut line).unwrap() > 0, "it ended");
        if let Some(address) = line.trim().strip_prefix("address") {
            break address.trim().to_owned();
        }
    };
    Program { child, _log: log, address }
}

/// The most memory the program ever had, in bytes; `None` where the system does not say.
fn peak(program: &Program) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.child.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

#[tokio::test]
async fn a_large_import_takes_memory_in_proportion() {
    let program = start();
    let body = document(10_000);
    let length = body.len() as u64;
    assert!(length > 6_000_000, "{length}");
    let before = peak(&program);
    let url = format!("{}/api/ext/import/workspace/{WORKSPACE}/apps", program.address);
    let request = reqwest::Client::new().post(url).header("Authorization", CREDENTIAL);
    let answer = request.header("Content-Type", "application/json").body(body).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 201, "{}", answer.text().await.unwrap());
    match (before, peak(&program)) {
        // The text once and as values once: about nine times the text, for JSON values cost more than their text. Each
        // copy of the values would be four to eight times the text more.
        (Some(before), Some(after)) => {
            let grown = after - before;
            assert!(grown < 13 * length, "{grown} bytes for a body of {length}");
        }
        _ => eprintln!("this system has no /proc: memory was not measured"),
    }
}
