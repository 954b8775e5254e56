//! Making and changing applications.

use serde_json::{Value, json};

use super::stage::{stage, stage_with};

#[tokio::test]
async fn a_new_application_belongs_to_its_creator() {
    let stage = stage().await;
    let body = json!({
        "orgId": stage.org, "name": "Shop", "applicationType": 2, "publicToAll": true,
        "editingApplicationDSL": { "a": null, "settings": { "title": "T", "description": 5, "icon": "i" } }, "other": 1,
    });
    let view = stage.call(&stage.ada, "POST", "/api/applications", body).await.data();
    assert_eq!(
        view["applicationDSL"],
        json!({ "a": null, "settings": { "title": "T", "description": 5, "icon": "i" } })
    );
    assert_eq!([&view["moduleDSL"], &view["orgCommonSettings"], &view["templateId"]], [&Value::Null; 3]);
    let info = &view["applicationInfoView"];
    let id = info["applicationId"].as_str().unwrap();
    assert_eq!((id.len(), info["applicationGid"].as_str().unwrap().len()), (24, 36));
    let now = 1_767_225_600_000_i64;
    assert_eq!(
        *info,
        json!({
            "orgId": stage.org, "applicationId": id, "applicationGid": info["applicationGid"], "name": "Shop",
            "createAt": now, "createBy": stage.ada.id, "role": "", "applicationType": 2, "applicationStatus": "NORMAL",
            "folderId": null, "lastViewTime": 0, "lastModifyTime": now, "lastEditedAt": now, "publicToAll": true,
            "publicToMarketplace": false, "agencyProfile": false, "editingUserId": "", "title": "T", "description": "",
            "category": "", "published": false, "folder": false,
        })
    );
    let permissions = stage.get(&stage.ada, &format!("/api/applications/{id}/permissions")).await.data();
    let item = &permissions["userPermissions"][0];
    assert_eq!(
        (&item["id"], &item["role"], &item["type"]),
        (&json!(stage.ada.id), &json!("owner"), &json!("USER"))
    );
    assert_eq!(permissions["permissions"], json!([item]));
    assert_eq!(permissions["groupPermissions"], json!([]));
    assert_eq!(permissions["creatorId"], stage.ada.id);
    assert_eq!(permissions["orgName"], "ada@example.com's workspace");
    assert_eq!(
        (&permissions["publicToAll"], &permissions["publicToMarketplace"], &permissions["agencyProfile"]),
        (&json!(true), &json!(false), &json!(false))
    );
}

#[tokio::test]
async fn what_cannot_be_made_is_told_in_order() {
    let stage = stage_with(&[("LOWCODER_MAX_APPS_PER_ORG", "1")]).await;
    let org = stage.org.as_str();
    stage.edit(|collections| {
        let other = collections["organizations"][1]["id"].clone();
        for (id, org) in [("a00000000000000000000001", json!(org)), ("a00000000000000000000002", other)] {
            let folder = json!({ "id": id, "gid": id, "orgId": org, "name": "F", "createAt": 0 });
            collections["folders"].as_array_mut().unwrap().push(folder);
        }
    });
    let create = async |who, body: Value| stage.call(who, "POST", "/api/applications", body).await.code();
    for (who, body, told) in [
        (&stage.sid, json!({ "name": "A" }), (500, 5002)),
        (&stage.sid, json!({ "orgId": " ", "name": "A" }), (500, 5002)),
        (&stage.sid, json!({ "orgId": org, "name": " " }), (500, 5002)),
        (&stage.sid, json!({ "orgId": org }), (500, 5002)),
        (&stage.sid, json!({ "orgId": org, "name": "A", "folderId": "none" }), (401, 5001)),
        (&stage.sid, json!({ "orgId": "ffffffffffffffffffffffff", "name": "A" }), (401, 5001)),
        (&stage.mia, json!({ "orgId": org, "name": "A", "folderId": "none" }), (500, 5155)),
        (&stage.ada, json!({ "orgId": org, "name": "A", "folderId": "none" }), (500, 5005)),
        (
            &stage.ada,
            json!({ "orgId": org, "name": "A", "folderId": "a00000000000000000000002" }),
            (500, 6302),
        ),
        (&stage.ada, json!({ "orgId": org, "name": "A", "gid": "0199-mine", "folderId": "" }), (200, 1)),
        (&stage.ada, json!({ "orgId": org, "name": "A", "folderId": "none" }), (500, 5303)),
    ] {
        assert_eq!(create(who, body.clone()).await, told, "{body}");
    }
    let id = stage.records("applications")[0]["id"].as_str().unwrap().to_owned();
    stage.call(&stage.ada, "PUT", &format!("/api/applications/recycle/{id}"), Value::Null).await.data();
    let again = json!({ "orgId": org, "name": "A", "gid": "0199-mine" });
    assert_eq!(
        create(&stage.ada, again).await,
        (500, 5000),
        "recycled ones do not count, but keep their gid"
    );
    assert_eq!(stage.records("applications").len(), 1);
    assert_eq!(stage.records("permissions").len(), 1);
}

