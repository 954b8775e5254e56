//! Bodies in the media types that an operation declares, and in others.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::support::{LIBRARY, answer, builder, library, request};

async fn post(server: &tercet_mock_server::MockServer, media: Option<&str>, body: &str) -> (u16, Value) {
    let mut post = request(server, Method::POST, "/books").body(body.to_owned());
    if let Some(media) = media {
        post = post.header("Content-Type", media);
    }
    answer(post).await
}

#[tokio::test]
async fn a_book_arrives_in_every_declared_form() {
    let server = library().await;
    let book = |id: u64| json!({ "id": id, "title": "Wörter & mehr", "tags": ["a", "b"], "pages": 12 });
    let json = r#"{"title":"Wörter & mehr","tags":["a","b"],"pages":12}"#;
    assert_eq!(post(&server, Some("application/json"), json).await, (201, book(2)));
    server.reset();
    assert_eq!(post(&server, Some("Application/JSON; charset=utf-8"), json).await, (201, book(2)));
    server.reset();
    assert_eq!(post(&server, Some("application/json"), &format!("\u{feff}{json}")).await, (201, book(2)));
    server.reset();
    let form = "title=W%C3%B6rter+%26+mehr&tags=a&tags=b&pages=12";
    assert_eq!(post(&server, Some("application/x-www-form-urlencoded"), form).await, (201, book(2)));
    server.reset();
    let form = Form::new()
        .text("title", "Wörter & mehr")
        .text("tags", "a")
        .text("tags", "b")
        .part("pages", Part::text("12").mime_str("application/json").unwrap());
    let sent = request(&server, Method::POST, "/books").multipart(form);
    assert_eq!(answer(sent).await, (201, book(2)));
}

#[tokio::test]
async fn other_media_types_are_refused_or_count_as_no_body() {
    let strict = library().await;
    for media in [Some("text/plain"), Some("application/xml"), None] {
        let (status, body) = post(&strict, media, r#"{"title":"Faust II"}"#).await;
        assert_eq!((status, &body["outcome"]), (415, &json!("unsupported-media-type")), "{media:?}");
    }
    let lenient = LIBRARY.replace("x-conduct:\n", "x-conduct:\n  media-type: lenient\n");
    let lenient = builder(&lenient).start().await.unwrap();
    let (status, body) = post(&lenient, Some("text/plain"), r#"{"title":"Faust II"}"#).await;
    assert_eq!((status, &body["messages"]), (400, &json!(["title must be a string"])));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_its_place() {
    let server = library().await;
    let cases = [
        ("application/json", r#"{"title": }"#, "line 1 column 11"),
        ("application/json", r#"{"title": 1e999}"#, "number out of range"),
        ("application/json", "\"\\ud800\"", "hex escape"),
        ("multipart/form-data", "--x", "boundary"),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb",
            "multipart",
        ),
        ("application/x-www-form-urlencoded", "a[b=1", "brackets"),
    ];
    for (media, body, words) in cases {
        let (status, body) = post(&server, Some(media), body).await;
        let message = body["messages"][0].as_str().unwrap_or_default();
        assert_eq!(status, 400, "{media}");
        assert!(message.contains(words), "{media}: {message}");
        let refused = server.journal().pop().unwrap().refused.unwrap();
        assert_eq!(refused.stage, "decode");
        assert!(refused.rule.unwrap().starts_with("library.yaml:"));
    }
}

#[tokio::test]
async fn a_client_that_accepts_nothing_we_have_is_told() {
    let server = library().await;
    let cases = [
        ("*/*", 200),
        ("application/*", 200),
        ("text/html, application/json;q=0.1", 200),
        ("text/html", 406),
        ("application/json;q=0, text/html", 406),
    ];
    for (accept, expected) in cases {
        let asked = request(&server, Method::GET, "/books").header("Accept", accept);
        assert_eq!(answer(asked).await.0, expected, "{accept}");
    }
}

#[tokio::test]
async fn a_head_is_a_get_without_its_body() {
    let server = library().await;
    let get = request(&server, Method::GET, "/books").send().await.unwrap();
    let length = get.headers()["content-length"].clone();
    let head = request(&server, Method::HEAD, "/books").send().await.unwrap();
    assert_eq!(head.headers()["content-length"], length);
    assert_eq!(head.headers()["content-type"], get.headers()["content-type"]);
    assert!(head.bytes().await.unwrap().is_empty());
}
