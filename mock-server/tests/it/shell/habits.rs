//! What frameworks do unasked, and what a document says of it: paths, `Allow`, forms, blanks, times, details, tokens, pages.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tercet_mock_server::MockServer;
use tercet_mock_server::entropy::{Clock, Timestamp};

use super::support::{answer, builder};

const OFFICE: &str = include_str!("fixtures/office.yaml");
const KEY: &[u8] = b"an-office-key-of-some-length";
/// 2026-01-01T00:00:00.250Z
const NOW: i64 = 1_767_225_600_250;

async fn office() -> MockServer {
    builder(OFFICE).clock(Clock::manual(Timestamp(NOW))).start().await.unwrap()
}

#[allow(clippy::needless_pass_by_value, reason = "tests write `json!` in place")]
fn token(algorithm: Algorithm, key: &[u8], more: Value) -> String {
    let mut claims = json!({ "sub": 1, "use": "access", "jti": "aaaa1234" });
    claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    jsonwebtoken::encode(&Header::new(algorithm), &claims, &EncodingKey::from_secret(key)).unwrap()
}

fn anonymous(server: &MockServer, method: Method, path: &str) -> RequestBuilder {
    reqwest::Client::new().request(method, format!("{}{path}", server.base_url()))
}

fn ada(server: &MockServer, method: Method, path: &str) -> RequestBuilder {
    let token = token(Algorithm::HS256, KEY, json!({}));
    anonymous(server, method, path).header("Authorization", format!("JWT {token}"))
}

