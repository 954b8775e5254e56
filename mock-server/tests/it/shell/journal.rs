//! What the journal tells, and what it keeps to itself.

use reqwest::Method;
use serde_json::json;
use tercet_mock_server::Entry;

use super::support::{LIBRARY, answer, builder, library, request};

#[tokio::test]
async fn an_exchange_is_told_whole() {
    let server = library().await;
    answer(request(&server, Method::POST, "/books").json(&json!({ "title": "Emilia" }))).await;
    let entries = server.journal();
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!(
        (entry.number, entry.operation.as_deref(), entry.outcome.as_str()),
        (1, Some("addBook"), "ok")
    );
    assert_eq!(entry.request.method.as_deref(), Some("POST"));
    assert_eq!(entry.request.url.as_deref(), Some("/v1/books"));
    assert_eq!(entry.request.body, Some(json!({ "title": "Emilia" })));
    assert_eq!(entry.response.status, Some(201));
    assert_eq!(entry.response.body, Some(json!({ "id": 2, "title": "Emilia" })));
    assert_eq!(entry.refused, None);
}

#[tokio::test]
async fn secrets_are_masked_wherever_they_stand() {
    let server = library().await;
    let body = json!({ "title": "the word desk-key-0001", "secret": "under-the-mat" });
    answer(request(&server, Method::POST, "/books").json(&body).header("Cookie", "session=crumbs")).await;
    answer(request(&server, Method::GET, "/books?kind=desk-key-0001")).await;
    let broken = request(&server, Method::POST, "/books").header("Content-Type", "application/json");
    answer(broken.body("{\"secret\": \"under-the-mat\"")).await;
    let entries: Vec<Entry> = server.journal();
    assert_eq!(entries.len(), 3);
    let text = serde_json::to_string(&entries).unwrap();
    for secret in ["desk-key-0001", "under-the-mat", "crumbs"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert_eq!(entries[0].request.body, Some(json!({ "title": "the word ***", "secret": "***" })));
    assert!(!format!("{:?}", server.credentials()).contains("desk-key-0001"));
}

#[tokio::test]
async fn it_is_bounded_in_entries_and_in_bytes() {
    let server = builder(LIBRARY).journal(3, 1 << 20).set("LIMIT", "1mb").start().await.unwrap();
    for _ in 0..5 {
        answer(request(&server, Method::GET, "/books")).await;
    }
    let numbers: Vec<_> = server.journal().iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, [3, 4, 5]);

    let server = builder(LIBRARY).journal(1000, 64 * 1024).set("LIMIT", "1mb").start().await.unwrap();
    for number in 0..20 {
        let title = format!("{number}{}", "x".repeat(100_000));
        answer(request(&server, Method::POST, "/books").json(&json!({ "title": title }))).await;
    }
    let entries = server.journal();
    assert!((1..5).contains(&entries.len()), "{}", entries.len());
    let last = entries.last().unwrap();
    assert_eq!(last.number, 20);
    assert_eq!(last.request.body_length, Some(100_014));
}

#[tokio::test]
async fn no_journal_is_no_journal() {
    let server = builder(LIBRARY).journal(0, 0).start().await.unwrap();
    assert_eq!(answer(request(&server, Method::GET, "/books")).await.0, 200);
    assert_eq!(server.journal(), []);
}
