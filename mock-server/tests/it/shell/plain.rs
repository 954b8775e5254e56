//! Documents without the vocabulary: whatever is answered keeps the document's schemas.

use reqwest::{Client, Response};
use serde_json::{Value, json};
use tercet_mock_server::MockServer;
use tercet_spec::contract::{Flavour, Operation};

use super::support::builder;

const SHOP: &str = include_str!("fixtures/shop.yaml");

async fn shop() -> MockServer {
    builder(SHOP).start().await.unwrap()
}

async fn get(server: &MockServer, path: &str, accept: Option<&str>) -> Response {
    let request = Client::new().get(format!("{}{path}", server.base_url()));
    let request = match accept {
        Some(accept) => request.header("accept", accept),
        None => request,
    };
    request.send().await.unwrap()
}

async fn json(server: &MockServer, path: &str) -> (u16, Value) {
    let response = get(server, path, None).await;
    (response.status().as_u16(), response.json().await.unwrap())
}

fn media(response: &Response) -> &str {
    response.headers()["content-type"].to_str().unwrap()
}

/// What the operation's response for that status says against a body.
fn faults(server: &MockServer, operation: &str, status: u16, body: &Value) -> Vec<String> {
    let of = |one: &&Operation| one.id == operation;
    let contract = server.contract();
    let operation = contract.operations.iter().find(of).unwrap();
    let covering = operation.responses.iter().filter(|one| one.status.covers(status));
    let response = covering.min_by_key(|one| one.status).unwrap();
    let schema = response.content[0].schema.unwrap();
    let found = contract.validators.violations(schema, Flavour::Response, body);
    found.into_iter().map(|one| format!("{} {}", one.instance, one.message)).collect()
}

#[tokio::test]
async fn every_made_answer_keeps_its_schema() {
    for seed in 0..8 {
        let server = builder(SHOP).seed(seed).start().await.unwrap();
        let operations: Vec<_> = server.contract().operations.iter().collect();
        let plain = operations.iter().filter(|one| one.path.text.starts_with("/made/"));
        let mut tried = 0;
        for operation in plain {
            let (status, body) = json(&server, &operation.path.text).await;
            let found = faults(&server, &operation.id, status, &body);
            assert!(status == 200 && found.is_empty(), "{} {body} {found:?}", operation.id);
            tried += 1;
        }
        assert!(tried > 10, "{tried}");
    }
}

#[tokio::test]
async fn branches_of_all_of_that_speak_of_one_property_are_both_kept() {
    let server = shop().await;
    let (_, narrowed) = json(&server, "/made/narrowed").await;
    let first = &narrowed["data"][0];
    assert!(first["id"].is_string() && first["name"].is_string(), "{narrowed}");
    assert!(narrowed["link"]["count"].is_i64() && narrowed["link"]["url"].is_string(), "{narrowed}");
    let (_, tree) = json(&server, "/made/tree").await;
    assert!(tree["child"]["weight"].is_number(), "a recursive schema is narrowed, too: {tree}");
}

#[tokio::test]
async fn a_discriminator_says_which_branch_it_is() {
    let server = shop().await;
    let (_, pet) = json(&server, "/made/mapped").await;
    assert_eq!(pet["kind"], "the-cat", "{pet}");
    let (_, pet) = json(&server, "/made/unmapped").await;
    assert_eq!(pet["kind"], "Dog", "{pet}");
}

#[tokio::test]
async fn refusals_keep_their_schema_and_say_what_happened() {
    let server = shop().await;
    let (status, flat) = json(&server, "/refused/flat?size=none").await;
    assert_eq!((status, &flat["code"]), (400, &json!(400)));
    assert!(flat["message"].as_str().unwrap().contains("size"), "{flat}");
    assert_eq!(faults(&server, "flat", status, &flat), Vec::<String>::new());
    let (status, nested) = json(&server, "/refused/nested?size=none").await;
    assert!(nested["error"]["message"].as_str().unwrap().contains("size"), "{nested}");
    assert_eq!(faults(&server, "nested", status, &nested), Vec::<String>::new());
    assert!(nested.get("noise").is_none(), "nothing is invented that nobody asks for: {nested}");
    let (status, list) = json(&server, "/refused/list?size=none").await;
    assert!(list["errors"][0]["detail"].as_str().unwrap().contains("size"), "{list}");
    assert_eq!(faults(&server, "list", status, &list), Vec::<String>::new());
    // Where the schema does not let the sentence in, it stays a value of the schema.
    let (status, closed) = json(&server, "/refused/closed?size=none").await;
    assert_eq!((status, closed), (422, json!({ "message": "WRONG", "code": "E1" })));
    let (_, example) = json(&server, "/refused/example?size=none").await;
    assert_eq!(example, json!({ "message": "as documented" }), "an example comes first");
    let response = get(&server, "/refused/xml?size=none", None).await;
    assert_eq!((response.status().as_u16(), media(&response)), (400, "application/problem+json"));
}

