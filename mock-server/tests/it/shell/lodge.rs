//! Doors and their keepers: paths by other names, credentials that make way for others, requests that nobody has an answer
//! for, limits, and how times and texts travel.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Map, Value, json};
use tercet_mock_server::action::{ActionContext, ActionTable};
use tercet_mock_server::entropy::{Clock, Timestamp};
use tercet_mock_server::outcome::Outcome;
use tercet_mock_server::{Builder, MockServer};

use super::support::{answer, builder};

const LODGE: &str = include_str!("fixtures/lodge.yaml");
/// 2025-01-01T00:00:00.123Z
const NOW: i64 = 1_735_689_600_123;

/// Tells what was uploaded.
struct Pictures;

impl ActionTable for Pictures {
    fn names(&self) -> &[&str] {
        &["picture"]
    }

    fn call(
        &self,
        _: &str,
        context: &mut ActionContext<'_>,
        input: Map<String, Value>,
    ) -> Result<Value, Outcome> {
        let files = context.inputs().uploads.iter().map(|one| {
            json!({ "part": one.part, "name": one.file_name, "media": one.media_type, "bytes": one.content.to_vec() })
        });
        Ok(json!({ "wanted": input["name"], "files": files.collect::<Vec<_>>() }))
    }
}

fn lodge() -> Builder {
    builder(LODGE).actions(Arc::new(Pictures)).clock(Clock::manual(Timestamp(NOW)))
}

async fn start(builder: Builder) -> MockServer {
    builder.start().await.unwrap()
}

fn ask(server: &MockServer, method: Method, path: &str) -> RequestBuilder {
    reqwest::Client::new().request(method, format!("{}{path}", server.url()))
}

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// `NAME=TOKEN` as a client sends it back.
async fn sign_in(server: &MockServer) -> String {
    let response =
        ask(server, Method::POST, "/api/login").json(&json!({ "guest": "ada" })).send().await.unwrap();
    assert_eq!(response.status(), 200);
    header(&response, "set-cookie").split(';').next().unwrap().to_owned()
}

