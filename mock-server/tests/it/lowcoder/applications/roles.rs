//! Roles on an application: given, changed, taken.

use serde_json::{Value, json};

use super::stage::stage;

#[tokio::test]
async fn a_role_grows_and_goes() {
    let stage = stage().await;
    let id = stage.create(json!({})).await["applicationId"].as_str().unwrap().to_owned();
    let own = format!("/api/applications/{id}");
    let (view, recycle) = (format!("{own}/view"), format!("/api/applications/recycle/{id}"));
    let roles = format!("{own}/permissions");
    let bob = &stage.mia;
    assert_eq!(stage.get(bob, &view).await.code(), (403, 5308));
    stage.grant(&id, "viewer", &[bob]).await;
    assert_eq!(stage.get(bob, &view).await.data()["applicationInfoView"]["role"], "viewer");
    let rename = json!({ "name": "Bob's" });
    assert_eq!(stage.call(bob, "PUT", &own, rename.clone()).await.code(), (403, 5308));
    let listed = stage.get(bob, &roles).await.data();
    let entry = listed["permissions"].as_array().unwrap().iter().find(|item| item["id"] == bob.id).unwrap();
    let entry = format!("{roles}/{}", entry["permissionId"].as_str().unwrap());
    assert_eq!(stage.call(&stage.ada, "PUT", &entry, json!({ "role": "editor" })).await.data(), true);
    assert_eq!(stage.call(bob, "PUT", &own, rename).await.data()["applicationInfoView"]["name"], "Bob's");
    assert_eq!(stage.call(bob, "PUT", &recycle, Value::Null).await.code(), (401, 5001));
    assert_eq!(stage.call(&stage.ada, "DELETE", &entry, Value::Null).await.data(), true);
    assert_eq!(stage.get(bob, &view).await.code(), (403, 5308));
    assert_eq!(stage.call(&stage.ada, "DELETE", &entry, Value::Null).await.code(), (500, 5302));
    assert_eq!(stage.get(&stage.nobody, &view).await.code(), (401, 5600));
    let public = format!("{own}/public-to-all");
    assert_eq!(stage.call(&stage.ada, "PUT", &public, json!({ "publicToAll": true })).await.data(), true);
    for who in [&stage.nobody, &stage.sid, bob] {
        assert_eq!(stage.get(who, &view).await.data()["applicationInfoView"]["role"], "viewer");
    }
    assert_eq!(stage.get(bob, &own).await.code(), (403, 5308));
    assert_eq!(stage.call(&stage.ada, "PUT", &public, json!({ "publicToAll": null })).await.data(), true);
    assert_eq!(stage.get(&stage.nobody, &view).await.code(), (401, 5600));
}

#[tokio::test]
async fn grants_are_all_or_nothing() {
    let stage = stage().await;
    let id = stage.application().await;
    let path = format!("/api/applications/{id}/permissions");
    let begin = stage.records("permissions");
    let grant = async |who, body: Value| stage.call(who, "PUT", &path, body).await.code();
    let mia = stage.mia.id.as_str();
    for (body, told) in [
        (json!({ "role": "king", "userIds": [mia] }), (500, 5002)),
        (json!({ "role": "king" }), (500, 5002)),
        (json!({ "userIds": [mia] }), (500, 5002)),
        (json!({ "role": "viewer", "userIds": [mia, stage.vic.id] }), (500, 5000)),
        (json!({ "role": "viewer" }), (200, 1)),
        (json!({ "role": "viewer", "userIds": [], "groupIds": null }), (200, 1)),
    ] {
        assert_eq!(grant(&stage.olga, body.clone()).await, told, "{body}");
        assert_eq!(stage.records("permissions"), begin, "{body}");
    }
    // nobody named, nothing checked
    assert_eq!(grant(&stage.sid, json!({ "role": "owner" })).await, (200, 1));
    assert_eq!(grant(&stage.sid, json!({ "role": "owner", "userIds": [stage.sid.id] })).await, (401, 5001));
    assert_eq!(grant(&stage.olga, json!({ "role": "editor", "userIds": [mia, mia] })).await, (200, 1));
    assert_eq!(stage.records("permissions").len(), begin.len() + 1);
}

