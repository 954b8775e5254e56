//! Which operation a request line names, and what is said when there is none.

use reqwest::Method;
use serde_json::json;

use super::support::{LIBRARY, answer, builder, library, raw, request};

#[tokio::test]
async fn the_table() {
    let server = library().await;
    let cases = [
        ("GET", "/v1/books", 200),
        ("HEAD", "/v1/books", 200),
        ("GET", "/v1/books/1", 200),
        ("GET", "/v1/books/9", 404),
        // A literal goes before a parameter, and a method that only the parameter has falls through to it.
        ("GET", "/v1/books/newest", 200),
        ("DELETE", "/v1/books/newest", 404),
        ("GET", "/v1/b%6Foks", 200),
        ("GET", "/v1/covers/faust.png", 200),
        ("GET", "/v1/covers/faust.second.edition.png", 400),
        ("GET", "/v1/covers/faust", 404),
        ("GET", "/v1/covers/.png", 404),
        ("PUT", "/v1/books", 405),
        ("POST", "/v1/books/newest", 405),
        ("OPTIONS", "/v1/books", 204),
        ("GET", "/books", 404),
        ("GET", "/v1", 404),
        ("GET", "/", 404),
        ("GET", "/v1/books/", 404),
        ("GET", "/v1//books", 404),
        ("GET", "/v1/Books", 404),
        ("GET", "/v1/books/1/pages", 404),
        ("GET", "//v1/books", 404),
    ];
    for (method, path, expected) in cases {
        let line = format!(
            "{method} {path} HTTP/1.1\r\nHost: x\r\nX-Key: Desk desk-key-0001\r\nConnection: close\r\n\r\n"
        );
        let answer = raw(&server, line).await;
        let status = answer.split(' ').nth(1).unwrap_or("none");
        assert_eq!(status, expected.to_string(), "{method} {path}: {answer}");
    }
}

#[tokio::test]
async fn a_405_and_an_options_name_the_methods() {
    let server = library().await;
    for (method, status) in [(Method::PUT, 405), (Method::OPTIONS, 204)] {
        let response = request(&server, method, "/books").send().await.unwrap();
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.headers()["allow"], "GET, HEAD, POST, OPTIONS");
    }
}

#[tokio::test]
async fn case_and_trailing_slashes_count_unless_conduct_says_otherwise() {
    let lenient = LIBRARY.replace(
        "x-conduct:\n",
        "x-conduct:\n  paths: { ignore-case: true, ignore-trailing-slash: true }\n  method-not-allowed: not-found\n",
    );
    let server = builder(&lenient).start().await.unwrap();
    let cases =
        [("/BOOKS", 200), ("/books/", 200), ("/Books/1/", 200), ("/books//", 404), ("/COVERS/a.PNG", 400)];
    for (path, expected) in cases {
        let (status, _) = answer(request(&server, Method::GET, path)).await;
        assert_eq!(status, expected, "{path}");
    }
    let hidden = request(&server, Method::PUT, "/books").send().await.unwrap();
    assert_eq!(hidden.status().as_u16(), 404);
    assert!(!hidden.headers().contains_key("allow"), "a 404 does not give the methods away");
}

#[tokio::test]
async fn path_values_are_decoded_and_cannot_change_the_route() {
    let server = library().await;
    let cases = [
        ("/covers/a%2Fb.png", json!({ "heard": ["a/b", "png"] })),
        ("/covers/%E2%82%AC.png", json!({ "heard": ["€", "png"] })),
        ("/covers/a+b%20c.jpg", json!({ "heard": ["a+b c", "jpg"] })),
        ("/covers/%2525.png", json!({ "heard": ["%25", "png"] })),
    ];
    for (path, expected) in cases {
        assert_eq!(answer(request(&server, Method::GET, path)).await, (200, expected), "{path}");
    }
    let (status, body) = answer(request(&server, Method::GET, "/covers/%FF.png")).await;
    assert_eq!((status, &body["messages"]), (400, &json!(["name is not valid UTF-8"])));
}

#[tokio::test]
async fn an_unknown_path_is_explained_by_its_neighbours() {
    let server = library().await;
    answer(request(&server, Method::GET, "/bocks/1")).await;
    let entry = server.journal().pop().unwrap();
    assert_eq!(entry.operation, None);
    assert_eq!(entry.refused.unwrap().stage, "route");
    let line = LIBRARY.lines().position(|line| line == "  /books/{id}:").unwrap() + 1;
    assert!(
        entry.explanation.contains("nearest: `GET /v1/books/{id}` (library.yaml:"),
        "{}",
        entry.explanation
    );
    // The operation stands a few lines below its path.
    let named = entry.explanation.split("library.yaml:").nth(1).unwrap();
    let named: usize = named[..named.find(')').unwrap()].parse().unwrap();
    assert_eq!(named, line + 3, "{}", entry.explanation);
}

#[tokio::test]
async fn pages_of_other_origins_may_ask() {
    let server = library().await;
    let preflight = request(&server, Method::OPTIONS, "/books")
        .header("Origin", "http://localhost:5173")
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "x-key,content-type");
    let preflight = preflight.send().await.unwrap();
    assert_eq!(preflight.status().as_u16(), 204);
    assert_eq!(preflight.headers()["access-control-allow-origin"], "http://localhost:5173");
    assert_eq!(preflight.headers()["access-control-allow-headers"], "x-key,content-type");
    let asked = request(&server, Method::GET, "/nowhere").header("Origin", "http://localhost:5173");
    let asked = asked.send().await.unwrap();
    assert_eq!(asked.status().as_u16(), 404);
    assert_eq!(asked.headers()["access-control-allow-origin"], "http://localhost:5173");
}
