//! The control interface, against the document that describes it.

use reqwest::{Client, Method};
use serde_json::{Value, json};
use tercet_mock_server::MockServer;
use tercet_spec::contract::{Contract, Flavour, Segment, Status};
use tercet_spec::{Document, Severity};

use super::support::{KEY, answer, library, request};

const CONTROL: &str = include_str!("../../../control.openapi.yaml");

fn contract() -> Contract {
    let document = Document::parse("control.openapi.yaml", CONTROL).unwrap();
    let (contract, diagnostics) = tercet_spec::lower(&document);
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let errors: Vec<_> = errors.map(ToString::to_string).collect();
    assert_eq!(errors, Vec::<String>::new());
    contract
}

fn control(server: &MockServer, method: Method, path: &str) -> reqwest::RequestBuilder {
    Client::new().request(method, format!("{}/_mock{path}", server.url()))
}

/// A body that each operation that needs one takes.
fn body(operation: &str, server: &MockServer) -> Option<Value> {
    match operation {
        "replaceState" => Some(server.state()),
        "setClock" => Some(json!({ "now": "2026-01-31T12:00:00Z" })),
        "advanceClock" => Some(json!({ "advance": "PT1H30M" })),
        _ => None,
    }
}

#[tokio::test]
async fn every_operation_answers_as_described() {
    let contract = contract();
    let server = library().await;
    answer(request(&server, Method::GET, "/nowhere")).await;
    for operation in &contract.operations {
        let named = |part: &Segment| match part {
            Segment::Literal(text) => text.clone(),
            Segment::Parameter(_) => "x".to_owned(),
        };
        let path: String = operation
            .path
            .segments
            .iter()
            .map(|parts| "/".to_owned() + &parts.iter().map(named).collect::<String>())
            .collect();
        answer(request(&server, Method::GET, "/books").header("X-Mock-Namespace", "x")).await;
        let mut asked =
            control(&server, operation.method.parse().unwrap(), if path.is_empty() { "/" } else { &path });
        if let Some(body) = body(&operation.id, &server) {
            asked = asked.json(&body);
        }
        let answer = asked.send().await.unwrap();
        let status = answer.status().as_u16();
        let response = operation.responses.iter().find(|one| one.status == Status::Code(status));
        let response = response.unwrap_or_else(|| panic!("{} answers {status}", operation.id));
        // this server speaks plain HTTP, and has no certificate
        let good =
            if operation.id == "showCertificate" { status == 404 } else { (200..300).contains(&status) };
        assert!(good, "{} {status}", operation.id);
        let media = answer.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
        let declared = response.content.iter().find(|one| Some(&one.name) == media.as_ref());
        assert_eq!(declared.is_some(), media.is_some(), "{} {media:?}", operation.id);
        let text = answer.text().await.unwrap();
        if let Some(schema) = declared.filter(|one| one.name == "application/json").and_then(|one| one.schema)
        {
            let value: Value = serde_json::from_str(&text).unwrap();
            let violations = contract.validators.violations(schema, Flavour::Response, &value);
            assert!(violations.is_empty(), "{} {violations:?} {value}", operation.id);
        }
    }
}

#[tokio::test]
async fn no_path_has_a_method_that_is_not_described() {
    let contract = contract();
    let server = library().await;
    for path in contract.operations.iter().map(|operation| operation.path.text.as_str()) {
        let url = path.replace("{name}", "x");
        for method in ["GET", "PUT", "POST", "PATCH", "DELETE"] {
            let described =
                contract.operations.iter().any(|one| one.path.text == path && one.method == method);
            let answer = control(&server, method.parse().unwrap(), &url).send().await.unwrap();
            let status = answer.status().as_u16();
            assert_eq!(status == 405, !described, "{method} {path} {status}");
            if status == 405 {
                assert!(answer.headers().contains_key("allow"));
                assert_eq!(answer.headers()["content-type"], "application/problem+json");
            }
        }
    }
    let nowhere = control(&server, Method::GET, "/nowhere").send().await.unwrap();
    assert_eq!(nowhere.status().as_u16(), 404);
    assert_eq!(nowhere.headers()["content-type"], "application/problem+json");
}

#[tokio::test]
async fn the_document_is_served_as_it_is() {
    let server = library().await;
    let text = control(&server, Method::GET, "/openapi.yaml").send().await.unwrap().text().await.unwrap();
    assert_eq!(text, CONTROL);
    let text = control(&server, Method::GET, "/document").send().await.unwrap().text().await.unwrap();
    assert_eq!(text, super::support::LIBRARY);
}

#[tokio::test]
async fn credentials_open_the_door() {
    let server = library().await;
    let listed = answer(control(&server, Method::GET, "/credentials")).await;
    let expected = json!([{
        "scheme": "key",
        "user": "anna@library.example",
        "value": "desk-key-0001",
        "header": { "name": KEY.0, "value": KEY.1 },
    }]);
    assert_eq!(listed, (200, expected));
}

