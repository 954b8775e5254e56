//! The order of checks, and the words for what is wrong.

use reqwest::Method;
use serde_json::json;

use super::support::{KEY, LIBRARY, answer, builder, library, request};

#[tokio::test]
async fn all_faults_are_told_at_once_in_the_documents_words() {
    let server = library().await;
    let body = json!({ "title": "F", "kind": "poem", "tags": ["a", 2], "pages": "many" });
    let (status, mut body) = answer(request(&server, Method::POST, "/books").json(&body)).await;
    let messages = body["messages"].as_array_mut().unwrap();
    messages.sort_by_key(ToString::to_string);
    assert_eq!(status, 400);
    assert_eq!(
        *messages,
        [
            json!("kind must be one of play, novel, not poem"),
            json!("pages is not an integer"),
            json!("tags.1 must be a string"),
            json!("title needs 2 characters"),
        ]
    );
}

#[tokio::test]
async fn missing_things_are_told_by_their_type_where_the_document_says_so() {
    let server = library().await;
    for body in ["{}", "{\"title\":null}"] {
        let sent = request(&server, Method::POST, "/books").header("Content-Type", "application/json");
        let (status, answer) = answer(sent.body(body)).await;
        assert_eq!((status, &answer["messages"]), (400, &json!(["title must be a string"])), "{body}");
    }
    let nothing = request(&server, Method::POST, "/books").header("Content-Type", "application/json");
    assert_eq!(answer(nothing).await.1["messages"], json!(["title must be a string"]));
}

#[tokio::test]
async fn unknown_properties_are_kept_dropped_or_refused() {
    let body = json!({ "title": "Faust II", "isbn": "1", "ISBN": "2" });
    for (word, expected) in [("keep", 201), ("drop", 201), ("refuse", 400)] {
        let document = LIBRARY.replace("unknown-properties: drop", &format!("unknown-properties: {word}"));
        let server = builder(&document).start().await.unwrap();
        let (status, answer) = answer(request(&server, Method::POST, "/books").json(&body)).await;
        assert_eq!(status, expected, "{word}: {answer}");
        if word == "refuse" {
            assert_eq!(
                answer["messages"],
                json!(["property isbn is not known", "property ISBN is not known"])
            );
        }
    }
}

#[tokio::test]
async fn checks_come_in_the_documents_order() {
    let swapped = LIBRARY.replace("x-conduct:\n", "x-conduct:\n  order: [ validate, authenticate ]\n");
    for (document, bad_body, stage) in [(LIBRARY, 401, "authenticate"), (&swapped, 400, "validate")] {
        let server = builder(document).start().await.unwrap();
        let url = format!("{}/books", server.base_url());
        let stranger = reqwest::Client::new().post(url).json(&json!({}));
        assert_eq!(answer(stranger).await.0, bad_body);
        assert_eq!(server.journal().pop().unwrap().refused.unwrap().stage, stage);
        // A path that is not there is not there for strangers, too.
        let nowhere = reqwest::Client::new().get(format!("{}/nowhere", server.base_url()));
        assert_eq!(answer(nowhere).await.0, 404);
    }
}

#[tokio::test]
async fn a_guard_stands_before_known_paths_only() {
    let server = builder(LIBRARY).set("OPEN", "false").start().await.unwrap();
    assert_eq!(answer(request(&server, Method::GET, "/books")).await.0, 503);
    assert_eq!(answer(request(&server, Method::GET, "/nowhere")).await.0, 404);
    let rule = server.journal()[0].refused.clone().unwrap();
    let line = LIBRARY.lines().position(|line| line.starts_with("  require:")).unwrap() + 1;
    assert_eq!(rule.stage, "guard");
    assert!(rule.rule.unwrap().starts_with(&format!("library.yaml:{line}:")));
}

#[tokio::test]
async fn a_credential_is_compared_to_the_letter() {
    let server = library().await;
    let url = format!("{}/books", server.base_url());
    let cases = [
        (KEY.1, 200),
        ("desk desk-key-0001", 401),
        ("Desk desk-key-0002", 401),
        ("desk-key-0001", 401),
        ("Desk ", 401),
    ];
    for (value, expected) in cases {
        let asked = reqwest::Client::new().get(&url).header(KEY.0, value);
        assert_eq!(answer(asked).await.0, expected, "{value}");
    }
}

#[tokio::test]
async fn settings_are_typed_and_known() {
    let wrong = builder(LIBRARY).set("OPEN", "perhaps").start().await;
    assert!(wrong.err().unwrap().to_string().contains("OPEN"));
    let unknown = builder(LIBRARY).set("NONE", "1").start().await;
    let message = unknown.err().unwrap().to_string();
    assert!(message.contains("`NONE`") && message.contains("`TOKEN`, `LIMIT`, `OPEN`"), "{message}");
}
