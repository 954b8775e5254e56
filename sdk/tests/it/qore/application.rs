//! The application as a whole: who one is, which routes there are, what is found; and the credential.

use serde::Deserialize;
use serde_json::json;
use tercet_sdk::qore::Record;

use super::{TOKEN, client, last, ok};
use crate::support::{answering, requests};

#[derive(Deserialize)]
struct Person {
    name: String,
}

#[tokio::test]
async fn the_caller_is_a_struct_of_ones_own() {
    let me = json!({ "id": 1, "name": "Demo", "email": "example@qlic.nl", "tenants": [1] });
    for body in [json!({ "data": me }), me] {
        let server = answering(ok(&body)).await;
        let me = client(&server).me::<Record<Person>>().await.unwrap().into_inner();
        assert_eq!((me.id.as_i64(), me.fields.name.as_str()), (Some(1), "Demo"));
        assert_eq!(last(&server).await.line, "GET /api/me");
    }
}

#[tokio::test]
async fn routes_tell_the_resources() {
    let routes = json!([
        { "methods": ["GET", "HEAD"], "uri": "api/me", "name": "me" },
        { "methods": ["GET", "HEAD"], "uri": "api/resources/{resource_name}/create", "name": null },
        { "method": "GET|HEAD", "uri": "api/resources/projects/table/{table_name}", "action": "x" },
        { "methods": ["POST"], "uri": "/api/resources/projects" },
        "api/resources/users/{id}",
        { "methods": "POST", "uri": "api/resources/:resource/logs/:id" },
    ]);
    for body in [json!({ "data": routes }), json!({ "endpoints": routes }), routes] {
        let server = answering(ok(&body)).await;
        let endpoints = client(&server).endpoints().await.unwrap();
        assert_eq!(endpoints.resources(), ["projects", "users"]);
        assert_eq!(
            (endpoints.len(), endpoints[2].methods.as_deref().unwrap()),
            (6, &["GET".to_owned(), "HEAD".to_owned()][..])
        );
        assert_eq!(
            (endpoints[4].uri.as_deref(), &endpoints[5].extra["methods"]),
            (Some("api/resources/users/{id}"), &json!("POST"))
        );
    }
}

#[tokio::test]
async fn what_is_found_comes_by_resource() {
    let results = json!([{ "id": 1, "title": "Hello taak 1", "description": "PTA.23.0001", "url": null }, { "id": "b5c1", "title": 7 }]);
    for body in [
        json!([{ "resource": "issues", "label": "Taken", "results": results }]),
        json!({ "data": [{ "resource": "issues", "results": results, "label": 3 }] }),
        json!({ "issues": results }),
    ] {
        let server = answering(ok(&body)).await;
        let found = client(&server).search("e&f").await.unwrap().into_inner();
        let request = last(&server).await;
        assert_eq!((request.line.as_str(), request.query[0].1.as_str()), ("GET /api/global-search", "e&f"));
        assert_eq!((found.len(), found[0].resource.as_deref()), (1, Some("issues")));
        let hits = found[0].results.as_ref().unwrap();
        assert_eq!(
            (hits[0].title.as_deref(), hits[1].title.as_deref(), &hits[1].extra["title"]),
            (Some("Hello taak 1"), None, &json!(7))
        );
    }
    let server = answering(ok(&json!([]))).await;
    assert!(client(&server).search("x").await.unwrap().is_empty());
}

#[tokio::test]
async fn the_token_is_sent_as_it_is_and_shown_nowhere() {
    let refused =
        json!({ "message": format!("Unauthenticated: Bearer {TOKEN}"), "errors": { "token": [TOKEN] } });
    let server = answering(wiremock::ResponseTemplate::new(401).set_body_json(refused)).await;
    let client = client(&server);
    let error = client.me::<Record>().await.unwrap_err();
    assert_eq!(requests(&server).await[0].headers["authorization"], format!("Bearer {TOKEN}"));
    let projects = client.resource("projects");
    let shown = format!(
        "{client:?} {projects:?} {:?} {:?} {:?} {error} {error:?} {error:#?}",
        projects.table(),
        projects.form(),
        projects.action("x")
    );
    assert!(shown.contains("[redacted]"), "{shown}");
    assert!(!shown.contains(TOKEN) && !shown.contains("AbCdEfGh"), "{shown}");
}
