//! The state file.

use std::path::Path;

use reqwest::Method;
use serde_json::{Value, json};
use tercet_mock_server::{MockServer, StartError};

use super::support::{LIBRARY, answer, builder, request};

async fn start(path: &Path) -> Result<MockServer, StartError> {
    builder(LIBRARY).state_file(path).start().await
}

#[tokio::test]
async fn what_was_written_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let server = start(&path).await.unwrap();
    answer(request(&server, Method::POST, "/books").json(&json!({ "title": "Emilia" }))).await;
    server.stop().await.unwrap();
    let server = start(&path).await.unwrap();
    let books = answer(request(&server, Method::GET, "/books")).await.1;
    assert_eq!(books.as_array().unwrap().len(), 2);
    // Numbers go on where they were.
    let made = answer(request(&server, Method::POST, "/books").json(&json!({ "title": "Nathan" }))).await;
    assert_eq!(made.1["id"], 3);
    server.stop().await.unwrap();
    // Nothing but the file itself is left behind.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn it_is_saved_while_the_server_runs_and_whole_at_every_moment() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let server = start(&path).await.unwrap();
    for number in 0..200 {
        let title = format!("Book {number}");
        answer(request(&server, Method::POST, "/books").json(&json!({ "title": title }))).await;
        if let Ok(text) = std::fs::read_to_string(&path) {
            serde_json::from_str::<Value>(&text).expect("the file is whole whenever it is read");
        }
    }
    // The server is killed without a word: what was saved by then is there.
    let saved = loop {
        match std::fs::read_to_string(&path).ok().map(|text| serde_json::from_str::<Value>(&text).unwrap()) {
            Some(saved) if saved["collections"]["books"].as_array().unwrap().len() == 201 => break saved,
            _ => tokio::task::yield_now().await,
        }
    };
    drop(server);
    assert_eq!(start(&path).await.unwrap().state(), saved);
}

#[tokio::test]
async fn a_broken_file_is_refused_with_all_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let cases = [
        ("{", "is not JSON"),
        ("{\"collections\": {\"shelves\": []}}", "shelves"),
        (
            "{\"collections\": {\"books\": [{\"id\": 1, \"title\": \"A\"}, {\"id\": 1, \"title\": \"B\"}]}}",
            "books",
        ),
    ];
    for (text, words) in cases {
        std::fs::write(&path, text).unwrap();
        let message = start(&path).await.err().unwrap().to_string();
        assert!(message.contains(words) && message.contains("state.json"), "{message}");
        assert!(message.contains("hint: remove it"), "{message}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "it is left as it was");
    }
}