#[tokio::test]
async fn json_comes_first_and_nothing_wrong_is_sent_under_a_label() {
    let server = shop().await;
    let both = get(&server, "/media/both", None).await;
    assert_eq!((both.status().as_u16(), media(&both)), (200, "application/json"));
    let wanted = get(&server, "/media/both", Some("application/xml, application/json;q=0.5")).await;
    assert_eq!((wanted.status().as_u16(), media(&wanted)), (200, "application/json"));
    let only = get(&server, "/media/both", Some("application/xml")).await;
    assert_eq!((only.status().as_u16(), media(&only)), (406, "application/problem+json"));
    let xml = get(&server, "/media/xml", None).await;
    assert_eq!((xml.status().as_u16(), media(&xml)), (501, "application/problem+json"));
    let said: Value = xml.json().await.unwrap();
    assert!(said["detail"].as_str().unwrap().contains("`application/xml`"), "{said}");
    let example = get(&server, "/media/xml-example", None).await;
    assert_eq!((example.status().as_u16(), media(&example)), (200, "application/xml"));
    assert_eq!(example.text().await.unwrap(), "<pet/>");
    let text = get(&server, "/media/text", None).await;
    assert_eq!((text.status().as_u16(), media(&text)), (200, "text/csv"));
    assert!(!text.text().await.unwrap().contains('"'), "a text is no JSON text");
    let picture = get(&server, "/media/png", None).await;
    assert_eq!((picture.status().as_u16(), media(&picture)), (200, "image/png"));
    assert!(picture.bytes().await.unwrap().starts_with(b"\x89PNG\r\n\x1a\n"));
    let lines = get(&server, "/media/lines", None).await.text().await.unwrap();
    assert_eq!(
        lines.lines().filter(|line| serde_json::from_str::<Value>(line).is_ok()).count(),
        2,
        "{lines}"
    );
}

#[tokio::test]
async fn paths_below_the_control_interface_are_the_documents() {
    let own = SHOP.replace("https://shop.example/", "https://shop.example/_mock/shop");
    let server = builder(&own).start().await.unwrap();
    assert_eq!(json(&server, "/made/narrowed").await.0, 200);
    assert!(server.control_url().ends_with("/_mock_control"), "{}", server.control_url());
    let overview = reqwest::get(format!("{}/", server.control_url())).await.unwrap();
    assert_eq!(overview.json::<Value>().await.unwrap()["title"], "Shop");
    let described = reqwest::get(format!("{}/openapi.yaml", server.control_url())).await.unwrap();
    assert!(described.text().await.unwrap().contains("url: /_mock_control\n"));
    // Without such a path it is where it always is.
    let server = shop().await;
    assert!(server.control_url().ends_with("/_mock"));
    assert_eq!(reqwest::get(format!("{}/state", server.control_url())).await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_create_stores_the_defaults_of_its_request() {
    let server = shop().await;
    let send = async |method, path: &str, body: Value| {
        let url = format!("{}{path}", server.base_url());
        let response = Client::new().request(method, url).json(&body).send().await.unwrap();
        (response.status().as_u16(), response.json::<Value>().await.unwrap())
    };
    let room = json!({ "name": "D", "address": { "city": "Bonn" }, "doors": [{}, { "open": false }] });
    let (status, made) = send(reqwest::Method::POST, "/rooms", room).await;
    let expected = json!({ "id": 1, "name": "D", "kind": "meeting", "address": { "city": "Bonn", "country": "DE" },
        "doors": [{ "open": true }, { "open": false }] });
    assert_eq!((status, &made), (201, &expected));
    let (_, bare) = send(reqwest::Method::POST, "/rooms", json!({ "name": "E" })).await;
    assert_eq!(
        bare,
        json!({ "id": 2, "name": "E", "kind": "meeting" }),
        "an object that is not there stays away"
    );
    // What an update leaves out stays as it is.
    send(reqwest::Method::PATCH, "/rooms/1", json!({ "kind": "hall" })).await;
    let (_, changed) = send(reqwest::Method::PATCH, "/rooms/1", json!({ "name": "F" })).await;
    assert_eq!((&changed["name"], &changed["kind"]), (&json!("F"), &json!("hall")));
}

#[tokio::test]
async fn a_state_keeps_the_schemas_of_its_collections() {
    let server = shop().await;
    let wrong = json!({ "collections": { "rooms": [
        { "id": "x" }, { "id": 2, "name": "ok", "kind": "meeting" }, { "id": 3, "name": 5, "kind": "cellar" } ] } });
    let problems = server.replace_state(&wrong).unwrap_err();
    assert_eq!(
        problems,
        [
            "`collections.rooms[0]` (id: \"x\"): `name` is missing",
            "`collections.rooms[0]` (id: \"x\"): `kind` is missing",
            "`collections.rooms[0]` (id: \"x\"): `id` is not an integer",
            "`collections.rooms[2]` (id: 3): `name` is not a string",
            "`collections.rooms[2]` (id: 3): `kind` is not one of `meeting`, `hall`",
        ]
    );
    // What the program wrote itself it takes again, whatever its own effects have stored; not for another document.
    let url = format!("{}/loose", server.base_url());
    let made = Client::new().post(url).json(&json!({ "name": "G", "kind": "hut" })).send().await.unwrap();
    assert_eq!(made.status(), 201);
    let saved = server.state();
    server.replace_state(&saved).unwrap();
    let mut edited = saved.clone();
    edited["collections"]["rooms"][0]["name"] = json!("H");
    let problems = server.replace_state(&edited).unwrap_err();
    assert!(problems.len() == 1 && problems[0].contains("`kind`"), "{problems:?}");
    let other = builder(&SHOP.replace("title: Shop", "title: Other")).start().await.unwrap();
    assert_eq!(other.replace_state(&saved).unwrap_err().len(), 1);
}
