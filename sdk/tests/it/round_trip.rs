//! What an export says and this crate does not know is there when it is imported again.

use serde_json::{Value, json};
use tercet_sdk::tooljet::types::ImportDocument;
use wiremock::ResponseTemplate;

use crate::support::{answering, client, requests};

/// The export document of the fixture, with members at every level that no document of ours knows.
fn exported() -> Value {
    let mut exported: Value = serde_json::from_str(include_str!("export.json")).unwrap();
    exported["signature"] = json!({ "alg": "none" });
    exported["app"][0]["checksum"] = json!(7);
    exported["app"][0]["definition"]["appV9"] = json!({ "nested": [null, { "deep": 1.5 }] });
    let app = &mut exported["app"][0]["definition"]["appV2"];
    app["flavour"] = json!("vanilla");
    app["pages"][0]["tint"] = json!(null);
    app["components"][0]["layouts"][0]["z"] = json!(1);
    exported
}

#[tokio::test]
async fn an_export_can_be_imported_without_loss() {
    let server = answering(ResponseTemplate::new(201).set_body_json(exported())).await;
    let document = client(&server).export_app("w", "a").await.unwrap().into_inner();
    assert_eq!(serde_json::to_value(&document).unwrap(), exported());

    let server =
        answering(ResponseTemplate::new(201).set_body_json(json!({ "message": "imported into w" }))).await;
    let done = client(&server)
        .import_app("w", ImportDocument::try_from(document).unwrap().app_name("Copy"))
        .await
        .unwrap();
    assert_eq!(done.message, "imported into w");
    let mut expected = exported();
    expected["appName"] = json!("Copy");
    let request = requests(&server).await.pop().unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), expected);
}