#[tokio::test]
async fn groups_hold_roles_and_the_best_one_counts() {
    let stage = stage().await;
    let id = stage.application().await;
    let groups = stage.records("groups");
    let group = |kind: &str| {
        let group = groups.iter().find(|group| group["org"] == stage.org && group["type"] == kind).unwrap();
        group["id"].as_str().unwrap().to_owned()
    };
    let path = format!("/api/applications/{id}/permissions");
    let body = json!({ "role": "editor", "groupIds": [group("all")] });
    assert_eq!(stage.call(&stage.ada, "PUT", &path, body).await.data(), true);
    for (who, role) in
        [(&stage.mia, "editor"), (&stage.vic, "editor"), (&stage.olga, "owner"), (&stage.ada, "owner")]
    {
        let info = stage.get(who, "/api/applications/list").await.data()[0].take();
        assert_eq!(info["role"], role);
    }
    assert_eq!(stage.get(&stage.sid, &format!("/api/applications/{id}")).await.code(), (403, 5308));
    let listed = stage.get(&stage.vic, &path).await.data();
    let item = &listed["groupPermissions"][0];
    assert_eq!(
        (&item["type"], &item["avatar"], &item["name"], &item["id"]),
        (&json!("GROUP"), &json!(""), &json!("All Users"), &json!(group("all")))
    );
    assert_eq!(listed["permissions"].as_array().unwrap().len(), 5);
    let other = stage.application().await;
    let entry = format!("/api/applications/{other}/permissions/{}", item["permissionId"].as_str().unwrap());
    assert_eq!(stage.call(&stage.ada, "PUT", &entry, json!({ "role": "viewer" })).await.code(), (500, 5302));
    assert_eq!(stage.call(&stage.ada, "PUT", &entry, json!({ "role": "none" })).await.code(), (500, 5002));

    let path = format!("/api/applications/{id}/groups-members/available");
    let available = async |who, query: &str| {
        let answer = stage.get(who, &format!("{path}{query}")).await.json();
        let names: Vec<Value> = answer["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| {
                let name = if item["type"] == "Group" { "groupName" } else { "name" };
                json!([item["type"], item["data"][name]])
            })
            .collect();
        (json!(names), answer["total"].as_i64().unwrap(), answer["pageSize"].as_i64().unwrap())
    };
    let (developers, mia) = (json!(["Group", "Developers"]), json!(["User", "mia@example.com"]));
    assert_eq!(available(&stage.ada, "").await, (json!([developers, mia]), 2, 1000));
    assert_eq!(available(&stage.vic, "").await, (json!([mia]), 1, 1000), "groups of one's own only");
    assert_eq!(available(&stage.ada, "?search=DEVEL").await, (json!([developers]), 1, 1000));
    assert_eq!(available(&stage.ada, "?pageNum=2&pageSize=1").await, (json!([mia]), 2, 1));
    assert_eq!(stage.get(&stage.ada, &format!("{path}?pageNum=0")).await.code(), (500, 5000));
    let items = stage.get(&stage.ada, &path).await.data();
    assert_eq!(items[0]["data"]["stats"], json!({ "adminUserCount": 0, "userCount": 0, "users": [] }));
    assert_eq!(
        (&items[0]["data"]["devGroup"], &items[0]["data"]["visitorRole"]),
        (&json!(true), &json!("admin"))
    );
    assert_eq!(items[1]["data"]["rawUserInfos"], json!({ "EMAIL": { "email": "mia@example.com" } }));
    assert_eq!(
        (&items[1]["data"]["userId"], &items[1]["data"]["role"]),
        (&json!(stage.mia.id), &json!("member"))
    );
}
