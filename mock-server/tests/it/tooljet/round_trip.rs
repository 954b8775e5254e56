//! Export, import, export: the same document but for ids and what the server decides.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tercet_mock_server::MockServer;

use super::api::{EXPORT, import, post, start};

const STUDIO: &str = "45892c81-c1f0-48c6-8875-c2e4fca516f8";
const DEMO: &str = "a831db72-c3d2-4b36-a98e-0023ffb15e66";
const TABLE: &str = "ebe9d705-a0df-4dbb-9bf3-ab28cab12ae3";
const QUERY: &str = "5d0b2c3e-8f4a-4b7c-9d1e-2f3a4b5c6d7e";
const SOURCE: &str = "6e1c3d4f-905b-4c8d-8e2f-3a4b5c6d7e8f";
const DEVELOPMENT: &str = "60eff059-202a-4c12-ae12-507874f9191d";

async fn export(server: &MockServer, workspace: &str, app: &str) -> Value {
    let path = format!("/export/workspace/{workspace}/apps/{app}?exportAllVersions=true&exportTJDB=true");
    let (status, document) = post(server, &path, None).await;
    assert_eq!(status, 201, "{document}");
    document
}

/// The text with each uuid replaced by its number in the order of first appearance: documents that differ in ids alone
/// become equal.
fn numbered(document: &Value) -> String {
    let text = serde_json::to_string_pretty(document).unwrap();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(letter) = rest.chars().next() {
        let is_uuid = rest.get(..36).is_some_and(|text| {
            text.char_indices().all(|(at, letter)| match at {
                8 | 13 | 18 | 23 => letter == '-',
                _ => letter.is_ascii_hexdigit(),
            })
        });
        if is_uuid {
            let next = numbers.len();
            let number = *numbers.entry(rest[..36].to_owned()).or_insert(next);
            out.push_str(&format!("#{number}"));
            rest = &rest[36..];
        } else {
            out.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    out
}

/// Takes out what an import decides anew.
fn without_decided(mut document: Value) -> Value {
    let app = &mut document["app"][0]["definition"]["appV2"];
    for name in ["name", "createdAt", "updatedAt", "appEnvironments"] {
        app.as_object_mut().unwrap().shift_remove(name).unwrap();
    }
    document
}

/// The page's document with two versions, everything that can refer to something, and much that nobody knows.
fn rich() -> Value {
    let mut document: Value = serde_json::from_str(EXPORT).unwrap();
    document["tooljet_database"] =
        json!([{ "id": SOURCE, "table_name": "people", "schema": { "columns": [null, {}] } }]);
    let definition = &mut document["app"][0]["definition"];
    definition["beside"] = json!({ "component": TABLE, TABLE: [1.5, null] });
    let app = &mut definition["appV2"];
    app["unknown"] = json!({ "deep": [{ "id": TABLE, "null": null, "big": 123456789012345_u64 }] });
    app["components"][0]["future"] = json!({ "value": null });
    app["components"][0]["properties"]["data"]["value"] =
        json!(format!("{{{{queries['{QUERY}'].data}}}} – {TABLE}"));
    app["components"][0]["layouts"][0]["z"] = json!(1);
    let mut inner = app["components"][0].clone();
    inner["id"] = json!("9d0b2c3e-8f4a-4b7c-9d1e-2f3a4b5c6d7e");
    inner["parent"] = json!(format!("{TABLE}-0"));
    inner["layouts"] = json!([]);
    app["components"].as_array_mut().unwrap().push(inner);
    app["pages"][0]["future"] = json!([[]]);
    app["events"] = json!([{ "id": "7f2d4e50-a16c-4d9e-8f30-4b5c6d7e8f90", "sourceId": TABLE, "event": { "queryId": QUERY } }]);
    app["dataQueries"] =
        json!([{ "id": QUERY, "name": "people", "dataSourceId": SOURCE, "options": { TABLE: true } }]);
    app["dataSources"] = json!([{ "id": SOURCE, "kind": "restapi", "organizationId": STUDIO }]);
    app["dataSourceOptions"] = json!([
        { "id": "8a3e5f61-b27d-4eaf-9041-5c6d7e8f9012", "dataSourceId": SOURCE, "environmentId": DEVELOPMENT }
    ]);
    app["appVersions"][0]["future"] = json!({ "homePage": "c7099c38-5e2a-4e68-9e30-9005f881d75b" });
    app["editingVersion"]["future"] = app["appVersions"][0]["future"].clone();
    let mut old = app["appVersions"][0].clone();
    old["id"] = json!("1a3e5f61-b27d-4eaf-9041-5c6d7e8f9012");
    old["name"] = json!("v0");
    old["createdAt"] = json!("2024-02-28T06:21:34.974Z");
    old["globalSettings"] = json!(null);
    app["appVersions"].as_array_mut().unwrap().push(old);
    document
}

#[tokio::test]
async fn a_round_trip_keeps_everything_but_ids_and_what_the_server_decides() {
    let server = start().await;
    let document = rich();
    let mut named = document.clone();
    named["appName"] = json!("A round trip");
    let app = import(&server, DEMO, &named).await;
    let mut once = export(&server, DEMO, &app).await;
    let mut sent = document.clone();
    // Known names come first, in the documented order; the table stands last in both.
    let (sent_tables, got_tables) = (sent["tooljet_database"].take(), once["tooljet_database"].take());
    assert_eq!(sent_tables, got_tables);
    assert_eq!(once["app"][0]["definition"]["appV2"]["name"], "A round trip");
    assert_eq!(once["app"][0]["definition"]["appV2"]["slug"], json!(app));
    assert_eq!(once["app"][0]["definition"]["appV2"]["organizationId"], DEMO);
    for one in [&mut sent, &mut once] {
        one.as_object_mut().unwrap().shift_remove("tooljet_database");
    }
    assert_eq!(sorted(&without_decided(once)), sorted(&without_decided(sent)));
}

/// As numbered text with members in the order of their names.
fn sorted(document: &Value) -> String {
    fn sort(value: Value) -> Value {
        match value {
            Value::Object(members) => {
                let members: BTreeMap<_, _> =
                    members.into_iter().map(|(name, value)| (name, sort(value))).collect();
                members.into_iter().collect()
            }
            Value::Array(members) => members.into_iter().map(sort).collect(),
            other => other,
        }
    }
    // Names that are ids move when ids change: they are numbered before they are sorted.
    let numbered: Value = serde_json::from_str(&numbered(document)).unwrap();
    serde_json::to_string_pretty(&sort(numbered)).unwrap()
}

#[tokio::test]
async fn a_second_round_trip_changes_nothing_but_ids() {
    let server = start().await;
    let mut document = rich();
    document["appName"] = json!("First");
    let first = import(&server, DEMO, &document).await;
    let once = export(&server, DEMO, &first).await;
    let mut again = once.clone();
    again["appName"] = json!("Second");
    let second = import(&server, DEMO, &again).await;
    let twice = export(&server, DEMO, &second).await;
    assert_ne!(first, second);
    assert_eq!(numbered(&without_decided(twice)), numbered(&without_decided(once)));
}

#[tokio::test]
async fn no_old_id_is_left_in_an_import() {
    let server = start().await;
    let mut document = rich();
    document["appName"] = json!("Fresh");
    document.as_object_mut().unwrap().shift_remove("tooljet_database");
    let app = import(&server, DEMO, &document).await;
    let text = export(&server, DEMO, &app).await.to_string();
    for old in [TABLE, QUERY, SOURCE, DEVELOPMENT, STUDIO, "ab65b201-4207-4876-a8a6-fdcbf31661b6"] {
        assert!(!text.contains(old), "{old} is still there");
    }
}

#[tokio::test]
async fn the_original_is_untouched_by_imports_of_it() {
    let server = start().await;
    let mut document: Value = serde_json::from_str(EXPORT).unwrap();
    document["appName"] = json!("Copy");
    import(&server, STUDIO, &document).await;
    let (_, original) =
        post(&server, &format!("/export/workspace/{STUDIO}/apps/ab65b201-4207-4876-a8a6-fdcbf31661b6"), None)
            .await;
    assert_eq!(original, serde_json::from_str::<Value>(EXPORT).unwrap());
}
