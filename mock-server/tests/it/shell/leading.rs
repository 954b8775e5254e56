//! Steps that come before the request is read and keep what they write, headers that say what they bound, and refusals
//! that come before the path is looked up.

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Map, Value, json};
use std::sync::Arc;
use tercet_mock_server::MockServer;
use tercet_mock_server::action::{ActionContext, ActionTable};
use tercet_mock_server::outcome::Outcome;

use super::support::{answer, builder};

const CLOAKROOM: &str = include_str!("fixtures/cloakroom.yaml");

/// Counts, and then refuses what is not `sesame`.
struct Tries;

impl ActionTable for Tries {
    fn names(&self) -> &[&str] {
        &["try"]
    }

    fn call(
        &self,
        _: &str,
        context: &mut ActionContext<'_>,
        input: Map<String, Value>,
    ) -> Result<Value, Outcome> {
        let person = context.bound("person").cloned().ok_or_else(|| Outcome::new("internal", "nobody"))?;
        let tercet_mock_server::Bound::Record(person) = person else {
            return Err(Outcome::new("internal", "no record"));
        };
        context.insert("tries", json!({ "user": person.get("id") }))?;
        match input["code"].as_str() {
            Some("sesame") => Ok(json!({ "by": person.get("id") })),
            Some("broken") => Err(Outcome::new("unheard-of", "")),
            _ => Err(Outcome::new("locked", "")),
        }
    }
}

pub(super) async fn cloakroom() -> MockServer {
    builder(CLOAKROOM).actions(Arc::new(Tries)).start().await.unwrap()
}

pub(super) fn ann(server: &MockServer, method: Method, path: &str) -> RequestBuilder {
    let url = format!("{}{path}", server.base_url());
    reqwest::Client::new().request(method, url).basic_auth("ann", Some("a"))
}

fn session(response: &Response) -> Option<String> {
    response.headers().get("x-session").map(|value| value.to_str().unwrap().to_owned())
}

