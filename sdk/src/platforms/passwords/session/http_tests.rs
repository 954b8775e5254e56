//! Sessions over HTTP: which id goes with which request.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::super::encryption::{Keyring, NewKeyring, Passphrase};
use super::http::Routes;
use crate::runtime::{
    Body, BodyForm, Builder, Operation, Place, Platform, Raw, Repeat, Reply, ReplyForm, Scheme, Tokens,
    Transport, Wrapping,
};
use crate::{Error, Failure};

const fn reply(from: u16, to: u16) -> Reply {
    let media_type = Some("application/json");
    Reply { from, to, variant: "Any", form: ReplyForm::Json, wrapping: Wrapping::None, media_type }
}

const fn operation(
    id: &'static str,
    method: &'static str,
    path: &'static str,
    security: &'static [&'static [&'static str]],
) -> Operation {
    const JSON: Body = Body { media_type: "application/json", required: false, form: BodyForm::Json };
    const REPLIES: &[Reply] = &[reply(200, 200), reply(400, 499)];
    Operation {
        id,
        method,
        path,
        renamed: &[],
        body: Some(JSON),
        replies: REPLIES,
        security,
        repeat: Repeat::Once,
    }
}

const BASIC: &[&[&str]] = &[&["basic"]];
static REQUEST: Operation = operation("request", "GET", "/session/request", BASIC);
static OPEN: Operation = operation("open", "POST", "/session/open", BASIC);
static KEEP_ALIVE: Operation = operation("keepAlive", "GET", "/session/keepalive", BASIC);
static CLOSE: Operation = operation("close", "GET", "/session/close", BASIC);
static SETTINGS: Operation = operation("settings", "POST", "/settings/get", BASIC);
static LIST: Operation = operation("list", "POST", "/password/list", &[&["basic", "session"], &["basic"]]);
const SCHEMES: &[Scheme] = &[
    Scheme { name: "basic", place: Place::Basic, prefix: "" },
    Scheme { name: "session", place: Place::Header("x-api-session"), prefix: "" },
];

struct Client(Arc<Transport>);

impl Platform for Client {
    const NAME: &'static str = "fixture";
    const SCHEMES: &'static [Scheme] = SCHEMES;
    fn over(transport: Arc<Transport>) -> Self {
        Self(transport)
    }
}

fn client(server: &MockServer, passphrase: Option<&str>) -> Client {
    let passphrase = passphrase.map(|text| Passphrase::new(text).unwrap());
    let door = Routes {
        request: &REQUEST,
        open: &OPEN,
        keep_alive: &KEEP_ALIVE,
        close: &CLOSE,
        settings: &SETTINGS,
    }
    .door(passphrase);
    let builder = Builder::new(server.uri()).credential_for("basic", "jane:app token");
    builder.session("session", door, Tokens::default(), []).build().unwrap()
}

async fn list(client: &Client) -> Result<Value, Error<Value>> {
    Raw::new(&client.0, &LIST).json(&json!({ "details": "id" })).send().await.map(crate::Response::into_inner)
}

fn answer(status: u16, id: &str, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body).insert_header("X-API-SESSION", id)
}

async fn on(server: &MockServer, to: &str, respond: impl wiremock::Respond + 'static) {
    Mock::given(method(to.split_once(' ').unwrap().0))
        .and(path(to.split_once(' ').unwrap().1))
        .respond_with(respond)
        .mount(server)
        .await;
}

/// Path and session of each request.
async fn log(server: &MockServer) -> Vec<(String, String)> {
    let mut log = Vec::new();
    for request in server.received_requests().await.unwrap() {
        assert_eq!(request.headers["authorization"], "Basic amFuZTphcHAgdG9rZW4=");
        log.push((request.url.path().to_owned(), session(&request)));
    }
    log
}

fn session(request: &Request) -> String {
    let ids: Vec<_> = request.headers.get_all("x-api-session").iter().collect();
    assert!(ids.len() < 2, "{ids:?}");
    ids.first().map_or_else(String::new, |id| id.to_str().unwrap().to_owned())
}

fn expected(log: &[(&str, &str)]) -> Vec<(String, String)> {
    log.iter().map(|(path, id)| ((*path).to_owned(), (*id).to_owned())).collect()
}

