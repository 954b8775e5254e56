//! Pictures of users: they come down as they went up.

use reqwest::Client;
use serde_json::{Value, json};

use super::support::{COOKIE, Caller, Lowcoder, start};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x07\0\0\0\x05\x08\x02\0\0\0";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0";
const OWN: &str = "/api/users/photo";

fn request(lowcoder: &Lowcoder, who: &Caller, method: &str, path: &str) -> reqwest::RequestBuilder {
    let url = format!("{}{path}", lowcoder.server.url().to_string().trim_end_matches('/'));
    let request = Client::new().request(method.parse().unwrap(), url);
    match &who.session {
        Some(session) => request.header("cookie", format!("{COOKIE}={session}")),
        None => request,
    }
}

/// Sends a form with one file that is said to be PNG; the HTTP status and the code.
async fn upload(lowcoder: &Lowcoder, who: &Caller, path: &str, part: &str, content: &[u8]) -> (u16, i64) {
    upload_as(lowcoder, who, path, [part, "image/png"], content).await
}

/// As [`upload`], with the name of the part and its media type.
async fn upload_as(
    lowcoder: &Lowcoder,
    who: &Caller,
    path: &str,
    [part, media_type]: [&str; 2],
    content: &[u8],
) -> (u16, i64) {
    let head = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"me\"\r\nContent-Type: {media_type}\r\n\r\n"
    );
    let body = [head.as_bytes(), content, b"\r\n--XX--\r\n"].concat();
    let request = request(lowcoder, who, "POST", path).body(body);
    let answer = request.header("Content-Type", "multipart/form-data; boundary=XX").send().await.unwrap();
    let status = answer.status().as_u16();
    let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default();
    (status, body["code"].as_i64().unwrap_or_default())
}

/// The HTTP status, the media type and the bytes.
async fn picture(lowcoder: &Lowcoder, who: &Caller, path: &str) -> (u16, String, Vec<u8>) {
    let answer = request(lowcoder, who, "GET", path).send().await.unwrap();
    let media_type = answer.headers().get("content-type").map(|one| one.to_str().unwrap().to_owned());
    (answer.status().as_u16(), media_type.unwrap_or_default(), answer.bytes().await.unwrap().to_vec())
}

fn none() -> (u16, String, Vec<u8>) {
    (404, String::new(), Vec::new())
}

#[tokio::test]
async fn a_picture_comes_down_as_it_went_up() {
    let lowcoder = start().await;
    let (ada, bob) = (lowcoder.register("ada@example.com").await, lowcoder.register("bob@example.com").await);
    let of_ada = format!("{OWN}/{}", ada.id);
    for path in [OWN, &of_ada, &format!("{OWN}/{}", "0".repeat(24))] {
        assert_eq!(picture(&lowcoder, &ada, path).await, none(), "{path}");
    }
    for (media_type, content) in [("image/png", PNG), ("image/jpeg", JPEG)] {
        assert_eq!(upload(&lowcoder, &ada, OWN, "file", content).await, (200, 1));
        let expected = (200, media_type.to_owned(), content.to_vec());
        let profile = lowcoder.get(&ada, "/api/users/me").await.data();
        assert_eq!(profile["avatarUrl"], of_ada);
        let asset = format!("/api/assets/{}", profile["avatar"].as_str().unwrap());
        for (who, path) in [(&ada, OWN), (&bob, &of_ada), (&bob, &asset)] {
            assert_eq!(picture(&lowcoder, who, path).await, expected, "{path}");
        }
        assert_eq!(picture(&lowcoder, &Caller::default(), &asset).await.0, 401);
    }
    let asset = lowcoder.get(&ada, "/api/users/me").await.data()["avatar"].clone();
    for _ in 0..2 {
        let answer = lowcoder.call(&ada, "DELETE", OWN, json!(null)).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    }
    for path in [OWN, &of_ada, &format!("/api/assets/{}", asset.as_str().unwrap())] {
        assert_eq!(picture(&lowcoder, &ada, path).await, none(), "{path}");
    }
    assert_eq!(lowcoder.get(&ada, "/api/users/me").await.data()["avatarUrl"], json!(null));
}

#[tokio::test]
async fn pictures_that_are_refused() {
    let lowcoder = start().await;
    let ada = lowcoder.register("ada@example.com").await;
    let sized = |size: usize| {
        let mut content = PNG.to_vec();
        content.resize(size, 0);
        content
    };
    for (part, content, expected) in [
        ("file", b"hello".to_vec(), (500, 5002)),
        ("file", Vec::new(), (500, 5002)),
        ("other", PNG.to_vec(), (500, 5002)),
        ("file", sized(300 * 1024 + 1), (413, 5700)),
    ] {
        assert_eq!(upload(&lowcoder, &ada, OWN, part, &content).await, expected, "{part} {}", content.len());
        assert_eq!(picture(&lowcoder, &ada, OWN).await, none());
    }
    for media_type in ["text/plain", "image/svg+xml", "application/octet-stream"] {
        let answer = upload_as(&lowcoder, &ada, OWN, ["file", media_type], PNG).await;
        assert_eq!(answer, (500, 5002), "{media_type}");
    }
    assert_eq!(upload(&lowcoder, &ada, OWN, "file", &sized(300 * 1024)).await, (200, 1));
    assert_eq!(upload(&lowcoder, &Caller::default(), OWN, "file", PNG).await, (401, 0));
}

#[tokio::test]
async fn administrators_set_the_pictures_of_others() {
    let lowcoder = start().await;
    let ada = lowcoder.register("ada@example.com").await;
    let org = lowcoder.org(&ada).await;
    let bob = lowcoder.register_in("bob@example.com", &org).await;
    let of_bob = format!("{OWN}/{org}/{}", bob.id);
    assert_eq!(upload(&lowcoder, &ada, &of_bob, "file", PNG).await, (200, 1));
    assert_eq!(picture(&lowcoder, &bob, OWN).await.2, PNG);
    let nobody = format!("{OWN}/{org}/{}", "0".repeat(24));
    let elsewhere = format!("{OWN}/{}/{}", "0".repeat(24), bob.id);
    for (who, path, expected) in
        [(&bob, &of_bob, (401, 5001)), (&ada, &nobody, (500, 5005)), (&ada, &elsewhere, (401, 5001))]
    {
        assert_eq!(upload(&lowcoder, who, path, "file", JPEG).await, expected, "{path}");
        assert_eq!(lowcoder.call(who, "DELETE", path, json!(null)).await.code(), expected, "{path}");
    }
    assert_eq!(picture(&lowcoder, &bob, OWN).await.2, PNG);
    let answer = lowcoder.call(&ada, "DELETE", &of_bob, json!(null)).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    assert_eq!(picture(&lowcoder, &bob, OWN).await, none());
}
