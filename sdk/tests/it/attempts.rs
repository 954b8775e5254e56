//! What is safe to repeat is repeated, and nothing else; the requests are counted.

use serde_json::json;
use tercet_sdk::CallOptions;
use tercet_sdk::tooljet::types::{CreateUser, UpdateUserRole};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::ResponseTemplate;

use crate::support::{answering, answering_in_turn, client, client_at, requests, user};

#[tokio::test]
async fn a_get_is_repeated_until_it_succeeds() {
    for status in [408, 425, 429, 502, 503, 504] {
        let ok = ResponseTemplate::new(200).set_body_json(user());
        let server =
            answering_in_turn(vec![ResponseTemplate::new(status), ResponseTemplate::new(status), ok]).await;
        let john = client(&server).get_user("x").await;
        // Undeclared statuses are looked at before they are called undeclared.
        assert_eq!(john.unwrap().attempts(), 3, "{status}");
        assert_eq!(requests(&server).await.len(), 3, "{status}");
    }
}

#[tokio::test]
async fn attempts_end() {
    let server = answering(ResponseTemplate::new(503)).await;
    let error = client(&server).get_user("x").await.unwrap_err();
    assert_eq!((error.attempts(), requests(&server).await.len()), (3, 3));
    assert!(error.to_string().contains("after 3 attempts"), "{error}");

    let error = client(&server).get_user("x").with(&CallOptions::new().attempts(1)).await.unwrap_err();
    assert_eq!((error.attempts(), requests(&server).await.len()), (1, 4));
}

#[tokio::test]
async fn what_is_final_is_not_repeated() {
    for status in [400, 401, 403, 404, 409, 500, 501] {
        let server = answering(ResponseTemplate::new(status)).await;
        client(&server).get_user("x").await.unwrap_err();
        assert_eq!(requests(&server).await.len(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_post_is_sent_once_whatever_happens() {
    for status in [408, 429, 502, 503, 504] {
        let server = answering(ResponseTemplate::new(status)).await;
        client(&server).create_user(CreateUser::new("a", "b", [])).await.unwrap_err();
        assert_eq!(requests(&server).await.len(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_put_is_idempotent_and_keeps_its_body() {
    let server = answering_in_turn(vec![ResponseTemplate::new(503), ResponseTemplate::new(200)]).await;
    let done =
        client(&server).update_user_role("w", UpdateUserRole::new("admin").email("a@b.c")).await.unwrap();
    assert_eq!(done.attempts(), 2);
    let bodies: Vec<_> = requests(&server).await.into_iter().map(|request| request.body).collect();
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&bodies[0]).unwrap(),
        json!({ "newRole": "admin", "email": "a@b.c" })
    );
}

#[tokio::test]
async fn retry_after_is_obeyed_or_ends_the_call() {
    let ok = ResponseTemplate::new(200).set_body_json(user());
    let soon = ResponseTemplate::new(503).insert_header("retry-after", "0");
    let server = answering_in_turn(vec![soon, ok.clone()]).await;
    assert_eq!(client(&server).get_user("x").await.unwrap().attempts(), 2);

    let past = ResponseTemplate::new(429).insert_header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
    let server = answering_in_turn(vec![past, ok.clone()]).await;
    assert_eq!(client(&server).get_user("x").await.unwrap().attempts(), 2);

    // More than the longest pause: the caller decides.
    let later = ResponseTemplate::new(503).insert_header("retry-after", "3600");
    let server = answering_in_turn(vec![later, ok]).await;
    let error = client(&server).get_user("x").await.unwrap_err();
    assert_eq!((error.attempts(), requests(&server).await.len()), (1, 1));
    assert_eq!(error.headers().unwrap()["retry-after"], "3600");
}

/// A server that reads a request, gives `answer`, and hangs up; how many it got is known when it is asked.
async fn hanging_up(answer: &'static [u8]) -> (String, std::sync::Arc<std::sync::atomic::AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counted = std::sync::Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = [0; 4096];
            if stream.read(&mut buffer).await.unwrap_or(0) > 0 {
                counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            }
            let _ = stream.write_all(answer).await;
        }
    });
    (address, count)
}

#[tokio::test]
async fn a_lost_connection_is_repeated_only_where_it_is_safe() {
    let (address, count) = hanging_up(b"").await;
    let error = client_at(&address).get_user("x").await.unwrap_err();
    assert!(matches!(error.failure(), tercet_sdk::Failure::Transport(_)), "{error:?}");
    assert_eq!(count.load(std::sync::atomic::Ordering::SeqCst), 3);

    let (address, count) = hanging_up(b"").await;
    client_at(&address).create_user(CreateUser::new("a", "b", [])).await.unwrap_err();
    assert_eq!(count.load(std::sync::atomic::Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_body_that_breaks_off_keeps_what_came() {
    let (address, count) =
        hanging_up(b"HTTP/1.1 200 OK\r\nx-request-id: r-9\r\ncontent-length: 1000\r\n\r\n{\"id\":").await;
    let error = client_at(&address).get_user("x").await.unwrap_err();
    assert!(
        matches!(error.failure(), tercet_sdk::Failure::Unreadable(why) if why.contains("breaks off")),
        "{error:?}"
    );
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!((error.text().as_deref(), error.request_id()), (Some("{\"id\":"), Some("r-9")));
    assert_eq!(count.load(std::sync::atomic::Ordering::SeqCst), 3);
}
