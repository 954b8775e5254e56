//! Bodies that are too large, refused before they are read and while they arrive.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use super::support::{LIBRARY, answer, builder, library, request};

#[tokio::test]
async fn the_limit_is_exact() {
    let server = library().await;
    for (length, expected) in [(1024, 201), (1025, 413)] {
        let shell = json!({ "title": "" }).to_string().len();
        let body = json!({ "title": "x".repeat(length - shell) });
        let (status, body) = answer(request(&server, Method::POST, "/books").json(&body)).await;
        assert_eq!(status, expected, "{length}: {body}");
    }
    let entry = server.journal().pop().unwrap();
    assert_eq!(entry.outcome, "too-large");
    assert!(entry.refused.unwrap().rule.unwrap().starts_with("library.yaml:"));
}

#[tokio::test]
async fn a_body_announced_too_large_is_refused_unread() {
    let server = library().await;
    let port = server.port();
    let talk = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let head = "POST /v1/books HTTP/1.1\r\nHost: x\r\nX-Key: Desk desk-key-0001\r\n\
                    Content-Type: application/json\r\nContent-Length: 53477376\r\nExpect: 100-continue\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        // Not a byte of the body is sent.
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    });
    assert_eq!(talk.await.unwrap(), "HTTP/1.1 413");
}

#[tokio::test]
async fn a_chunked_body_is_refused_when_it_grows_too_large() {
    let server = library().await;
    let chunk = vec![b' '; 64 * 1024];
    // It never says how long it is going to be, and it is 51 MB.
    let chunks = (0..816).map(move |_| Ok::<_, std::io::Error>(chunk.clone()));
    let body = reqwest::Body::wrap_stream(futures::stream::iter(chunks));
    let sent = request(&server, Method::POST, "/books").header("Content-Type", "application/json").body(body);
    assert_eq!(answer(sent).await.0, 413);
}

#[tokio::test]
async fn real_51_megabytes_take_bounded_memory() {
    let server = builder(LIBRARY).set("LIMIT", "50mb").start().await.unwrap();
    let body = format!("{{\"title\":\"{}\"}}", "x".repeat(51 * 1024 * 1024));
    let body = bytes::Bytes::from(body);
    let before = peak();
    for _ in 0..4 {
        let sent = request(&server, Method::POST, "/books").header("Content-Type", "application/json");
        assert_eq!(answer(sent.body(body.clone())).await.0, 413);
    }
    match (before, peak()) {
        (Some(before), Some(after)) => {
            // The client's copy is there before. Other tests run beside this one: the bound is generous, and still far
            // below the 204 MB that were sent.
            assert!(after - before < 64 * 1024, "grew by {} kB", after - before);
        }
        _ => eprintln!("this system has no /proc: memory was not measured"),
    }
}

/// The most memory this process ever had, in kB; `None` where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[tokio::test]
async fn an_endless_upload_by_a_stranger_or_to_nowhere_is_not_waited_for() {
    let server = builder(LIBRARY).patience(Duration::from_secs(3600)).start().await.unwrap();
    let port = server.port();
    let talk = |path: &'static str, key: &'static str| {
        tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: x\r\nX-Key: {key}\r\nContent-Type: application/json\r\n\
                 Transfer-Encoding: chunked\r\n\r\n2\r\n{{\"\r\n"
            );
            // One chunk, and no more is ever sent.
            stream.write_all(head.as_bytes()).unwrap();
            let mut answer = [0; 12];
            stream.read_exact(&mut answer).unwrap();
            String::from_utf8_lossy(&answer).into_owned()
        })
    };
    assert_eq!(talk("/v1/books", "Desk somebody-else").await.unwrap(), "HTTP/1.1 401");
    assert_eq!(talk("/v1/nowhere", "Desk desk-key-0001").await.unwrap(), "HTTP/1.1 404");
    let stages: Vec<_> = server.journal().into_iter().map(|entry| entry.refused.unwrap().stage).collect();
    assert_eq!(stages, ["authenticate", "route"]);
}

#[tokio::test]
async fn a_refused_upload_hears_why() {
    // A client that sends all before it listens must still get the answer, not a closed connection.
    let server = library().await;
    let body = vec![b' '; 8 * 1024 * 1024];
    let mut request = format!(
        "POST /v1/books HTTP/1.1\r\nHost: x\r\nX-Key: Desk desk-key-0001\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    request.extend(body);
    let answer = super::support::raw(&server, request).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer:.100}");
}
