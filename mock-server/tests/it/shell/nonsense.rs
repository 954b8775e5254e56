//! What no client should send: never a panic, never a 500 of our own making, and the server goes on.

use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::Method;
use tercet_mock_server::MockServer;

use super::support::{LIBRARY, answer, builder, raw, request};

static PANICS: AtomicUsize = AtomicUsize::new(0);
static HOOK: Once = Once::new();

/// Counts panics on the server's threads. Those of failing tests are told as ever.
fn count_panics() {
    HOOK.call_once(|| {
        let told = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let file = panic.location().map_or("", |place| place.file());
            if !file.contains("tests/it") {
                PANICS.fetch_add(1, Ordering::SeqCst);
            }
            told(panic);
        }));
    });
}

async fn server() -> MockServer {
    count_panics();
    builder(LIBRARY).set("LIMIT", "8mb").start().await.unwrap()
}

async fn still_well(server: &MockServer) {
    assert_eq!(PANICS.load(Ordering::SeqCst), 0);
    assert_eq!(answer(request(server, Method::GET, "/books")).await.0, 200);
    let failed: Vec<_> =
        server.journal().into_iter().filter(|entry| entry.response.status >= Some(500)).collect();
    assert!(failed.is_empty(), "{failed:?}");
}

/// Bytes that are the same in every run (xorshift, Marsaglia 2003).
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut step = || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        x.to_le_bytes()[3]
    };
    (0..length).map(|_| step()).collect()
}

#[tokio::test]
async fn random_bytes() {
    let server = server().await;
    for seed in 1..60 {
        let answer = raw(&server, noise(seed, 40 * usize::try_from(seed).unwrap())).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    for seed in 1..60 {
        // The same as a target, as a header and as bodies of every kind.
        let mut target = b"GET /v1/".to_vec();
        target.extend(noise(seed, 60).into_iter().filter(|byte| !byte.is_ascii_whitespace()));
        target.extend(b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let heard = raw(&server, target).await;
        assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 4"), "{heard}");
        for media in
            ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a"]
        {
            let sent = request(&server, Method::POST, "/books").header("Content-Type", media);
            let status = sent.body(noise(seed, 500)).send().await.unwrap().status().as_u16();
            assert!((400..500).contains(&status), "{media} {status}");
        }
    }
    still_well(&server).await;
}

#[tokio::test]
async fn deep_and_huge_json() {
    let server = server().await;
    let deep = 100_000;
    let bodies = [
        format!("{}{}", "[".repeat(deep), "]".repeat(deep)),
        "[".repeat(deep),
        "{\"title\":".repeat(deep),
        format!("{{\"title\":\"ab\",\"tags\":{}{}}}", "[".repeat(deep), "]".repeat(deep)),
        format!("{{\"title\":\"ab\",\"pages\":{}}}", "9".repeat(deep)),
        "{\"title\":\"ab\",\"pages\":1e400}".to_owned(),
        "{\"title\":\"\\ud800\"}".to_owned(),
        format!("{{\"tags\":[{}\"\"]}}", "0,".repeat(20_000)),
    ];
    for body in bodies {
        let start: String = body.chars().take(40).collect();
        let sent = request(&server, Method::POST, "/books").header("Content-Type", "application/json");
        let (status, _) = answer(sent.body(body)).await;
        assert_eq!(status, 400, "{start}");
    }
    let form = format!("title{}=1", "[a]".repeat(deep));
    let sent = request(&server, Method::POST, "/books")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form);
    assert_eq!(answer(sent).await.0, 400);
    still_well(&server).await;
}

#[tokio::test]
async fn integers_beyond_64_bits() {
    let server = server().await;
    for id in
        ["18446744073709551616", "-9223372036854775809", &"9".repeat(400), "1e3", "00", "-0", "--1", "٣"]
    {
        let status = answer(request(&server, Method::GET, &format!("/books/{id}"))).await.0;
        assert_eq!(status, 404, "{id}");
    }
    still_well(&server).await;
}

#[tokio::test]
async fn texts_that_are_not_utf8() {
    let server = server().await;
    let cases: [&[u8]; 4] = [
        b"GET /v1/books/%FF%FE HTTP/1.1\r\nHost: x\r\n",
        b"GET /v1/books?kind=%C3%28 HTTP/1.1\r\nHost: x\r\n",
        b"GET /v1/books HTTP/1.1\r\nHost: x\r\nX-Mock-Namespace: \xff\xfe\r\n",
        b"GET /v1/books HTTP/1.1\r\nHost: x\r\nAccept: \xff\xfe\r\nCookie: \xff=\xfe\r\nPrefer: code=\xff\r\nX-Key: \xff\r\n",
    ];
    for case in cases {
        let mut bytes = case.to_vec();
        bytes.extend(b"Connection: close\r\n\r\n");
        let heard = raw(&server, bytes).await;
        assert!(heard.starts_with("HTTP/1.1 4"), "{}: {heard}", String::from_utf8_lossy(case));
    }
    let sent = request(&server, Method::POST, "/books").header("Content-Type", "application/json");
    let body: &'static [u8] = b"{\"title\":\"\xff\xfe\"}";
    assert_eq!(answer(sent.body(body)).await.0, 400);
    still_well(&server).await;
}

#[tokio::test]
async fn ten_thousand_headers_and_a_very_long_line() {
    let server = server().await;
    let mut many = b"GET /v1/books HTTP/1.1\r\nHost: x\r\n".to_vec();
    for number in 0..10_000 {
        many.extend(format!("X-{number}: {number}\r\n").bytes());
    }
    many.extend(b"\r\n");
    let heard = raw(&server, many).await;
    assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 431"), "{heard}");
    let heard = raw(&server, format!("GET /v1/{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(1_000_000))).await;
    assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 4"), "{heard:.200}");
    still_well(&server).await;
}

#[tokio::test]
async fn a_client_that_closes_its_half_still_hears() {
    let server = server().await;
    // `raw` closes its half at once.
    let heard = raw(&server, "GET /v1/books HTTP/1.1\r\nHost: x\r\nX-Key: Desk desk-key-0001\r\n\r\n").await;
    assert!(heard.starts_with("HTTP/1.1 200"), "{heard}");
    let torn = "POST /v1/books HTTP/1.1\r\nHost: x\r\nX-Key: Desk desk-key-0001\r\n\
                Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"title\"";
    let heard = raw(&server, torn).await;
    assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 4"), "{heard}");
    still_well(&server).await;
}

#[tokio::test]
async fn a_body_that_stops_coming_is_given_up() {
    count_panics();
    let patience = std::time::Duration::from_millis(50);
    let server = builder(LIBRARY).patience(patience).start().await.unwrap();
    let port = server.port();
    let talk = tokio::task::spawn_blocking(move || {
        use std::io::{Read, Write};
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
        let head = "POST /v1/books HTTP/1.1\r\nHost: x\r\nX-Key: Desk desk-key-0001\r\n\
                    Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    let heard = talk.await.unwrap();
    assert!(heard.starts_with("HTTP/1.1 400") && heard.contains("nothing came"), "{heard}");
    still_well(&server).await;
}