#[tokio::test]
async fn a_state_is_read_changed_and_put_back() {
    let server = library().await;
    let mut state = answer(control(&server, Method::GET, "/state")).await.1;
    state["collections"]["books"][0]["title"] = "Urfaust".into();
    assert_eq!(answer(control(&server, Method::PUT, "/state").json(&state)).await.0, 204);
    assert_eq!(answer(request(&server, Method::GET, "/books/1")).await.1["title"], "Urfaust");
    state["collections"]["books"][0]["pages"] = "many".into();
    state["collections"]["shelves"] = json!([]);
    let (status, problem) = answer(control(&server, Method::PUT, "/state").json(&state)).await;
    assert_eq!(status, 422);
    assert!(problem["errors"].as_array().is_some_and(|errors| !errors.is_empty()), "{problem}");
    assert_eq!(answer(request(&server, Method::GET, "/books/1")).await.1["title"], "Urfaust");
    assert_eq!(answer(control(&server, Method::POST, "/reset")).await.0, 204);
    assert_eq!(answer(request(&server, Method::GET, "/books/1")).await.1["title"], "Faust");
}

#[tokio::test]
async fn the_clock_stands_moves_and_runs() {
    let server = library().await;
    let set = control(&server, Method::PUT, "/clock").json(&json!({ "now": "2026-01-31T12:00:00+01:00" }));
    let stopped = json!({ "now": "2026-01-31T11:00:00.000Z", "running": false });
    assert_eq!(answer(set).await, (200, stopped));
    let moved = control(&server, Method::POST, "/clock").json(&json!({ "advance": "PT1H30M" }));
    assert_eq!(answer(moved).await.1["now"], "2026-01-31T12:30:00.000Z");
    server.advance(std::time::Duration::from_secs(60));
    assert_eq!(server.clock().now().to_string(), "2026-01-31T12:31:00.000Z");
    for wrong in [json!({}), json!({ "now": "noon" }), json!({ "hour": 1 }), json!([])] {
        assert_eq!(answer(control(&server, Method::PUT, "/clock").json(&wrong)).await.0, 400, "{wrong}");
    }
    let wrong = control(&server, Method::POST, "/clock").json(&json!({ "advance": "soon" }));
    assert_eq!(answer(wrong).await.0, 400);
    let run = control(&server, Method::PUT, "/clock").json(&json!({ "running": true }));
    assert_eq!(answer(run).await.1["running"], true);
}

#[tokio::test]
async fn the_journal_is_filtered() {
    let server = library().await;
    for path in ["/books", "/books/9", "/nowhere", "/books/1"] {
        answer(request(&server, Method::GET, path)).await;
    }
    let cases = [
        ("", 4),
        ("?status=404", 2),
        ("?operation=getBook", 2),
        ("?operation=getBook&status=200", 1),
        ("?limit=3", 3),
        ("?namespace=none", 0),
    ];
    for (query, expected) in cases {
        let (status, entries) = answer(control(&server, Method::GET, &format!("/journal{query}"))).await;
        assert_eq!((status, entries.as_array().unwrap().len()), (200, expected), "{query}");
    }
    for wrong in ["?status=x", "?state=1"] {
        assert_eq!(
            answer(control(&server, Method::GET, &format!("/journal{wrong}"))).await.0,
            400,
            "{wrong}"
        );
    }
    assert_eq!(answer(control(&server, Method::DELETE, "/journal")).await.0, 204);
    assert_eq!(server.journal(), []);
}

#[tokio::test]
async fn pages_of_strangers_are_kept_out() {
    let server = library().await;
    for (name, value) in [("Origin", "https://evil.example"), ("Host", "evil.example:80"), ("Origin", "null")]
    {
        let asked = control(&server, Method::POST, "/reset").header(name, value);
        assert_eq!(answer(asked).await.0, 403, "{name}: {value}");
    }
    let own = control(&server, Method::POST, "/reset").header("Origin", "http://localhost:5173");
    assert_eq!(answer(own).await.0, 204);
}

#[tokio::test]
async fn pages_of_this_machine_may_ask_from_their_own_origin() {
    let server = library().await;
    let page = "http://localhost:5173";
    let preflight = control(&server, Method::OPTIONS, "/reset")
        .header("Origin", page)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "x-mock-namespace");
    let allowed = preflight.send().await.unwrap();
    assert_eq!(allowed.status(), 204);
    assert_eq!(allowed.headers()["access-control-allow-origin"], page);
    assert_eq!(allowed.headers()["access-control-allow-headers"], "x-mock-namespace");

    let asked = control(&server, Method::GET, "/credentials").header("Origin", page).send().await.unwrap();
    assert_eq!(asked.headers()["access-control-allow-origin"], page);

    let stranger = control(&server, Method::OPTIONS, "/reset")
        .header("Origin", "https://evil.example")
        .header("Access-Control-Request-Method", "POST");
    let refused = stranger.send().await.unwrap();
    assert_eq!(refused.status(), 403);
    assert!(!refused.headers().contains_key("access-control-allow-origin"));
}
