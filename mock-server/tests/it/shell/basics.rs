//! A server starts, remembers, and is gone.

use reqwest::Method;
use serde_json::json;

use super::support::{answer, builder, library, request};

#[tokio::test]
async fn what_is_written_can_be_read() {
    let server = library().await;
    let body = json!({ "title": "Emilia", "kind": "play", "isbn": "dropped", "pages": null });
    let made = answer(request(&server, Method::POST, "/books").json(&body)).await;
    assert_eq!(made, (201, json!({ "id": 2, "title": "Emilia", "kind": "play" })));
    assert_eq!(answer(request(&server, Method::GET, "/books/2")).await, (200, made.1));
    let gone = answer(request(&server, Method::DELETE, "/books/2")).await;
    assert_eq!(gone.0, 204);
    assert_eq!(answer(request(&server, Method::GET, "/books/2")).await.0, 404);
    server.reset();
    assert_eq!(answer(request(&server, Method::GET, "/books")).await.1.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_stopped_server_listens_no_longer() {
    let server = library().await;
    let port = server.port();
    server.stop().await.unwrap();
    assert!(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err());
}

#[tokio::test]
async fn a_credential_was_used_also_when_nothing_came_of_it() {
    let text = r"
openapi: 3.0.3
info: { title: T, version: '1' }
security: [ { key: [] } ]
x-conduct: { responses: { unauthenticated: { status: 401, response: { description: no } }, not-found: { status: 404, response: { description: none } } } }
x-collections: { keys: { schema: Key, seed: [ { id: k, token: t } ] }, things: { schema: Thing } }
paths:
  /things/{id}:
    get:
      operationId: read
      parameters: [ { name: id, in: path, required: true, schema: { type: string } } ]
      responses: { '200': { description: ok } }
      x-effect: { find: { in: things, where: { id: $request.path.id } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key, x-credential: { in: keys, where: { token: $credential } } } }
  schemas:
    Thing: { type: object, properties: { id: { type: string } } }
    Key:
      type: object
      properties: { id: { type: string }, token: { type: string }, used: { type: string, x-assign: { value: now, at: [ used ] } } }
";
    let server = builder(text).start().await.unwrap();
    let used =
        |server: &tercet_mock_server::MockServer| server.state()["collections"]["keys"][0]["used"].clone();
    assert!(used(&server).is_null());
    let asked = reqwest::Client::new().get(format!("{}/things/none", server.url())).header("X-Key", "t");
    assert_eq!(answer(asked).await.0, 404);
    assert!(used(&server).is_string(), "{}", server.state());
}
