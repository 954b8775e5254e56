//! Files of an organisation.

use serde_json::json;

use super::support::{Caller, start};

#[tokio::test]
async fn a_file_is_stored_listed_read_and_deleted() {
    let lowcoder = start().await;
    let ada = lowcoder.register("ada@example.com").await;
    let bob = lowcoder.register_in("bob@example.com", &lowcoder.org(&ada).await).await;
    let stranger = lowcoder.register("eve@example.com").await;
    let nobody = Caller::default();
    // `aGVsbG8=` is `hello`
    let file =
        |name: &str, kind: &str, content: &str| json!({ "filename": name, "type": kind, "content": content });
    let hello = file("grüße 1.txt", "COMMON", "aGVsbG8=");
    let stored = lowcoder.call(&ada, "POST", "/api/materials", hello.clone()).await.data();
    assert_eq!(stored["filename"], "grüße 1.txt");
    assert_eq!(stored.as_object().unwrap().len(), 2);
    let path = format!("/api/materials/{}", stored["id"].as_str().unwrap());

    for (body, expected) in [
        (hello, (500, 5000)),
        (file("grüße 1.txt", "LOGO", "aGVsbG8="), (200, 1)),
        (file("x", "OTHER", "aGVsbG8="), (500, 5002)),
        (file("x", "COMMON", "no base64!"), (500, 5002)),
        (json!({ "filename": "x" }), (500, 5002)),
    ] {
        assert_eq!(
            lowcoder.call(&bob, "POST", "/api/materials", body.clone()).await.code(),
            expected,
            "{body}"
        );
    }
    let list = |who: &Caller| {
        let (lowcoder, who) = (&lowcoder, who.clone());
        async move { lowcoder.get(&who, "/api/materials/list").await.data().as_array().unwrap().len() }
    };
    assert_eq!((list(&bob).await, list(&stranger).await), (2, 0));

    let encoded = "filename*=UTF-8''gr%C3%BC%C3%9Fe%201%2Etxt";
    for (query, media_type, kind) in [
        ("", "application/octet-stream", "attachment"),
        ("?type=download", "application/octet-stream", "attachment"),
        ("?type=preview", "text/plain", "inline"),
    ] {
        let answer = lowcoder.get(&nobody, &format!("{path}{query}")).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, "hello"), "{query}");
        assert!(answer.headers["content-type"].to_str().unwrap().starts_with(media_type), "{answer:?}");
        assert_eq!(answer.headers["content-disposition"], format!("{kind}; {encoded}"));
    }
    for (who, method, path, expected) in [
        (&nobody, "GET", format!("/api/materials/{}", "0".repeat(24)), (500, 5005)),
        (&nobody, "GET", format!("{path}?type=other"), (500, 5002)),
        (&nobody, "DELETE", path.clone(), (401, 0)),
        (&nobody, "POST", "/api/materials".to_owned(), (401, 0)),
        (&stranger, "DELETE", path.clone(), (500, 5005)),
        (&bob, "DELETE", path.clone(), (200, 1)),
        (&bob, "DELETE", path.clone(), (500, 5005)),
        (&nobody, "GET", path.clone(), (500, 5005)),
    ] {
        assert_eq!(lowcoder.call(who, method, &path, json!(null)).await.code(), expected, "{method} {path}");
    }
    assert_eq!(list(&ada).await, 1);
}
