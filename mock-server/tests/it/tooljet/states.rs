//! What the seeds do not have: archived workspaces, workspaces without someone who can act, modules.

use serde_json::{Value, json};
use tercet_mock_server::MockServer;

use super::api::{call, get, import, post, start};

const DEMO: &str = "a831db72-c3d2-4b36-a98e-0023ffb15e66";
const SAM: &str = "5b1608df-5e14-474b-b304-919623a9be57";
const RILEY: &str = "f2065dd1-e5ea-4793-af91-4a8831de68e6";

/// A server whose seeds were changed.
async fn changed(change: impl FnOnce(&mut Value)) -> MockServer {
    let server = start().await;
    let mut state = server.state();
    change(&mut state["collections"]);
    server.replace_state(&state).unwrap();
    server
}

fn record<'s>(collections: &'s mut Value, collection: &str, fields: &[(&str, &str)]) -> &'s mut Value {
    let records = collections[collection].as_array_mut().unwrap();
    records.iter_mut().find(|record| fields.iter().all(|(name, value)| record[*name] == **value)).unwrap()
}

async fn owner_of_an_import(server: &MockServer) -> Value {
    let app = import(server, DEMO, &json!({ "tooljet_version": "3.0.0", "appName": "New" })).await;
    let state = server.state();
    let apps = state["collections"]["apps"].as_array().unwrap();
    apps.iter().find(|one| one["id"] == app).unwrap()["userId"].clone()
}

#[tokio::test]
async fn an_archived_workspace_is_not_listed_and_places_in_it_cannot_be_changed() {
    let server =
        changed(|state| record(state, "workspaces", &[("id", DEMO)])["status"] = json!("archived")).await;
    let (_, listed) = get(&server, "/workspaces").await;
    let names: Vec<_> = listed.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["team-spac", "Nexus Corps", "App Studio"]);
    let path = format!("/user/{SAM}/workspace/{DEMO}");
    let (status, refused) = call(&server, "PATCH", &path, Some(&json!({ "status": "archived" }))).await;
    assert_eq!((status, &refused["message"]), (404, &json!("User not found")));
    let (_, sam) = get(&server, &format!("/user/{SAM}")).await;
    assert_eq!(sam["workspaces"][0]["status"], "archived", "a user shows the workspace's status");
}

#[tokio::test]
async fn modules_and_workflows_are_not_listed_and_not_exported() {
    let app = "ae06cc7a-2922-4fe7-9064-462741558813";
    let server = changed(|state| record(state, "apps", &[("id", app)])["type"] = json!("module")).await;
    let (_, listed) = get(&server, &format!("/workspace/{DEMO}/apps")).await;
    assert_eq!(listed.as_array().unwrap().len(), 1);
    let (status, refused) = post(&server, &format!("/export/workspace/{DEMO}/apps/{app}"), None).await;
    assert_eq!((status, &refused["message"]), (400, &json!("App not found")));
    // Its name is free for an app.
    import(&server, DEMO, &json!({ "tooljet_version": "3.0.0", "appName": "Applicant tracking system" }))
        .await;
}

#[tokio::test]
async fn imports_belong_to_the_first_admin_who_can_act() {
    let server = start().await;
    assert_eq!(owner_of_an_import(&server).await, SAM);

    let admin = "1830a113-24e5-4e33-8af2-e6502d477239";
    let server = changed(|state| {
        record(state, "users", &[("id", SAM)])["status"] = json!("archived");
        record(state, "memberships", &[("user", RILEY), ("workspace", DEMO)])["role"] = json!(admin);
    });
    assert_eq!(owner_of_an_import(&server.await).await, RILEY);

    let server = changed(|state| record(state, "users", &[("id", SAM)])["status"] = json!("archived")).await;
    assert_eq!(owner_of_an_import(&server).await, SAM, "nobody else is there");
}

#[tokio::test]
async fn without_an_admin_nothing_can_be_imported() {
    let server = changed(|state| {
        let builder = "c7082db7-bcda-444b-95d6-555eebef6947";
        record(state, "memberships", &[("user", SAM), ("workspace", DEMO)])["role"] = json!(builder);
    });
    let server = server.await;
    let document = json!({ "tooljet_version": "3.0.0", "appName": "New" });
    let (status, refused) = post(&server, &format!("/import/workspace/{DEMO}/apps"), Some(&document)).await;
    assert_eq!(
        (status, &refused["message"]),
        (400, &json!("the workspace has no admin who could own the app"))
    );
}

#[tokio::test]
async fn without_environments_a_version_is_in_none() {
    let server = changed(|state| {
        for version in state["app_versions"].as_array_mut().unwrap() {
            version["currentEnvironmentId"] = Value::Null;
        }
        state["environments"] = json!([]);
    });
    let server = server.await;
    let app = import(&server, DEMO, &json!({ "tooljet_version": "3.0.0", "appName": "New" })).await;
    let (status, document) = post(&server, &format!("/export/workspace/{DEMO}/apps/{app}"), None).await;
    let app = &document["app"][0]["definition"]["appV2"];
    assert_eq!(
        (status, &app["appEnvironments"], &app["editingVersion"]["currentEnvironmentId"]),
        (201, &json!([]), &Value::Null)
    );
}

#[tokio::test]
async fn environments_are_met_by_name_then_by_priority() {
    let server = start().await;
    let version =
        |name: &str, environment: &str| json!({ "name": name, "currentEnvironmentId": environment });
    let definition = json!({ "appV2": {
        "appEnvironments": [
            { "id": "by-name", "name": "production", "priority": 1 },
            { "id": "by-priority", "name": "qa", "priority": 2 },
            { "id": "by-nothing", "name": "else", "priority": 9 },
        ],
        "appVersions": [version("a", "by-name"), version("b", "by-priority"), version("c", "by-nothing"), version("d", "gone")],
        "dataSourceOptions": [{ "id": "o", "environmentId": "by-priority" }],
    } });
    let document =
        json!({ "tooljet_version": "3.0.0", "appName": "New", "app": [{ "definition": definition }] });
    let app = import(&server, DEMO, &document).await;
    let (_, document) =
        post(&server, &format!("/export/workspace/{DEMO}/apps/{app}?exportAllVersions=true"), None).await;
    let app = &document["app"][0]["definition"]["appV2"];
    let name_of = |id: &Value| {
        let all = app["appEnvironments"].as_array().unwrap();
        all.iter().find(|one| one["id"] == *id).unwrap()["name"].as_str().unwrap().to_owned()
    };
    let current =
        app["appVersions"].as_array().unwrap().iter().map(|one| name_of(&one["currentEnvironmentId"]));
    assert_eq!(current.collect::<Vec<_>>(), ["production", "staging", "development", "development"]);
    assert_eq!(name_of(&app["dataSourceOptions"][0]["environmentId"]), "staging");
}
