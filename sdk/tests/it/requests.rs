//! What goes over the wire.

use serde_json::{Value, json};
use tercet_sdk::BuildError;
use tercet_sdk::tooljet::Client;
use tercet_sdk::tooljet::types::{CreateUser, GroupRef, RequestedStatus, UpdateUserWorkspace, WorkspaceRef};
use wiremock::ResponseTemplate;

use crate::support::{TOKEN, answering, client, client_at, requests, user};

#[tokio::test]
async fn a_request_says_who_and_what() {
    let server = answering(ResponseTemplate::new(200).set_body_json(json!([user()]))).await;
    let users = client(&server).list_users().group_names("nexus-dev,beta tester").await.unwrap();
    assert_eq!(users.len(), 1);
    let request = &requests(&server).await[0];
    assert_eq!(request.url.path(), "/api/ext/users");
    assert_eq!(
        request.url.query_pairs().collect::<Vec<_>>(),
        [("group_names".into(), "nexus-dev,beta tester".into())]
    );
    assert_eq!(request.headers["authorization"], format!("Basic {TOKEN}"));
    assert_eq!(request.headers["accept"], "application/json");
    assert!(request.headers["user-agent"].to_str().unwrap().starts_with("tercet-sdk/"));
    assert!(!request.headers.contains_key("api-version") && !request.headers.contains_key("content-type"));
}

#[tokio::test]
async fn only_what_was_given_is_sent() {
    let server = answering(ResponseTemplate::new(201).set_body_json(user())).await;
    let client = client(&server);
    client.create_user(CreateUser::new("Alice", "a@b.c", [])).await.unwrap();
    let place = WorkspaceRef::new().name("team").role("builder").status(RequestedStatus::Archived).groups([]);
    client.create_user(CreateUser::new("Alice", "a@b.c", [place]).password("qwy@4xt123")).await.unwrap();
    let requests = requests(&server).await;
    let body = |index: usize| serde_json::from_slice::<Value>(&requests[index].body).unwrap();
    assert_eq!(body(0), json!({ "name": "Alice", "email": "a@b.c", "workspaces": [] }));
    assert_eq!(
        body(1),
        json!({
            "name": "Alice", "email": "a@b.c", "password": "qwy@4xt123",
            "workspaces": [{ "name": "team", "role": "builder", "status": "archived", "groups": [] }],
        })
    );
    assert_eq!(requests[0].headers["content-type"], "application/json");
}

#[tokio::test]
async fn an_empty_list_an_absent_one_and_no_body_differ() {
    let server = answering(ResponseTemplate::new(200)).await;
    let client = client(&server);
    client.update_user_workspace("u", "w").await.unwrap();
    client.update_user_workspace("u", "w").body(UpdateUserWorkspace::new()).await.unwrap();
    client.update_user_workspace("u", "w").body(UpdateUserWorkspace::new().groups([])).await.unwrap();
    client
        .update_user_workspace("u", "w")
        .body(UpdateUserWorkspace::new().groups([GroupRef::new().name("g")]))
        .await
        .unwrap();
    let requests = requests(&server).await;
    let bodies: Vec<&str> =
        requests.iter().map(|request| std::str::from_utf8(&request.body).unwrap()).collect();
    assert_eq!(bodies, ["", "{}", r#"{"groups":[]}"#, r#"{"groups":[{"name":"g"}]}"#]);
    assert!(!requests[0].headers.contains_key("content-type"));
}

#[tokio::test]
async fn path_values_stay_one_segment() {
    let server = answering(ResponseTemplate::new(200).set_body_json(user())).await;
    let client = client(&server);
    for (value, path) in [
        ("john+1@example.com", "/api/ext/user/john%2B1%40example.com"),
        ("a/b", "/api/ext/user/a%2Fb"),
        ("../users", "/api/ext/user/..%2Fusers"),
        ("%2e%2e", "/api/ext/user/%252e%252e"),
        ("..\\users", "/api/ext/user/..%5Cusers"),
        ("a?b#c", "/api/ext/user/a%3Fb%23c"),
        ("...", "/api/ext/user/..."),
    ] {
        client.get_user(value).await.unwrap();
        let last = requests(&server).await.pop().unwrap();
        assert_eq!(last.url.path(), path, "{value}");
        assert_eq!(last.url.query(), None, "{value}");
    }
}

#[tokio::test]
async fn path_values_that_would_change_the_route_are_refused_before_sending() {
    let server = answering(ResponseTemplate::new(200).set_body_json(user())).await;
    for value in ["", ".", "..", "a\nb", "\0"] {
        let error = client(&server).get_user(value).await.unwrap_err();
        assert!(error.is_refused(), "{value:?}: {error:?}");
        assert!(error.to_string().contains("`identifier`"), "{error}");
    }
    assert!(requests(&server).await.is_empty());
}

#[tokio::test]
async fn a_base_url_may_have_a_path() {
    let server = answering(ResponseTemplate::new(200).set_body_json(user())).await;
    for prefix in ["/tools", "/tools/"] {
        client_at(&format!("{}{prefix}", server.uri())).get_user("x").await.unwrap();
        assert_eq!(requests(&server).await.pop().unwrap().url.path(), "/tools/api/ext/user/x");
    }
}

#[tokio::test]
async fn flags_are_sent_only_when_they_are_set() {
    let document = json!({ "app": [], "tooljet_version": "3.16.0" });
    let server = answering(ResponseTemplate::new(201).set_body_json(document)).await;
    let client = client(&server);
    client.export_app("w", "a").await.unwrap();
    client
        .export_app("w", "a")
        .export_tjdb(true)
        .app_version("v 1")
        .export_all_versions(false)
        .await
        .unwrap();
    let requests = requests(&server).await;
    assert_eq!(requests[0].url.query(), None);
    let mut pairs: Vec<String> =
        requests[1].url.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.sort();
    assert_eq!(pairs, ["appVersion=v 1", "exportAllVersions=false", "exportTJDB=true"]);
}

#[test]
fn bad_settings_are_refused_when_the_client_is_built() {
    let refused =
        |url: &str| matches!(Client::builder(url).credential(TOKEN).build(), Err(BuildError::BaseUrl(_)));
    for url in
        ["", "tools.example.com", "ftp://x", "https://u:p@x", "https://x?y=1", "https://x#y", "https://"]
    {
        assert!(refused(url), "{url}");
    }
    let scheme = Client::builder("https://x").credential_for("nope", TOKEN).build();
    assert!(matches!(scheme, Err(BuildError::UnknownScheme(name)) if name == "nope"));
    for credential in ["", "a\nb"] {
        let built = Client::builder("https://x").credential(credential).build();
        assert!(matches!(built, Err(BuildError::Credential(_))), "{credential:?}");
    }
}
