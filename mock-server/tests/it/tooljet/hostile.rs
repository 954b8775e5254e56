//! Documents that mean no good are imported or refused, and the server goes on.

use serde_json::{Value, json};

use super::api::{import, post, start};

const DEMO: &str = "a831db72-c3d2-4b36-a98e-0023ffb15e66";

#[tokio::test]
async fn nesting_is_kept_as_deep_as_json_is_read() {
    let server = start().await;
    let deep = |levels: usize| {
        let (open, close) = ("[".repeat(levels), "]".repeat(levels));
        format!(
            r#"{{"tooljet_version":"3.0.0","appName":"Deep {levels}","app":[{{"definition":{{"appV2":{{"deep":{open}{close}}}}}}}]}}"#
        )
    };
    let document: Value = serde_json::from_str(&deep(120)).unwrap();
    let app = import(&server, DEMO, &document).await;
    let (_, exported) = post(&server, &format!("/export/workspace/{DEMO}/apps/{app}"), None).await;
    let path = "/app/0/definition/appV2/deep";
    assert_eq!(exported.pointer(path), document.pointer(path));

    let url = format!("{}/api/ext/import/workspace/{DEMO}/apps", server.url());
    let request = reqwest::Client::new().post(url).header("Authorization", super::api::CREDENTIAL);
    let response =
        request.header("Content-Type", "application/json").body(deep(100_000)).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 400);
    let refused: Value = response.json().await.unwrap();
    assert!(refused["message"].as_str().unwrap().contains("deeper than 128 levels"), "{refused}");
}

#[tokio::test]
async fn ids_that_collide_or_point_at_the_server_itself_do_no_harm() {
    let server = start().await;
    // The same id for everything, an environment of this very workspace, and the workspace itself.
    let development = "bc556c97-9c95-430f-9cbb-1a42c02c2758";
    for id in ["ae06cc7a-2922-4fe7-9064-462741558813", "same", development, DEMO] {
        let definition = json!({ "appV2": {
            "id": id,
            "organizationId": id,
            "appVersions": [{ "id": id, "homePageId": id, "currentEnvironmentId": id }],
            "pages": [{ "id": id, "appVersionId": id }],
            "components": [{ "id": id, "pageId": id, "parent": id, "layouts": [{ "id": id, "componentId": id }] }],
            "appEnvironments": [{ "id": id, "name": "production" }],
            "dataQueries": [{ "id": 5 }, { "id": null }, {}],
        } });
        let document =
            json!({ "tooljet_version": "3.0.0", "appName": id, "app": [{ "definition": definition }] });
        let app = import(&server, DEMO, &document).await;
        let (status, exported) = post(&server, &format!("/export/workspace/{DEMO}/apps/{app}"), None).await;
        assert_eq!(status, 201, "{exported}");
        let app = &exported["app"][0]["definition"]["appV2"];
        assert_eq!(app["organizationId"], DEMO);
        assert_eq!(app["components"][0]["pageId"], app["pages"][0]["id"]);
        assert_eq!(app["components"][0]["parent"], app["components"][0]["id"]);
        assert_eq!(app["pages"][0]["appVersionId"], app["appVersions"][0]["id"]);
    }
}

#[tokio::test]
async fn members_named_like_ours_are_not_ours() {
    let server = start().await;
    let definition = json!({
        "appV2": { "content": [1], "extras": { "a": 1 }, "tables": 2, "tooljet_version": "x", "slug": 7, "userId": [], "currentVersionId": {} },
        "content": null,
    });
    let document =
        json!({ "tooljet_version": "3.0.0", "appName": "Names", "app": [{ "definition": definition }] });
    let app = import(&server, DEMO, &document).await;
    let (_, exported) = post(&server, &format!("/export/workspace/{DEMO}/apps/{app}"), None).await;
    let definition = &exported["app"][0]["definition"];
    assert_eq!(definition["content"], Value::Null);
    let app = &definition["appV2"];
    assert_eq!(
        (&app["content"], &app["extras"], &app["tables"], &app["tooljet_version"]),
        (&json!([1]), &json!({ "a": 1 }), &json!(2), &json!("x"))
    );
    assert_eq!((&app["slug"], &app["currentVersionId"]), (&app["id"], &Value::Null));
}
