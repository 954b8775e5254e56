//! A server starts, remembers, and is gone.

use reqwest::Method;
use serde_json::json;

use super::support::{answer, library, request};

#[tokio::test]
async fn what_is_written_can_be_read() {
    let server = library().await;
    let body = json!({ "title": "Emilia", "kind": "play", "isbn": "dropped", "pages": null });
    let made = answer(request(&server, Method::POST, "/books").json(&body)).await;
    assert_eq!(made, (201, json!({ "id": 2, "title": "Emilia", "kind": "play" })));
    assert_eq!(answer(request(&server, Method::GET, "/books/2")).await, (200, made.1));
    let gone = answer(request(&server, Method::DELETE, "/books/2")).await;
    assert_eq!(gone.0, 204);
    assert_eq!(answer(request(&server, Method::GET, "/books/2")).await.0, 404);
    server.reset();
    assert_eq!(answer(request(&server, Method::GET, "/books")).await.1.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_stopped_server_listens_no_longer() {
    let server = library().await;
    let port = server.port();
    server.stop().await.unwrap();
    assert!(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err());
}
