//! Worlds beside each other.

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{LIBRARY, answer, builder, library, request};

#[tokio::test]
async fn parallel_namespaces_do_not_see_each_other() {
    let server = library().await;
    let tasks = (0..50).map(|number| {
        let name = format!("test-{number}");
        let (write, read) = (
            request(&server, Method::POST, "/books")
                .header("X-Mock-Namespace", &name)
                .json(&json!({ "title": format!("Book {number}") })),
            request(&server, Method::GET, "/books").header("X-Mock-Namespace", &name),
        );
        tokio::spawn(async move {
            // Each draws its own ids: the second book everywhere.
            assert_eq!(answer(write).await.1["id"], 2);
            answer(read).await.1
        })
    });
    let tasks: Vec<_> = tasks.collect();
    for (number, task) in tasks.into_iter().enumerate() {
        let books: Value = task.await.unwrap();
        let titles: Vec<_> = books.as_array().unwrap().iter().map(|book| book["title"].clone()).collect();
        assert_eq!(titles, [json!("Faust"), json!(format!("Book {number}"))]);
    }
    assert_eq!(answer(request(&server, Method::GET, "/books")).await.1.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn namespaces_are_bounded_named_plainly_and_can_be_removed() {
    let server = builder(LIBRARY).namespaces(2).start().await.unwrap();
    let ask = |name: &str| request(&server, Method::GET, "/books").header("X-Mock-Namespace", name);
    for (name, expected) in [("a", 200), ("b", 200), ("c", 400), ("a", 200), ("no spaces", 400), ("", 400)] {
        assert_eq!(answer(ask(name)).await.0, expected, "{name:?}");
    }
    let control = |method, path: &str| {
        reqwest::Client::new().request(method, format!("{}/_mock/namespaces{path}", server.url()))
    };
    assert_eq!(answer(control(Method::GET, "")).await, (200, json!(["a", "b"])));
    assert_eq!(answer(control(Method::DELETE, "/a")).await.0, 204);
    assert_eq!(answer(control(Method::DELETE, "/a")).await.0, 404);
    assert_eq!(answer(ask("c")).await.0, 200);
    assert_eq!(answer(control(Method::DELETE, "")).await.0, 204);
    assert_eq!(answer(control(Method::GET, "")).await, (200, json!([])));
}