async fn error(request: RequestBuilder) -> (u16, String) {
    let (status, body) = answer(request).await;
    (status, body["error"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_token_lets_in_while_it_is_valid_and_no_other_does() {
    let server = office().await;
    let with = |token: String| {
        anonymous(&server, Method::GET, "/rooms/").header("Authorization", format!("JWT {token}"))
    };
    let seconds = NOW / 1000;
    for more in [json!({}), json!({ "exp": seconds + 1, "nbf": seconds, "iat": seconds })] {
        assert_eq!(answer(with(token(Algorithm::HS256, KEY, more))).await.0, 200);
    }
    let good = token(Algorithm::HS256, KEY, json!({}));
    let (head, rest) = good.split_once('.').unwrap();
    let (claims, signature) = rest.split_once('.').unwrap();
    let encode = |text: &str| {
        use base64::Engine as _;
        base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(text)
    };
    let unsigned = encode(r#"{"alg":"none","typ":"JWT"}"#);
    let other_claims = encode(r#"{"sub":2,"use":"access","jti":"bbbb"}"#);
    for (bad, why) in [
        (token(Algorithm::HS256, KEY, json!({ "exp": seconds })), "expired to the second"),
        (token(Algorithm::HS256, KEY, json!({ "nbf": seconds + 1 })), "not valid yet"),
        (token(Algorithm::HS256, KEY, json!({ "exp": "soon" })), "a time that is none"),
        (token(Algorithm::HS384, KEY, json!({})), "another algorithm"),
        (token(Algorithm::HS256, b"another-key", json!({})), "another key"),
        (format!("{unsigned}.{claims}."), "no signature"),
        (format!("{unsigned}.{claims}.{signature}"), "an algorithm that is none"),
        (format!("{head}.{other_claims}.{signature}"), "altered claims"),
        (token(Algorithm::HS256, KEY, json!({ "use": "refresh" })), "another use"),
        (token(Algorithm::HS256, KEY, json!({ "jti": "bbbb" })), "another series"),
        (token(Algorithm::HS256, KEY, json!({ "sub": 2, "jti": "bbbb" })), "somebody who is not active"),
        ("nonsense".to_owned(), "no token"),
    ] {
        assert_eq!(error(with(bad)).await, (401, "bad-token".to_owned()), "{why}");
    }
    server.advance(std::time::Duration::from_secs(60));
    let late = token(Algorithm::HS256, KEY, json!({ "exp": seconds + 60 }));
    assert_eq!(error(with(late)).await, (401, "bad-token".to_owned()), "the clock has moved on");
}

#[tokio::test]
async fn what_is_presented_is_malformed_unknown_or_not_there() {
    let server = office().await;
    let with = |path: &str, text: &str| anonymous(&server, Method::GET, path).header("Authorization", text);
    for (text, expected) in [
        ("JWT", "garbled"),
        ("JWT a b", "garbled"),
        ("jwt x", "unauthenticated"),
        ("Bearer x", "unauthenticated"),
        ("Key swordfish", "unauthenticated"),
    ] {
        assert_eq!(error(with("/rooms/", text)).await, (401, expected.to_owned()), "{text}");
    }
    // Here anonymous callers are welcome, and so is another scheme; what is presented and unknown is refused all the same.
    let good = format!("JWT {}", token(Algorithm::HS256, KEY, json!({})));
    for (text, expected) in [
        ("Nonsense x", (200, "")),
        ("Key swordfish", (200, "")),
        ("KEY swordfish", (200, "")),
        (good.as_str(), (200, "")),
        ("Key wrong", (401, "bad-key")),
        ("key", (401, "bad-key")),
        ("JWT wrong", (401, "bad-token")),
        ("JWT", (401, "garbled")),
    ] {
        let (status, name) = error(with("/rooms/1/", text)).await;
        assert_eq!((status, name.as_str()), expected, "{text}");
    }
}

#[tokio::test]
async fn what_can_be_presented_is_listed_with_tokens_that_work() {
    let server = office().await;
    let all = server.credentials();
    let person = all.iter().find(|one| one.scheme == "person").unwrap();
    let header = person.header.as_ref().unwrap();
    let request = anonymous(&server, Method::GET, "/rooms/").header(&header.name, &header.value);
    assert_eq!(answer(request).await.0, 200);
    assert_eq!(all.iter().filter(|one| one.scheme == "person").count(), 1, "Bob is not active");
}

#[tokio::test]
async fn a_path_lacks_its_slash_or_its_parameter_fits_or_it_is_unknown() {
    let server = office().await;
    for (method, path, expected) in [
        (Method::GET, "/rooms", "no-slash"),
        (Method::POST, "/rooms/1", "no-slash"),
        (Method::GET, "/rooms/attic/", "not-found"),
        (Method::GET, "/rooms/attic", "not-found"),
        (Method::GET, "/rooms/-1/", "not-found"),
        (Method::GET, "/rooms/1.5/", "not-found"),
        (Method::DELETE, "/rooms/attic/", "not-found"),
        (Method::GET, "/nowhere", "not-found"),
    ] {
        let (status, name) = error(anonymous(&server, method.clone(), path)).await;
        assert_eq!((status, name.as_str()), (404, expected), "{method} {path}");
    }
    // `/rooms/order/` is a path of its own, and none of `/rooms/{room}/`.
    let response = anonymous(&server, Method::GET, "/rooms/order/").send().await.unwrap();
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()["allow"], "PUT, OPTIONS");
    assert_eq!(error(ada(&server, Method::GET, "/rooms/7/")).await, (404, "no-such-room".to_owned()));
}

#[tokio::test]
async fn every_answer_of_a_known_path_says_what_it_can_do() {
    let server = office().await;
    let allow = async |request: RequestBuilder| {
        let response = request.send().await.unwrap();
        let allow = response.headers().get("allow").map(|value| value.to_str().unwrap().to_owned());
        (response.status().as_u16(), allow)
    };
    let rooms = Some("GET, HEAD, POST, OPTIONS".to_owned());
    assert_eq!(allow(ada(&server, Method::GET, "/rooms/")).await, (200, rooms.clone()));
    assert_eq!(allow(anonymous(&server, Method::GET, "/rooms/")).await, (401, rooms.clone()));
    assert_eq!(allow(ada(&server, Method::POST, "/rooms/").json(&json!({}))).await, (400, rooms.clone()));
    assert_eq!(allow(anonymous(&server, Method::DELETE, "/rooms/")).await, (405, rooms.clone()));
    assert_eq!(allow(anonymous(&server, Method::GET, "/nowhere/")).await, (404, None));
    let response = anonymous(&server, Method::OPTIONS, "/rooms/").send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["x-frame-options"]),
        (200, &"DENY".parse().unwrap())
    );
    assert_eq!(response.headers()["allow"], "GET, HEAD, POST, OPTIONS");
}

#[tokio::test]
async fn a_header_is_sent_when_it_should_be_and_links_are_absolute() {
    let server = office().await;
    for (query, few) in [("?most=3", true), ("?most=9", false), ("", false)] {
        let response = ada(&server, Method::GET, &format!("/rooms/{query}")).send().await.unwrap();
        assert_eq!(response.headers().contains_key("x-few"), few, "{query}");
        let itself = format!("{}/rooms/{query}", server.base_url());
        assert_eq!(response.headers()["x-self"], itself.as_str());
    }
}

#[tokio::test]
async fn violations_are_nested_as_the_body_is() {
    let server = office().await;
    let body = json!({
        "name": "a name too long", "seats": 0, "area": "wide", "tags": ["ok", "long", "longer"],
        "owner": {}, "doors": [{ "to": "hall" }, {}, { "to": [] }],
    });
    let (status, answered) = answer(ada(&server, Method::POST, "/rooms/").json(&body)).await;
    assert_eq!(status, 400);
    let needed = json!([{ "error": "needed", "code": "required" }]);
    let long = |words: &str| json!([{ "error": words, "code": "too_long" }]);
    assert_eq!(
        answered,
        json!({ "error": "invalid", "detail": {
            "name": long("name is longer than 8 characters"),
            "seats": [{ "error": "at least 1", "code": "minimum" }],
            "area": [{ "error": "another type than number", "code": "type.number" }],
            "tags": { "1": long("tags.1 is longer than 3 characters"), "2": long("tags.2 is longer than 3 characters") },
            "owner": { "name": needed },
            "doors": [{}, { "to": needed }, { "to": [{ "error": "another type than string", "code": "type.string" }] }],
        } })
    );
    let (_, whole) = answer(ada(&server, Method::POST, "/rooms/").json(&json!([1]))).await;
    assert_eq!(
        whole["detail"],
        json!({ "whole": [{ "error": "another type than object", "code": "type.object" }] })
    );
    let (status, query) = answer(ada(&server, Method::GET, "/rooms/?most=0")).await;
    assert_eq!((status, &query["error"]), (400, &json!("query")));
    assert_eq!(query["detail"], json!({ "most": [{ "error": "at least 1", "code": "minimum" }] }));

    let lists = builder(&OFFICE.replace("elements: index", "elements: list")).start().await.unwrap();
    let body = json!({ "name": "a", "tags": ["ok", "long"] });
    let (_, answered) = answer(ada(&lists, Method::POST, "/rooms/").json(&body)).await;
    assert_eq!(answered["detail"], json!({ "tags": [{}, long("tags.1 is longer than 3 characters")] }));
}

#[tokio::test]
async fn scalars_are_read_as_what_is_wanted_and_texts_are_trimmed() {
    let server = office().await;
    let body = json!({
        "name": 12, "seats": " 3 ", "area": "1.5", "open": 1, "code": " s ", "tags": [" a ", 7],
        "owner": { "name": "  Eve\n" }, "ignored": " x ",
    });
    let (status, room) = answer(ada(&server, Method::POST, "/rooms/").json(&body)).await;
    assert_eq!(status, 200, "{room}");
    assert_eq!(
        room,
        json!({ "name": "12", "seats": 3, "area": 1.5, "open": true, "code": " s ", "tags": ["a", "7"],
            "owner": { "name": "Eve" }, "id": 2, "made": "2026-01-01T00:00:00.250000Z" })
    );
    for (name, value) in [
        ("name", json!(true)),
        ("name", json!({})),
        ("seats", json!("3.5")),
        ("seats", json!(true)),
        ("open", json!(2)),
        ("open", json!("maybe")),
        ("area", json!("wide")),
        ("name", json!("   ")),
    ] {
        let mut body = json!({ "name": "x" });
        body[name] = value.clone();
        let (status, answered) = answer(ada(&server, Method::POST, "/rooms/").json(&body)).await;
        assert_eq!(
            (status, answered["detail"].as_object().unwrap().keys().next().unwrap().as_str()),
            (400, name),
            "{value}"
        );
    }
}

#[tokio::test]
async fn a_json_body_may_come_as_a_form() {
    let server = office().await;
    let form = [("name", " Form "), ("seats", "4"), ("open", "true"), ("tags", "a"), ("tags", "b")];
    let body = form.map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).join("&");
    let kind = "application/x-www-form-urlencoded";
    let request = ada(&server, Method::POST, "/rooms/").header("Content-Type", kind).body(body);
    let (status, room) = answer(request).await;
    assert_eq!((status, &room["name"], &room["seats"]), (200, &json!("Form"), &json!(4)));
    assert_eq!((&room["open"], &room["tags"]), (&json!(true), &json!(["a", "b"])));
    let parts = reqwest::multipart::Form::new().text("name", "Parts").text("area", "2.5");
    let (status, room) = answer(ada(&server, Method::POST, "/rooms/").multipart(parts)).await;
    assert_eq!((status, &room["name"], &room["area"]), (200, &json!("Parts"), &json!(2.5)));
    let plain = ada(&server, Method::POST, "/rooms/").header("Content-Type", "text/plain").body("x");
    assert_eq!(plain.send().await.unwrap().status(), 415);
    let strict = builder(&OFFICE.replace("forms: true", "forms: false")).start().await.unwrap();
    let request = ada(&strict, Method::POST, "/rooms/").header("Content-Type", kind).body("name=x");
    assert_eq!(request.send().await.unwrap().status(), 415);
}

#[tokio::test]
async fn what_does_not_exist_is_not_found_before_the_body_is_looked_at() {
    let server = office().await;
    let change = |path: &str, body: &str| {
        let request = ada(&server, Method::PATCH, path).header("Content-Type", "application/json");
        request.body(body.to_owned())
    };
    assert_eq!(error(change("/rooms/7/", "{\"seats\":0}")).await, (404, "no-such-room".to_owned()));
    assert_eq!(error(change("/rooms/1/", "{\"seats\":0}")).await, (400, "invalid".to_owned()));
    assert_eq!(error(change("/rooms/7/", "{")).await, (400, "invalid".to_owned()), "syntax comes first");
    let stranger = anonymous(&server, Method::PATCH, "/rooms/7/").body("{");
    assert_eq!(error(stranger).await, (401, "unauthenticated".to_owned()));
    let (status, room) = answer(change("/rooms/1/", "{\"name\":\"Loft\"}")).await;
    assert_eq!((status, &room["name"]), (200, &json!("Loft")));
}

async fn served(server: &MockServer, path: &str) -> (String, String) {
    let response = anonymous(server, Method::GET, path).send().await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
    (kind, response.text().await.unwrap())
}

#[tokio::test]
async fn content_is_served_as_it_is() {
    let server = office().await;
    assert_eq!(served(&server, "/papers/1/").await, ("text/plain".to_owned(), "hello".to_owned()));
    assert_eq!(served(&server, "/papers/2/").await, ("text/csv".to_owned(), "plain text".to_owned()));
}

#[tokio::test]
async fn the_document_is_served_without_what_is_nobodys_business() {
    let server = office().await;
    let (kind, text) = served(&server, "/schema.json").await;
    assert_eq!(kind, "application/vnd.oai.openapi+json");
    let document: Value = serde_json::from_str(&text).unwrap();
    for secret in [
        "x-settings",
        "x-conduct",
        "x-effect",
        "x-collections",
        "x-credential",
        "x-steps",
        "swordfish",
        "office-key",
        "$outcome",
        "Person",
    ] {
        assert!(!text.contains(secret), "{secret} is in it");
    }
    assert_eq!(document["servers"], json!([{ "url": "/api" }]));
    assert!(document["components"]["schemas"]["Room"]["properties"].get("made").is_some());
    let violations =
        &document["components"]["responses"]["Violations"]["content"]["application/json"]["examples"];
    assert_eq!(*violations, json!({ "plain": { "value": { "error": "plain" } } }));
    // It is a document like any other.
    let parsed = tercet_spec::Document::parse("served.json", text.clone()).unwrap();
    let (contract, diagnostics) = tercet_spec::lower(&parsed);
    let errors: Vec<_> = diagnostics
        .iter()
        .filter(|one| one.severity == tercet_spec::Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert_eq!((errors, contract.operations.len()), (Vec::new(), 10));

    let (kind, yaml) = served(&server, "/schema.yaml").await;
    assert_eq!(kind, "application/yaml");
    let again = tercet_spec::Document::parse("served.yaml", yaml).unwrap();
    assert_eq!(*again.root(), document);
}

#[tokio::test]
async fn pages_show_the_document_and_load_nothing_from_elsewhere() {
    let server = office().await;
    for (path, expected) in [("/redoc/", "text/html; charset=utf-8"), ("/swagger/", "text/html")] {
        let (kind, page) = served(&server, path).await;
        assert_eq!(kind, expected);
        assert!(page.contains("/api/schema.json"), "{path} names the document");
        assert!(page.contains("<title>The Office &lt;1&gt;</title>"), "{path} has its title");
        assert!(
            page.contains("Content-Security-Policy"),
            "{path} says that nothing is loaded from elsewhere"
        );
        let outside = ["<script src=", "<link "].iter().find(|tag| page.contains(**tag));
        assert_eq!(outside, None, "{path} loads nothing");
    }
}
