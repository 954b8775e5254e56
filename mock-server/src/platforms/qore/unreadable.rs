//! A password is read on no road, whatever got past the reader of the file.

#![allow(clippy::unwrap_used, reason = "a test that unwraps nothing has failed")]

use std::sync::Arc;

use serde_json::{Value, json};

use super::application::{self, App, Given, Sort, Template};
use crate::application::Application;
use crate::handle::MockServer;

const TEXT: &str = "
resources:
  people:
    fields:
      name: { type: text }
      copy: { type: text }
      number: { type: sequence, format: 'N{number}' }
      pin: { type: password }
    actions:
      take: { form: { new: { type: password }, word: { type: text } }, set: { copy: $form.word } }
      lock: { set: { copy: x } }
      give: { form: { new: { type: password } }, set: { pin: $form.new } }
    records: [ { id: 1, name: Ann, pin: secret }, { id: 2, name: Ben, pin: secret } ]
  notes:
    fields:
      text: { type: text }
      about: { type: belongs-to, resource: people }
accounts: { resource: people, login: name }
";

/// An application that names a password wherever something is shown.
fn indiscreet() -> App {
    let mut app = application::read("application.yaml", TEXT).unwrap();
    let path = |path: &str| path.split('.').map(str::to_owned).collect::<Vec<_>>();
    let people = app.resources.get_mut("people").unwrap();
    people.title = Template::read("{name}/{pin}", false).unwrap();
    people.description = Some(Template::read("<{pin}>", false).unwrap());
    people.search.push("pin".to_owned());
    people.actions["take"].set[0].1 = Given::Form(path("new"));
    people.actions["lock"].set[0] = ("pin".to_owned(), Given::Literal(json!("in plain words")));
    let table = people.tables.get_mut("people").unwrap();
    table.columns.push("pin".to_owned());
    table.sort = Some(Sort { by: "pin".to_owned(), descending: true });
    people.fields["pin"].default = Some(Given::Literal(json!("$argon2id$by-default")));
    people.fields["copy"].default = Some(Given::Me(path("pin")));
    let application::Kind::Sequence(format) = &mut people.fields["number"].kind else { return app };
    *format = Template::read("{pin}N{number}", true).unwrap();
    let notes = app.resources.get_mut("notes").unwrap();
    notes.title = Template::read("{text} {about.pin}", false).unwrap();
    notes.fields["text"].default = Some(Given::Me(path("pin")));
    if let application::Kind::BelongsTo { choices, .. } = &mut notes.fields["about"].kind {
        choices.label = Some(Template::read("{pin}", false).unwrap());
        choices.group_by = Some("pin".to_owned());
    }
    app
}

struct Client {
    server: MockServer,
    http: reqwest::Client,
}

impl Client {
    /// A request that goes well, and tells of no password.
    async fn ask(&self, method: &str, path: &str, body: Value) -> String {
        let url = format!("{}/api/{path}", self.server.url());
        let request = self.http.request(method.parse().unwrap(), url);
        let request = request.bearer_auth("1|qoreDemoToken000000000000000000000000001").json(&body);
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{method} {path}: {status} {text}");
        assert!(!text.contains("argon2id") && !text.contains("\"secret\""), "{method} {path}: {text}");
        text
    }
}

#[tokio::test]
async fn no_answer_tells_a_password() {
    let declared = Application::declared("qore", Arc::new(Arc::new(indiscreet())));
    let server = crate::qore().application(declared).start().await.unwrap();
    let client = Client { server, http: reqwest::Client::new() };
    client.ask("POST", "resources/people", json!({ "name": "Cem", "pin": "secret" })).await;
    client.ask("PUT", "resources/people/1", json!({ "name": "Anna", "pin": "other" })).await;
    client.ask("POST", "resources/people/actions/take/1", json!({ "new": "x", "word": "y" })).await;
    client.ask("POST", "resources/people/actions/give/2", json!({ "new": "x" })).await;
    client.ask("POST", "resources/people/actions/lock/1", Value::Null).await;
    client.ask("POST", "resources/notes", json!({ "about": 1 })).await;
    for path in [
        "me",
        "global-search?query=a",
        "resources/people/1",
        "resources/people/1/edit",
        "resources/people/create",
        "resources/people/logs/1",
        "resources/people/logs/2",
        "resources/people/table/people",
        "resources/people/table/people?search_columns[pin]=argon&sort_column=pin",
        "resources/notes/1",
        "resources/notes/create",
        "resources/notes/field/about/options",
    ] {
        client.ask("GET", path, Value::Null).await;
    }
    let found = client.ask("GET", "global-search?query=argon", Value::Null).await;
    assert_eq!(found, "[]", "nor is one found by it");
    let page =
        reqwest::get(format!("{}/api_tokens", client.server.url())).await.unwrap().text().await.unwrap();
    assert!(page.contains("Anna/") && !page.contains("argon2id"), "{page}");
    // It is stored, where it belongs only.
    let people = client.server.state()["collections"]["people"].clone();
    for person in people.as_array().unwrap() {
        assert!(person["pin"].as_str().unwrap().starts_with("$argon2id$"), "{person}");
        let others = person.as_object().unwrap().iter().filter(|(name, _)| *name != "pin");
        assert!(others.into_iter().all(|(_, value)| !value.to_string().contains("argon2id")), "{person}");
    }
}
