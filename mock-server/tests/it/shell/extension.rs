//! What a platform keeps beside its collections, and what else its actions can see.

use std::collections::BTreeMap;
use std::sync::Arc;

use imbl::OrdMap;
use reqwest::Method;
use serde_json::{Map, Value, json};
use tercet_mock_server::action::{ActionContext, ActionTable};
use tercet_mock_server::entropy::{Clock, Timestamp};
use tercet_mock_server::extension::Extension;
use tercet_mock_server::jwt::JwtError;
use tercet_mock_server::outcome::Outcome;
use tercet_mock_server::{Builder, MockServer};

use super::support::{answer, builder};

const COUNTERS: &str = "openapi: 3.0.3
info: { title: Counters, version: '1' }
x-collections:
  keys: { schema: Key, seed: [ { id: one, secret: s3cret } ] }
paths:
  /add/{name}:
    post:
      operationId: add
      parameters: [ { name: name, in: path, required: true, schema: { type: string } } ]
      x-effect: { call: { action: add, with: { name: $request.path.name }, outcomes: [ odd ] } }
      responses:
        '200': { description: the new number, content: { application/json: { schema: { } } } }
        '409': { description: refused, x-outcome: odd }
  /read/{name}:
    get:
      operationId: read
      parameters: [ { name: name, in: path, required: true, schema: { type: string } } ]
      x-effect: { call: { action: read, with: { name: $request.path.name }, reads: true } }
      responses: { '200': { description: the number, content: { application/json: { schema: { } } } } }
  /lie:
    get:
      operationId: lie
      x-effect: { call: { action: add, with: { name: lie }, outcomes: [ odd ], reads: true } }
      responses: { '200': { description: never }, '409': { description: never, x-outcome: odd } }
  /who:
    get:
      operationId: who
      security: [ { key: [ ] }, { } ]
      x-effect: { call: { action: who, reads: true } }
      responses: { '200': { description: what an action sees, content: { application/json: { schema: { } } } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key, x-credential: { in: keys, where: { secret: $credential } } }
  schemas:
    Key: { type: object, properties: { id: { type: string }, secret: { type: string } } }
";

/// Numbers by name.
#[derive(Clone, Default)]
struct Counters(OrdMap<String, u64>);

impl Extension for Counters {
    fn copy(&self) -> Box<dyn Extension> {
        Box::new(self.clone())
    }

    fn to_json(&self) -> Value {
        self.0.iter().map(|(name, number)| (name.clone(), json!(number))).collect::<Map<_, _>>().into()
    }
}

struct Actions;

impl ActionTable for Actions {
    fn names(&self) -> &[&str] {
        &["add", "read", "who"]
    }

    fn call(
        &self,
        name: &str,
        context: &mut ActionContext<'_>,
        input: Map<String, Value>,
    ) -> Result<Value, Outcome> {
        let key = input.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        match name {
            "add" => {
                let number = context.extension_mut::<Counters>()?.0.entry(key).or_default();
                *number += 1;
                // Too late: what was counted must be forgotten again.
                if *number == 3 { Err(Outcome::new("odd", "three is refused")) } else { Ok(json!(*number)) }
            }
            "read" => Ok(json!(context.extension::<Counters>()?.0.get(&key))),
            _ => {
                let token =
                    context.sign_jwt(json!({ "sub": 1, "exp": context.now().0 / 1000 + 60 }), "key")?;
                Ok(json!({
                    "origin": context.origin(),
                    "header": context.header("X-Anything"),
                    "key": context.signed_in_by("key"),
                    "claims": context.verify_jwt(&token, "key").ok(),
                    "other key": context.verify_jwt(&token, "lock") == Err(JwtError::Invalid),
                    "other type": context.extension::<tercet_mock_server::extension::NoExtension>().is_err(),
                    "now": context.now_text(),
                }))
            }
        }
    }

    fn extension(&self) -> Box<dyn Extension> {
        Box::<Counters>::default()
    }

    fn restore_extension(&self, json: &Value) -> Result<Box<dyn Extension>, Vec<String>> {
        let numbers: BTreeMap<String, u64> =
            serde_json::from_value(json.clone()).map_err(|error| vec![error.to_string()])?;
        Ok(Box::new(Counters(numbers.into_iter().collect())))
    }

    fn seed(&self, context: &mut ActionContext<'_>) -> Result<(), Outcome> {
        context.extension_mut::<Counters>()?.0.insert("seeded".to_owned(), 40);
        context.insert("keys", json!({ "id": "two", "secret": "seeded" }))?;
        Ok(())
    }
}

fn counters() -> Builder {
    builder(COUNTERS).actions(Arc::new(Actions)).clock(Clock::manual(Timestamp(1_767_225_600_000)))
}

async fn call(server: &MockServer, method: Method, path: &str, namespace: Option<&str>) -> (u16, Value) {
    let mut request = reqwest::Client::new().request(method, format!("{}{path}", server.url()));
    if let Some(name) = namespace {
        request = request.header("X-Mock-Namespace", name);
    }
    answer(request).await
}

#[tokio::test]
async fn what_is_kept_beside_the_collections_is_part_of_the_state() {
    let server = counters().start().await.unwrap();
    let add = async |namespace| call(&server, Method::POST, "/add/a", namespace).await;
    let read =
        async |name: &str, namespace| call(&server, Method::GET, &format!("/read/{name}"), namespace).await.1;
    assert_eq!(read("seeded", None).await, json!(40), "what the platform starts with");
    assert_eq!(add(None).await, (200, json!(1)));
    assert_eq!(add(None).await, (200, json!(2)));
    assert_eq!(add(None).await.0, 409);
    assert_eq!(read("a", None).await, json!(2), "what failed has not happened");
    assert_eq!(add(Some("own")).await, (200, json!(1)), "a namespace has its own");
    assert_eq!(read("a", None).await, json!(2));

    let saved = server.state();
    assert_eq!(saved["extension"], json!({ "a": 2, "seeded": 40 }));
    server.reset();
    assert_eq!(read("a", None).await, Value::Null);
    assert_eq!(read("seeded", None).await, json!(40));
    server.replace_state(&saved).unwrap();
    assert_eq!(read("a", None).await, json!(2));
    let mut wrong = saved.clone();
    wrong["extension"] = json!({ "a": "many" });
    let errors = server.replace_state(&wrong).unwrap_err();
    assert!(errors[0].starts_with("`extension`: invalid type"), "{errors:?}");
    assert_eq!(read("a", None).await, json!(2), "the old one stays");
    wrong.as_object_mut().unwrap().remove("extension");
    server.replace_state(&wrong).unwrap();
    assert_eq!(read("seeded", None).await, Value::Null, "none at all is an empty one");
}

#[tokio::test]
async fn a_document_that_keeps_nothing_beside_says_so() {
    let server =
        builder("openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n").start().await.unwrap();
    let errors = server.replace_state(&json!({ "collections": {}, "extension": { "a": 1 } })).unwrap_err();
    assert_eq!(errors, ["`extension`: this document keeps nothing beside its collections"]);
    assert!(server.state().get("extension").is_none());
}

#[tokio::test]
async fn it_survives_in_the_state_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let server = counters().state_file(&path).start().await.unwrap();
    assert_eq!(call(&server, Method::POST, "/add/a", None).await, (200, json!(1)));
    server.stop().await.unwrap();
    let server = counters().state_file(&path).start().await.unwrap();
    assert_eq!(call(&server, Method::GET, "/read/a", None).await, (200, json!(1)));
}

#[tokio::test]
async fn an_action_that_says_it_reads_and_writes_is_found_out() {
    let server = counters().start().await.unwrap();
    assert_eq!(call(&server, Method::GET, "/lie", None).await.0, 500);
    let why = &server.journal()[0].explanation;
    assert!(why.contains("`add` changes something, but its step says `reads: true`"), "{why}");
    assert_eq!(call(&server, Method::GET, "/read/lie", None).await.1, Value::Null);
}

#[tokio::test]
async fn an_action_sees_headers_the_origin_the_scheme_and_tokens() {
    let server = counters().start().await.unwrap();
    let url = format!("{}/who", server.url());
    let request = reqwest::Client::new().get(&url).header("x-anything", "some").header("X-Key", "seeded");
    let (_, seen) = answer(request).await;
    assert_eq!(
        seen,
        json!({
            "origin": server.url(), "header": "some", "key": true, "claims": { "sub": 1, "exp": 1_767_225_660 },
            "other key": true, "other type": true, "now": "2026-01-01T00:00:00.000Z",
        })
    );
    let (_, seen) = answer(reqwest::Client::new().get(&url)).await;
    assert_eq!((&seen["header"], &seen["key"]), (&Value::Null, &json!(false)));
}
