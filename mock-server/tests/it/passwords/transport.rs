//! What transcripts cannot show: ids of sessions, and what pictures are made of.

use serde_json::Value;

use super::client::start;

/// The id that an answer gives as a header, and as a cookie.
fn ids(headers: &reqwest::header::HeaderMap) -> (String, String) {
    let text = |name: &str| headers[name].to_str().unwrap().to_owned();
    (text("x-api-session"), text("set-cookie"))
}

#[tokio::test]
async fn every_answer_carries_the_session_twice() {
    let mut bob = start().await;
    let (_, headers, _) = bob.raw("GET", "session/keepalive", &Value::Null).await;
    let (first, cookie) = ids(&headers);
    assert_eq!(first.len(), 324);
    let encoded = first.replace('|', "%7C");
    assert_eq!(cookie, format!("nc_passwords={encoded}; path=/; secure; HttpOnly; SameSite=Lax"));
    for (path, status) in
        [("session/keepalive", 200), ("account/challenge/get", 404), ("service/coffee", 418)]
    {
        let (got, headers, _) = bob.raw("GET", path, &Value::Null).await;
        assert_eq!((got, ids(&headers).0), (status, first.clone()), "{path}");
    }
}

#[tokio::test]
async fn the_cookie_carries_the_session_too_and_is_looked_at_first() {
    let bob = start().await;
    let (first, cookie) = ids(&bob.presenting(&[]).await);
    let (second, _) = ids(&bob.presenting(&[]).await);
    assert_ne!(first, second);
    let encoded = cookie.split(';').next().unwrap().to_owned();
    for cookie in [encoded, format!("other=x; nc_passwords={first}")] {
        let both = [("cookie", &*cookie), ("x-api-session", &*second)];
        assert_eq!(ids(&bob.presenting(&both).await).0, first, "{cookie}");
    }
    let unknown = [("cookie", "nc_passwords=unknown"), ("x-api-session", &*second)];
    let (third, _) = ids(&bob.presenting(&unknown).await);
    assert!(third != first && third != second, "the header does not stand in for a cookie that is not known");
}

#[tokio::test]
async fn sessions_end_when_nobody_uses_them() {
    let mut bob = start().await;
    let kept = |headers: reqwest::header::HeaderMap| ids(&headers).0;
    let first = kept(bob.raw("GET", "session/keepalive", &Value::Null).await.1);
    bob.wait(600);
    let renewed = kept(bob.raw("GET", "session/keepalive", &Value::Null).await.1);
    assert_eq!(renewed, first);
    bob.wait(600);
    let still = kept(bob.raw("GET", "session/keepalive", &Value::Null).await.1);
    assert_eq!(still, first);
    bob.wait(601);
    let other = kept(bob.raw("GET", "session/keepalive", &Value::Null).await.1);
    assert_ne!(other, first);
    let closed = kept(bob.raw("GET", "session/close", &Value::Null).await.1);
    assert_ne!(closed, other);
}

#[tokio::test]
async fn pictures_are_pictures_of_the_size_asked_for() {
    let bob = start().await;
    for (path, expected) in [
        ("service/avatar/alice/33", (32, 32)),
        ("service/avatar/zoe/1", (16, 16)),
        ("service/avatar/alice", (32, 32)),
        ("service/favicon/example.com/999", (256, 256)),
        ("service/preview/example.com", (640, 360)),
        ("service/preview/example.com/desktop/644/1000...", (640, 1000)),
    ] {
        let bytes = bob.bytes(path).await;
        let picture = image::load_from_memory(&bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!((picture.width(), picture.height()), expected, "{path}");
    }
}