#[tokio::test]
async fn the_roles_of_a_folder_are_copied() {
    let stage = stage().await;
    let org = stage.org.clone();
    let folder = "a00000000000000000000001";
    stage.edit(|collections| {
        collections["folders"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "id": folder, "gid": folder, "orgId": org, "name": "F", "createAt": 0 }));
        for (at, (holder, role)) in
            [(&stage.vic.id, "editor"), (&stage.ada.id, "viewer")].into_iter().enumerate()
        {
            collections["permissions"].as_array_mut().unwrap().push(json!({
                "id": format!("b0000000000000000000000{at}"), "resourceType": "folder", "resource": folder,
                "type": "USER", "holder": holder, "role": role,
            }));
        }
    });
    let info = stage.create(json!({ "folderId": folder })).await;
    assert_eq!(info["folderId"], folder);
    let path = format!("/api/applications/{}", info["applicationId"].as_str().unwrap());
    let view = stage.get(&stage.vic, &path).await.data();
    assert_eq!(
        (&view["applicationInfoView"]["role"], &view["applicationInfoView"]["folderId"]),
        (&json!("editor"), &json!(folder))
    );
    let permissions = stage.get(&stage.ada, &format!("{path}/permissions")).await.data();
    assert_eq!(permissions["userPermissions"].as_array().unwrap().len(), 2);
    assert_eq!(permissions["userPermissions"][0]["role"], "owner");
}

#[tokio::test]
async fn a_new_dsl_takes_the_place_of_the_old_one() {
    let stage = stage().await;
    let id = stage.application().await;
    let path = format!("/api/applications/{id}");
    stage.lowcoder.clock.advance(1000);
    let dsl = json!({ "w": { "x": null, "y": [1, null] } });
    let body =
        json!({ "editingApplicationDSL": dsl, "publicToAll": true, "orgId": "x", "gid": "y", "name": null });
    let view = stage.call(&stage.eve, "PUT", &path, body).await.data();
    assert_eq!(view["applicationDSL"], dsl);
    let info = &view["applicationInfoView"];
    assert_eq!(
        (&info["role"], &info["name"], &info["publicToAll"]),
        (&json!("editor"), &json!("App"), &json!(false))
    );
    assert_eq!(info["lastModifyTime"], 1_767_225_601_000_i64);
    assert_eq!(info["lastEditedAt"], 1_767_225_600_000_i64);
    let view = stage.call(&stage.eve, "PUT", &path, json!({ "name": "New" })).await.data();
    assert_eq!((&view["applicationInfoView"]["name"], &view["applicationDSL"]), (&json!("New"), &dsl));
}

#[tokio::test]
async fn data_sources_of_others_are_not_used() {
    let stage = stage().await;
    let id = stage.application().await;
    let (org, source) = (stage.org.clone(), "d00000000000000000000001");
    stage.edit(|collections| {
        collections["datasources"].as_array_mut().unwrap().push(json!({
            "id": source, "gid": "0199-source", "name": "D", "type": "mysql", "organizationId": org, "createTime": 0,
        }));
    });
    let write = async |source: &str| {
        let body = json!({ "editingApplicationDSL": { "queries": [{ "datasourceId": "#QUICK_REST_API" }, { "datasourceId": source }] } });
        stage.call(&stage.eve, "PUT", &format!("/api/applications/{id}"), body).await.code()
    };
    assert_eq!(write(source).await, (401, 5001));
    assert_eq!(write("0199-source").await, (401, 5001));
    for other in ["", "ffffffffffffffffffffffff"] {
        assert_eq!(write(other).await, (200, 1), "{other:?} is nobody's");
    }
    stage.edit(|collections| {
        collections["permissions"].as_array_mut().unwrap().push(json!({
            "id": "b00000000000000000000009", "resourceType": "datasource", "resource": source, "type": "USER",
            "holder": stage.eve.id, "role": "viewer",
        }));
    });
    assert_eq!(write(source).await, (200, 1));
}
