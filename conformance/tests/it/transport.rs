//! Servers that hang, tear the connection, ask to wait, redirect, or are not there.

use std::time::Duration;

use tercet_conformance::report::Report;
use tercet_conformance::run::{Choice, Trouble, run};
use tercet_conformance::{Identity, Limits, Secret, Target};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::matchers::{any, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{BOARDS, Quiet, document, found_by, reading, session, target, unjudged};

fn someone() -> Vec<Identity> {
    vec![Identity {
        credentials: vec![("token".to_owned(), Secret::new("a-token-000001"))],
        ..Identity::default()
    }]
}

async fn judge(url: &str, limits: Limits) -> Result<Report, Trouble> {
    let reading = reading(&document("boards.yaml", BOARDS));
    let target = Target { limits, ..target(reading.contract(), url, someone()) };
    run(&mut session(&reading, target, 1), &Choice::default(), 1, &Quiet).await
}

#[tokio::test]
async fn nobody_there_is_said_with_a_hint() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let trouble = judge(&url, Limits::default()).await.unwrap_err();
    assert!(trouble.what.contains("does not answer: cannot connect"), "{trouble}");
    assert!(trouble.hint.as_deref().is_some_and(|hint| hint.contains("running")), "{trouble}");
}

#[tokio::test]
async fn plain_http_where_tls_is_expected_is_said() {
    let server = MockServer::start().await;
    let url = server.uri().replace("http://", "https://");
    let trouble = judge(&url, Limits::default()).await.unwrap_err();
    assert!(trouble.what.contains("no secure connection"), "{trouble}");
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let hanging = tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            kept.push(stream);
        }
    });
    let limits = Limits { timeout: Duration::from_millis(100), ..Limits::default() };
    let trouble = judge(&url, limits).await.unwrap_err();
    hanging.abort();
    assert!(trouble.what.contains("nothing complete within 100 ms"), "{trouble}");
    assert!(trouble.hint.as_deref().is_some_and(|hint| hint.contains("--timeout")), "{trouble}");
}

/// Answers GET and tears every other connection.
async fn torn(listener: TcpListener) {
    while let Ok((mut stream, _)) = listener.accept().await {
        tokio::spawn(async move {
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(read @ 1..) = stream.read(&mut buffer).await {
                if !buffer[..read].starts_with(b"GET ") {
                    return;
                }
                let answer =
                    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]";
                if stream.write_all(answer).await.is_err() {
                    return;
                }
            }
        });
    }
}

#[tokio::test]
async fn a_torn_connection_is_a_finding_and_never_a_pass() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(torn(listener));
    let report = judge(&url, Limits::default()).await.unwrap();
    server.abort();
    assert_eq!(report.exit_code(), 1);
    assert!(found_by(&report).contains(&"not_a_server_error"), "{:?}", found_by(&report));
    // After some requests without an answer the run stops asking.
    assert!(
        unjudged(&report, "error").iter().any(|one| one.contains("in a row")),
        "{:?}",
        unjudged(&report, "error")
    );
    assert!(report.requests < 100, "{}", report.requests);
}

#[tokio::test]
async fn after_a_wait_that_is_asked_for_the_request_is_sent_again() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(429).insert_header("Retry-After", "0");
    Mock::given(any()).respond_with(busy).up_to_n_times(1).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(401)).mount(&server).await;
    let trouble = judge(&server.uri(), Limits::default()).await.unwrap_err();
    assert!(trouble.what.contains("refuses the credential"), "{trouble}");
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_unreasonable_wait_ends_the_run() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(429).insert_header("Retry-After", "86400");
    Mock::given(any()).respond_with(busy).mount(&server).await;
    let trouble = judge(&server.uri(), Limits::default()).await.unwrap_err();
    assert!(trouble.what.contains("wait longer"), "{trouble}");
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn redirects_are_judged_and_not_followed() {
    let server = MockServer::start().await;
    let elsewhere = MockServer::start().await;
    let away = ResponseTemplate::new(302).insert_header("Location", elsewhere.uri().as_str());
    Mock::given(any()).respond_with(away).mount(&server).await;
    Mock::given(method("GET")).respond_with(ResponseTemplate::new(200)).mount(&elsewhere).await;
    let report = judge(&server.uri(), Limits::default()).await.unwrap();
    assert!(found_by(&report).contains(&"status_code_conformance"), "{:?}", found_by(&report));
    assert_eq!(elsewhere.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_refused_credential_stops_the_run_after_one_request() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(401).set_body_string("who are you?"))
        .mount(&server)
        .await;
    let trouble = judge(&server.uri(), Limits::default()).await.unwrap_err();
    assert!(
        trouble.what.contains("refuses the credential") && trouble.what.contains("who are you?"),
        "{trouble}"
    );
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}