async fn me(request: RequestBuilder) -> (u16, String) {
    let (status, body) = answer(request).await;
    (status, body["id"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_path_by_another_name_is_the_same_path() {
    let server = start(lodge()).await;
    let (status, told) = answer(ask(&server, Method::GET, "/api/v1/me?x=1")).await;
    assert_eq!((status, told), (200, json!({ "id": "nobody", "url": "/api/v1/me?x=1" })));
    let (status, guest) = answer(ask(&server, Method::GET, "/api/v1/guests/bob")).await;
    assert_eq!((status, &guest["id"]), (200, &json!("bob")));
    let (_, all) = answer(ask(&server, Method::GET, "/api/v1/people")).await;
    assert_eq!(all.as_array().unwrap().len(), 2, "the longer alias counts");
    let own = ask(&server, Method::GET, "/api/v1/people/bob").send().await.unwrap().text().await.unwrap();
    assert_eq!(own, "of the document itself");
    // Whole segments, and no method that the other path has not.
    assert_eq!(ask(&server, Method::GET, "/api/v1x/me").send().await.unwrap().status(), 401);
    let mut wrong = LODGE.replace("  unrouted:", "  require:");
    wrong = wrong.replace("$caller: { present: true }", "$settings.RATE: 0");
    wrong = wrong.replace("$caller: { present: false }", "$settings.RATE: 0");
    let plain = start(builder(&wrong).actions(Arc::new(Pictures))).await;
    let refused = ask(&plain, Method::DELETE, "/api/v1/guests").send().await.unwrap();
    assert_eq!((refused.status().as_u16(), header(&refused, "allow").as_str()), (405, "GET, HEAD, OPTIONS"));
    let document = ask(&server, Method::GET, "/docs/openapi.json").send().await.unwrap();
    let document: Value = document.json().await.unwrap();
    let paths: Vec<_> =
        document["paths"].as_object().unwrap().keys().filter(|one| one.contains("v1")).collect();
    assert_eq!(paths, ["/api/v1/people/{id}"], "aliases are not told");
}

#[tokio::test]
async fn a_cookie_is_looked_for_by_the_name_that_the_setting_says() {
    for (setting, name) in [(None, "LODGE_TOKEN"), (Some("OTHER"), "OTHER"), (Some(""), "DECLARED")] {
        let mut own = lodge();
        if let Some(setting) = setting {
            own = own.set("COOKIE", setting);
        }
        let server = start(own).await;
        let cookie = sign_in(&server).await;
        let token = cookie.split_once('=').unwrap().1;
        let with =
            |name: &str| ask(&server, Method::GET, "/api/me").header("Cookie", format!("{name}={token}"));
        assert_eq!(me(with(name)).await, (200, "ada".to_owned()));
        assert_eq!(me(with("NOT_THAT")).await, (200, "nobody".to_owned()));
        let document = ask(&server, Method::GET, "/docs/openapi.json").send().await.unwrap();
        let document: Value = document.json().await.unwrap();
        assert_eq!(document["components"]["securitySchemes"]["session"]["name"], name);
        let offered = server.credentials();
        let session = offered.iter().find(|one| one.scheme == "session").unwrap();
        assert_eq!(session.header.as_ref().unwrap().value, format!("{name}={token}"));
    }
}

#[tokio::test]
async fn a_header_of_that_name_is_masked_in_the_journal() {
    let text =
        LODGE.replace("      in: cookie\n      name: DECLARED", "      in: header\n      name: DECLARED");
    let server = start(builder(&text).actions(Arc::new(Pictures))).await;
    let request = ask(&server, Method::GET, "/api/me").header("LODGE_TOKEN", "open-sesame-42");
    assert_eq!(me(request).await.0, 200);
    assert!(!format!("{:?}", server.journal()).contains("open-sesame-42"));
}

#[tokio::test]
async fn a_key_is_not_looked_at_beside_a_cookie_even_a_dead_one() {
    let server = start(lodge()).await;
    let cookie = sign_in(&server).await;
    let (_, key) = answer(ask(&server, Method::POST, "/api/keys").header("Cookie", &cookie)).await;
    let key = key["token"].as_str().unwrap().to_owned();
    let get = |path: &str| ask(&server, Method::GET, path);
    assert_eq!(me(get("/api/me").bearer_auth(&key)).await, (200, "ada".to_owned()));
    let dead = get("/api/me").header("Cookie", "LODGE_TOKEN=dead").bearer_auth(&key);
    assert_eq!(me(dead).await, (200, "nobody".to_owned()));
    let other = get("/api/me").header("Cookie", "theme=dark").bearer_auth(&key);
    assert_eq!(me(other).await, (200, "ada".to_owned()));
    let dead = ask(&server, Method::POST, "/api/keys").header("Cookie", "LODGE_TOKEN=dead").bearer_auth(&key);
    assert_eq!(dead.send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn a_token_that_is_ours_and_revoked_is_told_from_one_that_never_was() {
    let server = start(lodge()).await;
    let cookie = sign_in(&server).await;
    let make = || answer(ask(&server, Method::POST, "/api/keys").header("Cookie", &cookie));
    let (one, two) = (make().await.1, make().await.1);
    assert_ne!(one["token"], two["token"]);
    let offered = server.credentials();
    let keys: Vec<_> =
        offered.iter().filter(|one| one.scheme == "key").map(|one| one.value.as_str()).collect();
    assert_eq!(keys, [one["token"].as_str().unwrap(), two["token"].as_str().unwrap()], "the very tokens");
    let key = one["token"].as_str().unwrap();
    let gone = ask(&server, Method::DELETE, "/api/keys/1").bearer_auth(key);
    assert_eq!(gone.send().await.unwrap().status(), 204);
    for path in ["/api/me", "/api/keys/2"] {
        let method = if path == "/api/me" { Method::GET } else { Method::DELETE };
        let response = ask(&server, method, path).bearer_auth(key).send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), response.text().await.unwrap().as_str()),
            (200, ""),
            "{path}"
        );
    }
    assert_eq!(server.state()["collections"]["keys"].as_array().unwrap().len(), 1, "nothing was done");
    // Not signed here: as if there were none.
    let garbled = format!("{key}x");
    assert_eq!(
        me(ask(&server, Method::GET, "/api/me").bearer_auth(&garbled)).await,
        (200, "nobody".to_owned())
    );
    let refused = ask(&server, Method::DELETE, "/api/keys/2").bearer_auth(garbled).send().await.unwrap();
    assert_eq!(refused.status(), 401);
}

#[tokio::test]
async fn a_token_without_the_claim_that_is_asked_for_belongs_to_nobody() {
    let text = LODGE.replace(
        "where: { token: $credential, guest: $credential.sub }",
        "where: { guest: $credential.sub }",
    );
    let server = start(builder(&text).actions(Arc::new(Pictures))).await;
    let cookie = sign_in(&server).await;
    answer(ask(&server, Method::POST, "/api/keys").header("Cookie", &cookie)).await;
    let header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::HS256);
    let key = jsonwebtoken::EncodingKey::from_secret(b"a-lodge-key-of-some-length");
    let sign = |claims: Value| jsonwebtoken::encode(&header, &claims, &key).unwrap();
    let with = |token: String| ask(&server, Method::GET, "/api/me").bearer_auth(token);
    assert_eq!(me(with(sign(json!({ "sub": "ada" })))).await, (200, "ada".to_owned()));
    assert_eq!(with(sign(json!({ "id": 1 }))).send().await.unwrap().text().await.unwrap(), "");
}

#[tokio::test]
async fn what_no_operation_has_ends_as_the_caller_deserves() {
    let server = start(lodge()).await;
    let cookie = sign_in(&server).await;
    let ended = async |method: Method, path: &str, cookie: &str| {
        let response = ask(&server, method, path).header("Cookie", cookie).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    };
    let nothing = (401, String::new());
    let broken = (500, r#"{"error":"internal"}"#.to_owned());
    for (method, path) in
        [(Method::GET, "/api/nowhere"), (Method::DELETE, "/api/guests"), (Method::GET, "/api/state/health")]
    {
        assert_eq!(ended(method.clone(), path, "").await, nothing, "{path}");
        assert_eq!(ended(method.clone(), path, "LODGE_TOKEN=dead").await, nothing, "{path}");
        assert_eq!(ended(method, path, &cookie).await, broken, "{path}");
    }
    assert_eq!(ended(Method::GET, "/elsewhere", "").await, (404, r#"{"error":"not-found"}"#.to_owned()));
    // Where credentials are asked before the path is looked up, those that are no good have had their answer by then.
    let text = LODGE.replace("x-conduct:\n", "x-conduct:\n  order: [ authenticate, route, validate ]\n");
    let first = start(builder(&text).actions(Arc::new(Pictures))).await;
    let cookie = sign_in(&first).await;
    for (cookie, status) in [("LODGE_TOKEN=dead", 401), ("", 401), (cookie.as_str(), 500)] {
        let response =
            ask(&first, Method::GET, "/api/nowhere").header("Cookie", cookie).send().await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{cookie}");
    }
}

#[tokio::test]
async fn no_more_than_so_many_requests_come_to_one_path_in_a_while() {
    let server = start(lodge().set("RATE", "3")).await;
    let get = async |path: &str| ask(&server, Method::GET, path).send().await.unwrap();
    for _ in 0..3 {
        assert_eq!(get("/api/me").await.status(), 200);
    }
    let refused = get("/api/me?again=1").await;
    assert_eq!((refused.status().as_u16(), header(&refused, "retry-after").as_str()), (429, "1"));
    assert_eq!(refused.text().await.unwrap(), r#"{"error":"throttled"}"#);
    assert_eq!(get("/api/guests").await.status(), 200, "another path has its own count");
    let apart = ask(&server, Method::GET, "/api/me").header("X-Mock-Namespace", "apart");
    assert_eq!(apart.send().await.unwrap().status(), 200, "and so has another namespace");
    for _ in 0..5 {
        assert_eq!(get("/_mock/state").await.status(), 200, "the control interface is never limited");
    }
    assert_eq!(server.journal().iter().filter(|one| one.response.status == Some(429)).count(), 1);
    assert!(!server.state().to_string().contains("throttled"));
    server.advance(Duration::from_millis(999));
    assert_eq!(get("/api/me").await.status(), 429);
    let body = ask(&server, Method::POST, "/api/me").body("x".repeat(200_000));
    assert_eq!(body.send().await.unwrap().status(), 429, "a long body is not waited for");
    server.advance(Duration::from_millis(1));
    assert_eq!(get("/api/me").await.status(), 200);

    let off = start(lodge()).await;
    for _ in 0..20 {
        assert_eq!(ask(&off, Method::GET, "/api/me").send().await.unwrap().status(), 200);
    }
}

#[tokio::test]
async fn times_are_numbers_where_they_should_be() {
    let server = start(lodge()).await;
    let (_, ada) = answer(ask(&server, Method::GET, "/api/guests/ada")).await;
    assert_eq!(
        ada,
        json!({ "id": "ada", "madeAt": 1_735_689_600_123_i64, "madeSeconds": 1_735_689_600.123, "leftAt": 1_735_689_600 })
    );
    let (_, bob) = answer(ask(&server, Method::GET, "/api/guests/bob")).await;
    assert_eq!((&bob["leftAt"], &bob["madeSeconds"]), (&Value::Null, &json!(1_735_689_600)));
}

#[tokio::test]
async fn a_session_ends_when_it_was_not_used_for_so_long() {
    let server = start(lodge().set("MAX_AGE", "60")).await;
    let cookie = sign_in(&server).await;
    let who = || me(ask(&server, Method::GET, "/api/me").header("Cookie", &cookie));
    for _ in 0..3 {
        server.advance(Duration::from_secs(59));
        assert_eq!(who().await, (200, "ada".to_owned()), "every use moves the end");
    }
    let session = &server.state()["collections"]["sessions"][0];
    assert_eq!(session["expires"], "2025-01-01T00:03:57.123Z");
    server.advance(Duration::from_secs(60));
    assert_eq!(who().await, (200, "nobody".to_owned()));
    let refused = ask(&server, Method::POST, "/api/keys").header("Cookie", &cookie).send().await.unwrap();
    assert_eq!(refused.status(), 401);
}

#[tokio::test]
async fn a_cookie_says_when_it_ends_and_how_it_may_travel() {
    let server = start(lodge()).await;
    let login = || ask(&server, Method::POST, "/api/login").json(&json!({ "guest": "ada" }));
    let plain = login().header("Referer", "http://lodge.example/").send().await.unwrap();
    let cookie = header(&plain, "set-cookie");
    let (pair, rest) = cookie.split_once(';').unwrap();
    assert!(pair.starts_with("LODGE_TOKEN=") && pair.len() > 20, "{pair}");
    let expected = " Path=/; Max-Age=3600; Expires=Wed, 01 Jan 2025 01:00:00 GMT; HttpOnly; SameSite=Lax";
    assert_eq!(rest, expected);
    let secure = login().header("Referer", "https://lodge.example/").send().await.unwrap();
    assert_eq!(secure.headers().get_all("set-cookie").iter().count(), 1);
    assert!(header(&secure, "set-cookie").ends_with("; Path=/; Secure; SameSite=None"));
}

#[tokio::test]
async fn a_text_arrives_as_it_is() {
    let server = start(lodge()).await;
    let say = |method: Method, kind: &str, text: &str| {
        let request = ask(&server, method, "/api/guests/ada/motto").body(text.to_owned());
        if kind.is_empty() { request } else { request.header("Content-Type", kind) }
    };
    let motto = async |request: RequestBuilder| {
        let (status, body) = answer(request).await;
        (status, body["motto"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(motto(say(Method::PUT, "text/plain", "my-slug")).await, (200, "my-slug".to_owned()));
    assert_eq!(motto(say(Method::PUT, "text/plain;charset=UTF-8", "12")).await, (200, "12".to_owned()));
    let kept = ask(&server, Method::GET, "/api/guests/ada/motto").send().await.unwrap();
    assert_eq!(
        (header(&kept, "content-type").as_str(), kept.text().await.unwrap().as_str()),
        ("text/plain", "12")
    );
    assert_eq!(say(Method::PUT, "application/json", "\"x\"").send().await.unwrap().status(), 415);
    let (status, body) = answer(say(Method::PUT, "text/plain", "far too long for this")).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid")), "a text was wanted, and is not malformed");
    for kind in [
        "",
        "text/plain",
        "application/json",
        "application/octet-stream",
        "application/x-www-form-urlencoded",
    ] {
        for text in ["\"quoted\"", "{not json", "a=b&c", "true"] {
            assert_eq!(motto(say(Method::POST, kind, text)).await, (200, text.to_owned()), "{kind}");
        }
    }
    assert_eq!(
        say(Method::POST, "application/json", "").send().await.unwrap().status(),
        400,
        "none is there"
    );
}

#[tokio::test]
async fn the_bytes_of_a_file_come_to_the_action() {
    let server = start(lodge()).await;
    let bytes = vec![0x89, b'P', b'N', b'G', 0, 255];
    let part =
        reqwest::multipart::Part::bytes(bytes.clone()).file_name("a.png").mime_str("image/png").unwrap();
    let form = reqwest::multipart::Form::new().part("file", part);
    let (status, told) = answer(ask(&server, Method::POST, "/api/pictures").multipart(form)).await;
    assert_eq!(status, 200);
    let file = json!({ "part": "file", "name": "a.png", "media": "image/png", "bytes": bytes });
    assert_eq!(told, json!({ "wanted": "file", "files": [file] }));
}

#[tokio::test]
async fn head_alone_is_an_operation_and_may_write() {
    let server = start(lodge()).await;
    let health = async || ask(&server, Method::HEAD, "/api/state/health").send().await.unwrap();
    let first = health().await;
    assert_eq!(first.status(), 503);
    assert_eq!(first.bytes().await.unwrap().len(), 0);
    assert_eq!(health().await.status(), 200);
    assert_eq!(server.state()["collections"]["probes"].as_array().unwrap().len(), 2);
    // Its rules for what has no operation aside, GET is a method that the path does not have.
    let cookie = sign_in(&server).await;
    let get = ask(&server, Method::GET, "/api/state/health").header("Cookie", cookie).send().await.unwrap();
    assert_eq!(get.status(), 500);
    let (before, rules) = LODGE.split_once("  unrouted:\n").unwrap();
    let rules = rules.split_once("  rate-limit").unwrap().1;
    let plain = start(builder(&format!("{before}  rate-limit{rules}")).actions(Arc::new(Pictures))).await;
    let get = ask(&plain, Method::GET, "/api/state/health").send().await.unwrap();
    assert_eq!((get.status().as_u16(), header(&get, "allow").as_str()), (405, "HEAD, OPTIONS"));
}

#[tokio::test]
async fn the_reader_stands_at_any_path_and_needs_nothing_beside_it() {
    let server = start(lodge()).await;
    let page = ask(&server, Method::GET, "/docs/webjars/swagger-ui/index.html").send().await.unwrap();
    assert_eq!((page.status().as_u16(), header(&page, "content-type").as_str()), (200, "text/html"));
    let page = page.text().await.unwrap();
    // Scripts and styles are in the page, so no path of them can be wrong; the policy lets it talk to this server only.
    assert!(page.contains("url: '/docs/openapi.json'") && page.contains("default-src 'self'"));
    for tag in ["<script src", "<link ", "<img src=\"http"] {
        assert!(!page.contains(tag), "{tag}");
    }
    let document = ask(&server, Method::GET, "/docs/openapi.json").send().await.unwrap();
    let document: Value = document.json().await.unwrap();
    // `Try it out` asks the origin that the page came from, to which a browser sends its cookies unasked.
    assert_eq!(document["servers"], json!([{ "url": "/" }]));
}