fn len(server: &MockServer, collection: &str) -> usize {
    server.state()["collections"][collection].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn a_session_is_opened_by_whatever_request_comes_and_known_from_then_on() {
    let server = cloakroom().await;
    let first = ann(&server, Method::GET, "/coats").send().await.unwrap();
    assert_eq!(first.status(), 200);
    assert_eq!(session(&first).as_deref(), Some("a|1/ann"));
    assert_eq!(first.headers()["set-cookie"], "session=a%7C1%2Fann; path=/");
    assert_eq!(first.headers()["x-plain"], "id=1; of=cloakroom");
    for cookie in ["session=a%7C1%2Fann", "other=x; session=a|1/ann"] {
        let again = ann(&server, Method::GET, "/coats").header("Cookie", cookie).send().await.unwrap();
        assert_eq!(session(&again).as_deref(), Some("a|1/ann"), "{cookie}");
        assert!(!again.headers().contains_key("x-plain"), "nothing was made");
    }
    let ben = reqwest::Client::new().get(format!("{}/coats", server.base_url())).basic_auth("ben", Some("b"));
    let foreign = ben.header("Cookie", "session=a%7C1%2Fann").send().await.unwrap();
    assert_eq!(session(&foreign).as_deref(), Some("a|2/ben"));
    assert_eq!(len(&server, "sessions"), 2);
}

#[tokio::test]
async fn what_a_step_keeps_stays_however_the_request_ends() {
    let server = cloakroom().await;
    // Refused by validation: an answer of `x-conduct.responses`, with the session and without a body.
    let refused = ann(&server, Method::POST, "/coats").json(&json!({ "label": "" })).send().await.unwrap();
    assert_eq!(refused.status(), 400);
    assert_eq!(session(&refused).as_deref(), Some("a|1/ann"));
    assert_eq!(refused.headers()["content-type"], "text/html; charset=UTF-8");
    assert_eq!(refused.headers()["content-length"], "0");
    assert_eq!(refused.text().await.unwrap(), "");
    // Refused by a later step: what was kept is there, what was not is not.
    for _ in 0..2 {
        let locked = ann(&server, Method::POST, "/unlock").header("Cookie", "session=a|1/ann");
        let locked = locked.json(&json!({ "code": "wrong" })).send().await.unwrap();
        assert_eq!((locked.status().as_u16(), session(&locked).as_deref()), (403, Some("a|1/ann")));
        let body: Value = locked.json().await.unwrap();
        assert_eq!(body, json!({ "id": "4ad27488", "message": "Authorized session required" }));
    }
    assert_eq!((len(&server, "sessions"), len(&server, "tries"), len(&server, "coats")), (1, 2, 1));
    let (status, body) =
        answer(ann(&server, Method::POST, "/unlock").json(&json!({ "code": "sesame" }))).await;
    assert_eq!((status, body), (200, json!({ "tries": 3 })));
    assert_eq!((len(&server, "sessions"), len(&server, "coats")), (2, 2));
}

#[tokio::test]
async fn an_action_keeps_what_it_wrote_before_it_refused() {
    let server = cloakroom().await;
    let tried = |code: &str| answer(ann(&server, Method::POST, &format!("/try/{code}")));
    assert_eq!(tried("wrong").await.0, 403);
    assert_eq!(len(&server, "tries"), 1);
    assert_eq!(tried("broken").await.0, 500, "an outcome that its step does not name");
    assert_eq!(len(&server, "tries"), 1);
    assert_eq!(tried("sesame").await, (200, json!({ "by": "ann" })));
    assert_eq!(len(&server, "tries"), 2);
}

#[tokio::test]
async fn sessions_of_requests_that_come_at_once_are_all_there() {
    let server = cloakroom().await;
    let all = (0..20).map(|number| {
        let path = if number % 2 == 0 { "/coats/all" } else { "/coats?label=x" };
        answer(ann(&server, Method::GET, path))
    });
    for (status, _) in futures::future::join_all(all).await {
        assert_eq!(status, 200);
    }
    assert_eq!(len(&server, "sessions"), 20);
}

#[tokio::test]
async fn wrong_credentials_win_over_wrong_paths_and_missing_ones_do_not() {
    let server = cloakroom().await;
    let ask = async |path: &str, header: Option<&str>| {
        let mut request = reqwest::Client::new().get(format!("{}{path}", server.base_url()));
        if let Some(header) = header {
            request = request.header("Authorization", header);
        }
        let response = request.send().await.unwrap();
        let told = (response.status().as_u16(), session(&response));
        assert_eq!(told.1, None, "nobody has a session");
        (told.0, response.text().await.unwrap())
    };
    // ann:x
    let wrong = Some("Basic YW5uOng=");
    for path in ["/coats", "/nowhere", "/coats/", "/unlock", "/picture"] {
        assert_eq!(ask(path, wrong).await, (401, "{\"message\":\"\"}".to_owned()), "{path}");
    }
    let missing = "{\"message\":\"Basic is needed\"}";
    for nobody in [None, Some("Bearer YW5uOmE=")] {
        assert_eq!(ask("/coats", nobody).await, (401, missing.to_owned()));
        assert_eq!(ask("/nowhere", nobody).await, (404, String::new()));
        assert_eq!(ask("/coats/", nobody).await, (405, String::new()));
        assert_eq!(ask("/unlock", nobody).await.0, 405);
        assert_eq!(ask("/picture", nobody).await, (200, "pixels".to_owned()));
    }
}

#[tokio::test]
async fn slashes_in_a_row_are_one_and_one_at_the_end_is_too_many() {
    let server = cloakroom().await;
    let origin = server.url();
    let base = server.base_url()[origin.len()..].trim_end_matches('/').to_owned();
    let ask = async |path: String| {
        let request = reqwest::Client::new().get(format!("{}{path}", origin.trim_end_matches('/')));
        request.basic_auth("ann", Some("a")).send().await.unwrap()
    };
    assert_eq!(base, "/index.php/api");
    for path in [
        "/index.php/api/coats",
        "/index.php/api//coats",
        "//index.php///api//coats",
        "/index.php//api/coats/all",
    ] {
        assert_eq!(ask(path.to_owned()).await.status(), 200, "{path}");
    }
    for path in ["/index.php/api/coats/", "/index.php/api/coats//", "/index.php/api/coats/all/"] {
        let response = ask(path.to_owned()).await;
        assert_eq!((response.status().as_u16(), session(&response)), (405, None), "{path}");
        assert_eq!(response.headers()["allow"], "");
    }
    assert_eq!(ask("/index.php/api/nowhere/".to_owned()).await.status(), 404);
    assert_eq!(ask("/index.php/apicoats".to_owned()).await.status(), 404);
}

#[tokio::test]
async fn texts_in_json_are_escaped_wherever_they_stand() {
    let server = cloakroom().await;
    let listed = ann(&server, Method::GET, "/coats/all").send().await.unwrap();
    assert_eq!(listed.headers()["content-type"], "application/json; charset=utf-8");
    let text = listed.text().await.unwrap();
    assert_eq!(text, r#"[{"id":1,"label":"\u00c4nne's \u003Ccoat\u003E\/hat","a\/b":"\u003C\/\u003E"}]"#);
    let served = ann(&server, Method::GET, "/coats?label=%F0%9F%94%91%26/")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert_eq!(served, r#"{"limit":5,"label":"\ud83d\udd11&\/"}"#);
}
