//! Who may what with a data source.

use serde_json::json;

use super::datasources::{body, datasource};
use super::{DENIED, FINE, NOBODY, each, record, stage, text};

/// Facts: lowcoder 17, scenario 8.
#[tokio::test]
async fn a_data_source_is_shared_used_and_deleted() {
    let stage = stage().await;
    let id = datasource(&stage, json!({})).await;
    let path = format!("/api/datasources/{id}");
    let list = format!("/api/datasources/listByOrg?orgId={}", stage.org);
    assert_eq!(stage.get(&stage.member, &list).await.data(), json!([]));
    let grant = json!({ "role": "viewer", "userIds": [stage.member.id] });
    let granted = stage.put(&stage.dev, &format!("{path}/permissions"), grant).await;
    assert_eq!(granted.json(), json!({ "code": 1, "message": "", "data": true, "success": true }));
    let seen = stage.get(&stage.member, &list).await.data();
    assert_eq!((seen[0]["datasource"]["id"].clone(), each(&seen, "edit")), (json!(id), vec![json!(false)]));
    assert_eq!(stage.get(&stage.member, &path).await.code(), DENIED);
    let dsl = |datasource: &str| json!({ "queries": [{ "datasourceId": "#JS_CODE" }, { "name": "q", "datasourceId": datasource }] });
    stage.application(
        1,
        "App",
        json!({ "editingApplicationDSL": dsl(&id), "applicationStatus": "RECYCLED" }),
    );
    stage.application(
        2,
        "Gone",
        json!({ "editingApplicationDSL": dsl(&id), "applicationStatus": "DELETED" }),
    );
    stage.application(3, "Odd", json!({ "editingApplicationDSL": { "queries": { "datasourceId": id } } }));
    assert_eq!(stage.delete(&stage.dev, &path).await.code(), (500, 5502));
    assert_eq!(stage.get(&stage.member, &list).await.data().as_array().unwrap().len(), 1);
    stage.edit(|state| state["applications"][0]["editingApplicationDSL"] = dsl("#QUICK_REST_API"));
    let deleted = stage.delete(&stage.dev, &path).await;
    assert_eq!(deleted.json(), json!({ "code": 1, "message": "", "data": true, "success": true }));
    for who in [&stage.member, &stage.dev, &stage.admin] {
        assert_eq!(stage.get(who, &list).await.data(), json!([]));
    }
    // the row stays, and is still read by its id
    assert_eq!(stage.get(&stage.dev, &path).await.data()["datasourceStatus"], "DELETED");
}

#[tokio::test]
async fn who_may_what_with_a_data_source() {
    let stage = stage().await;
    let id = datasource(&stage, json!({})).await;
    let gid = text(&record(&stage, "datasources", "id", &id), "gid");
    stage.role("datasource", &id, "USER", &stage.member.id, "viewer");
    let none = json!(null);
    let entry = stage.entry(&id, &stage.member.id);
    let owns = [NOBODY, DENIED, DENIED, DENIED, FINE, FINE];
    for key in [&id, &gid] {
        let path = format!("/api/datasources/{key}");
        stage.matrix("GET", &path, &none, owns).await;
        stage.matrix("PUT", &path, &body(&stage, json!({ "name": "New" })), owns).await;
        stage.matrix("DELETE", &path, &none, owns).await;
        let roles = format!("{path}/permissions");
        stage.matrix("GET", &roles, &none, owns).await;
        let grant = json!({ "role": "viewer", "userIds": [stage.peer.id] });
        stage.matrix("PUT", &roles, &grant, owns).await;
    }
    let path = format!("/api/datasources/permissions/{entry}");
    stage.matrix("PUT", &path, &json!({ "role": "owner" }), owns).await;
    stage.matrix("DELETE", &path, &none, owns).await;
    let made = [NOBODY, DENIED, (500, 5155), (201, 1), (201, 1), (201, 1)];
    stage.matrix("POST", "/api/datasources", &body(&stage, json!({})), made).await;
    let unknown = (500, 5500);
    let info = format!("/api/datasources/info?datasourceId={id}");
    stage.matrix("GET", &info, &none, [NOBODY, unknown, FINE, unknown, FINE, FINE]).await;
}

#[tokio::test]
async fn data_sources_have_viewers_and_owners() {
    let stage = stage().await;
    let id = datasource(&stage, json!({})).await;
    let path = format!("/api/datasources/{id}/permissions");
    for (body, code) in [
        (json!({}), 5002),
        (json!({ "role": "chief" }), 5002),
        (json!({ "role": "editor", "userIds": [stage.member.id] }), 5000),
        (json!({ "role": "viewer", "userIds": [stage.member.id, stage.dev.id] }), 5000),
    ] {
        assert_eq!(stage.put(&stage.dev, &path, body.clone()).await.code(), (500, code), "{body}");
    }
    assert_eq!(stage.roles("datasource", &id), ["USER dev@example.com owner"]);
    let nowhere = "/api/datasources/0123456789abcdef01234567/permissions";
    let grant = json!({ "role": "viewer", "userIds": [stage.member.id], "groupIds": [stage.group("dev")] });
    assert_eq!(stage.put(&stage.dev, nowhere, grant.clone()).await.code(), (500, 5000));
    assert_eq!(stage.get(&stage.dev, nowhere).await.code(), DENIED);
    stage.put(&stage.dev, &path, grant).await.data();
    let view = stage.get(&stage.dev, &path).await.data();
    assert_eq!(each(&view["groupPermissions"], "name"), ["Developers"]);
    assert_eq!(each(&view["userPermissions"], "name"), ["dev@example.com", "member@example.com"]);
    assert_eq!(view["orgName"], "ada@example.com's workspace");
    // the flags of what can be public are not there
    assert!(view.get("publicToAll").is_none() && view.get("agencyProfile").is_none());
    let entry = format!("/api/datasources/permissions/{}", stage.entry(&id, &stage.member.id));
    for (role, expected) in [("editor", (500, 5000)), ("chief", (500, 5002)), ("owner", FINE)] {
        assert_eq!(stage.put(&stage.dev, &entry, json!({ "role": role })).await.code(), expected, "{role}");
    }
    assert_eq!(stage.get(&stage.member, &format!("/api/datasources/{id}")).await.code(), FINE);
    assert_eq!(stage.delete(&stage.dev, &entry).await.code(), FINE);
    assert_eq!(stage.get(&stage.member, &format!("/api/datasources/{id}")).await.code(), DENIED);
    // a role on something else is none of a data source
    let app = stage.application(1, "App", json!({}));
    let foreign = format!("/api/datasources/permissions/{}", stage.entry(&app, &stage.dev.id));
    assert_eq!(stage.delete(&stage.dev, &foreign).await.code(), (500, 5500));
    assert_eq!(stage.roles("application", &app), ["USER dev@example.com owner"]);
}
