//! Overlays for documents of one's own.

use serde_json::Value;
use tercet_mock_server::Builder;

use super::support::builder;

const SMALL: &str = "openapi: 3.0.3\ninfo: { title: Small, version: '1' }\npaths:\n  /one:\n    get:\n      operationId: one\n      responses: { '200': { description: ok, content: { application/json: { schema: { type: integer }, example: 1 } } } }\n";

fn overlay(title: &str, action: &str) -> String {
    format!("overlay: 1.0.0\ninfo: {{ title: {title}, version: '1' }}\nactions:\n  - {action}\n")
}

#[tokio::test]
async fn they_change_the_document_one_after_another() {
    let copy = overlay(
        "copy",
        "{ target: $.paths, update: { /two: { get: { operationId: two, responses: { '200': { description: ok, content: { application/json: { schema: { type: integer }, example: 2 } } } } } } } }",
    );
    let change = overlay(
        "change",
        "{ target: \"$.paths['/two'].get.responses['200'].content['application/json']\", update: { example: 3 } }",
    );
    let server =
        builder(SMALL).overlay("copy.yaml", copy).overlay("change.yaml", change).start().await.unwrap();
    for (path, expected) in [("one", 1), ("two", 3)] {
        let answer = reqwest::get(format!("{}/{path}", server.base_url())).await.unwrap();
        assert_eq!(answer.json::<Value>().await.unwrap(), expected);
    }
}

#[tokio::test]
async fn what_is_wrong_with_them_has_its_place_in_them() {
    let refused = async |builder: Builder| builder.start().await.err().unwrap().to_string();
    let message = refused(builder(SMALL).overlay("bad.yaml", "overlay: 2.0.0\n")).await;
    assert!(message.contains("bad.yaml:1:") && message.contains("version of Overlay"), "{message}");
    let broken = overlay("broken", "{ target: $.paths, update: { one: {} } }");
    let message = refused(builder(SMALL).overlay("broken.yaml", broken)).await;
    assert!(message.contains("broken.yaml:4:") && message.contains("path"), "{message}");
    // A platform that ships takes them, too.
    let title = overlay("title", "{ target: $.info, update: { title: Another } }");
    let server = tercet_mock_server::tooljet().overlay("title.yaml", title).start().await.unwrap();
    assert_eq!(server.contract().title, "Another");
}