#[tokio::test]
async fn the_id_of_every_answer_goes_with_the_next_request() {
    let server = MockServer::start().await;
    let turn = AtomicUsize::new(0);
    on(&server, "POST /password/list", move |_: &Request| {
        answer(200, &format!("s|{}", turn.fetch_add(1, Ordering::Relaxed)), &json!([]))
    })
    .await;
    let client = client(&server, None);
    for _ in 0..3 {
        list(&client).await.unwrap();
    }
    assert_eq!(
        log(&server).await,
        expected(&[("/password/list", ""), ("/password/list", "s|0"), ("/password/list", "s|1")])
    );
}

#[tokio::test]
async fn after_a_412_the_session_is_opened_again_and_the_call_repeated_once() {
    let passphrase = "correct horse battery staple";
    let NewKeyring { challenge, keychain, .. } =
        Keyring::create(Passphrase::new(passphrase).unwrap()).await.unwrap();
    let server = MockServer::start().await;
    let (salts, secret) = (challenge.data, challenge.secret);
    let asked = json!({ "challenge": { "type": "PWDv1r1", "salts": salts } });
    on(&server, "GET /session/request", answer(200, "asked", &asked)).await;
    let opened = AtomicUsize::new(0);
    on(&server, "POST /session/open", move |request: &Request| {
        assert_eq!(session(request), "asked");
        let body: Value = request.body_json().unwrap();
        assert_eq!(body, json!({ "challenge": secret.expose() }));
        let id = format!("open{}", opened.fetch_add(1, Ordering::Relaxed));
        answer(200, &id, &json!({ "success": true, "keys": { "CSEv1r1": keychain } }))
    })
    .await;
    on(&server, "POST /settings/get", answer(200, "open0", &json!([]))).await;
    on(&server, "GET /session/close", answer(200, "closed", &json!({ "success": true }))).await;
    // Only the second session is any good, and only once.
    let served = AtomicUsize::new(0);
    on(&server, "POST /password/list", move |request: &Request| {
        let good = session(request) == "open1" && served.fetch_add(1, Ordering::Relaxed) == 0;
        let refusal =
            json!({ "status": "error", "id": "4ad27488", "message": "Authorized session required" });
        if good { answer(200, "open1", &json!([])) } else { answer(412, "fresh", &refusal) }
    })
    .await;
    let client = client(&server, Some(passphrase));
    list(&client).await.unwrap();
    let first = [
        ("/session/request", ""),
        ("/session/open", "asked"),
        ("/settings/get", "open0"),
        ("/password/list", "open0"),
        ("/session/request", ""),
        ("/session/open", "asked"),
        ("/settings/get", "open1"),
        ("/password/list", "open1"),
    ];
    assert_eq!(log(&server).await, expected(&first));
    // The third does not help either: that is final.
    let error = list(&client).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(412));
    assert!(matches!(error.failure(), Failure::Declared(_)), "{error}");
    let second = [
        ("/password/list", "open1"),
        ("/session/request", ""),
        ("/session/open", "asked"),
        ("/settings/get", "open2"),
        ("/password/list", "open2"),
    ];
    assert_eq!(log(&server).await[8..], expected(&second));
}

#[tokio::test]
async fn a_refused_passphrase_is_said_with_the_platforms_name_for_it() {
    let server = MockServer::start().await;
    let salts = ["00".repeat(256), "00".repeat(64), "00".repeat(16)];
    let asked = json!({ "challenge": { "type": "PWDv1r1", "salts": salts } });
    on(&server, "GET /session/request", answer(200, "asked", &asked)).await;
    let refusal = json!({ "status": "error", "id": "ab6e13ba", "message": "Passphrase invalid" });
    on(&server, "POST /session/open", answer(401, "asked", &refusal)).await;
    let client = client(&server, Some("wrong horse battery staple"));
    for _ in 0..5 {
        let error = list(&client).await.unwrap_err();
        let Failure::SignIn(why) = error.failure() else { panic!("{error}") };
        assert_eq!((why.is_refused(), why.code()), (true, Some("ab6e13ba")));
        assert!(!format!("{error} {error:?}").contains("horse"));
    }
    assert_eq!(log(&server).await, expected(&[("/session/request", ""), ("/session/open", "asked")]));
}
