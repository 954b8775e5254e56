//! The life of an application, and what its editors switch.

use serde_json::{Value, json};

use super::stage::stage;

#[tokio::test]
async fn an_application_lives_is_recycled_and_stays_as_deleted() {
    let stage = stage().await;
    let ada = &stage.ada;
    let info = stage.create(json!({ "editingApplicationDSL": { "v": 1 } })).await;
    let id = info["applicationId"].as_str().unwrap();
    let path = |rest: &str| format!("/api/applications/{rest}");
    let own = path(id);
    let (view, publish) = (format!("{own}/view"), format!("{own}/publish"));
    let dsl = async |path: &str| stage.get(ada, path).await.data()["applicationDSL"].clone();

    stage.write(id, json!({ "v": 2 })).await;
    assert_eq!(dsl(&view).await, json!({ "v": 2 }), "never published");
    let published = stage.call(ada, "POST", &publish, Value::Null).await.data();
    assert_eq!(published["applicationInfoView"]["publishedVersion"], "1.0.0");
    assert_eq!(published["applicationInfoView"]["published"], true);
    stage.write(id, json!({ "v": 3 })).await;
    assert_eq!(dsl(&view).await, json!({ "v": 2 }));
    assert_eq!(dsl(&own).await, json!({ "v": 3 }));
    let published = stage.call(ada, "POST", &publish, Value::Null).await.data();
    assert_eq!(published["applicationInfoView"]["publishedVersion"], "1.0.1");
    assert_eq!(published["applicationDSL"], json!({ "v": 3 }));
    assert_eq!(dsl(&view).await, json!({ "v": 3 }));

    let recycle = path(&format!("recycle/{id}"));
    let restore = path(&format!("restore/{id}"));
    assert_eq!(stage.call(ada, "PUT", &restore, Value::Null).await.code(), (400, 5003));
    assert_eq!(stage.call(ada, "PUT", &recycle, Value::Null).await.data(), true);
    for (method, path, body) in [
        ("GET", &own, json!(null)),
        ("PUT", &own, json!({ "name": "x" })),
        ("GET", &view, json!(null)),
        ("POST", &publish, json!(null)),
        ("PUT", &recycle, json!(null)),
        ("PUT", &format!("{own}/public-to-all"), json!({ "publicToAll": true })),
        ("GET", &format!("{own}/permissions"), json!(null)),
        ("PUT", &format!("{own}/permissions"), json!({ "role": "viewer", "userIds": [stage.vic.id] })),
        ("PUT", &path(&format!("editState/{id}")), json!({ "editingFinished": true })),
    ] {
        let answer = stage.call(ada, method, path, body).await;
        assert_eq!(answer.code(), (400, 5003), "{method} {path}");
    }
    let shown = stage.get(ada, &format!("{own}?withDeleted=true")).await.data();
    assert_eq!(shown["applicationInfoView"]["applicationStatus"], "RECYCLED");
    assert_eq!(stage.get(ada, &format!("{view}?withDeleted=true")).await.code(), (200, 1));
    let bin = stage.get(ada, "/api/applications/recycle/list").await.data();
    assert_eq!(bin[0]["applicationId"], id);

    assert_eq!(stage.call(ada, "PUT", &restore, Value::Null).await.data(), true);
    assert_eq!(stage.get(ada, &view).await.code(), (200, 1));
    assert_eq!(stage.call(ada, "DELETE", &own, Value::Null).await.code(), (400, 5003));
    stage.call(ada, "PUT", &recycle, Value::Null).await.data();
    let deleted = stage.call(ada, "DELETE", &own, Value::Null).await.data();
    assert_eq!(deleted["applicationInfoView"]["applicationStatus"], "DELETED");
    assert_eq!(stage.call(ada, "PUT", &restore, Value::Null).await.code(), (400, 5003));
    assert_eq!(stage.call(ada, "DELETE", &own, Value::Null).await.code(), (400, 5003));
    assert_eq!(stage.get(ada, "/api/applications/recycle/list").await.data(), json!([]));
    let all = stage.get(ada, "/api/applications/list").await.data();
    assert_eq!(all[0]["applicationStatus"], "DELETED");
    let normal = stage.get(ada, "/api/applications/list?applicationStatus=NORMAL").await.data();
    assert_eq!(normal, json!([]));
}

#[tokio::test]
async fn the_status_is_changed_only_where_that_is_asked_for() {
    let stage = stage().await;
    let id = stage.application().await;
    let path = format!("/api/applications/{id}");
    let body = json!({ "applicationStatus": "RECYCLED", "name": "New" });
    let status = async |path: &str| {
        let answer = stage.call(&stage.eve, "PUT", path, body.clone()).await.data();
        (
            answer["applicationInfoView"]["applicationStatus"].clone(),
            answer["applicationInfoView"]["name"].clone(),
        )
    };
    assert_eq!(status(&path).await, (json!("NORMAL"), json!("New")));
    assert_eq!(status(&format!("{path}?updateStatus=true")).await, (json!("RECYCLED"), json!("New")));
    let body = json!({ "applicationStatus": "NORMAL" });
    assert_eq!(stage.call(&stage.eve, "PUT", &path, body.clone()).await.code(), (400, 5003));
    let back = stage.call(&stage.eve, "PUT", &format!("{path}?updateStatus=true"), body).await.data();
    assert_eq!(back["applicationInfoView"]["applicationStatus"], "NORMAL");
}

#[tokio::test]
async fn whoever_keeps_a_snapshot_edits_until_editing_is_finished() {
    let stage = stage().await;
    let id = stage.application().await;
    let editing = async || {
        let info =
            stage.get(&stage.ada, &format!("/api/applications/{id}")).await.data()["applicationInfoView"]
                .take();
        (info["editingUserId"].clone(), info["lastEditedAt"].as_i64().unwrap())
    };
    let begun = editing().await;
    assert_eq!(begun.0, "");
    stage.lowcoder.clock.advance(2500);
    let snapshot = json!({ "applicationId": id, "dsl": {}, "context": {} });
    stage.call(&stage.eve, "POST", "/api/application/history-snapshots", snapshot).await.data();
    assert_eq!(editing().await, (json!(stage.eve.id), begun.1 + 2500));
    let path = format!("/api/applications/editState/{id}");
    for (body, editor) in [(json!({}), stage.eve.id.as_str()), (json!({ "editingFinished": true }), "")] {
        assert_eq!(stage.call(&stage.olga, "PUT", &path, body).await.data(), true);
        assert_eq!(editing().await.0, editor);
    }
}

#[tokio::test]
async fn slugs_are_single_in_an_organisation_and_lead_to_the_application() {
    let stage = stage().await;
    let [one, other] = [stage.application().await, stage.application().await];
    let slug = async |id: &str, slug: &str| {
        stage.call(&stage.mia, "PUT", &format!("/api/applications/{id}/slug"), json!(slug)).await
    };
    for wrong in ["a b", "\"quoted\"", "ä", "a/b"] {
        assert_eq!(slug(&one, wrong).await.code(), (403, 6502), "{wrong}");
    }
    let entity = slug(&one, "my-App_1").await.data();
    assert_eq!((&entity["slug"], &entity["id"]), (&json!("my-App_1"), &json!(one)));
    assert_eq!((&entity["organizationId"], &entity["createdBy"]), (&json!(stage.org), &json!(stage.ada.id)));
    assert_eq!(entity["editingApplicationDSL"], json!({ "v": 1 }), "the DSL stays");
    assert_eq!(entity["lastEditedAt"], json!(1_767_225_600.0));
    assert_eq!(slug(&other, "my-App_1").await.code(), (403, 6501));
    assert_eq!(slug(&one, "my-App_1").await.code(), (403, 6501), "its own counts, too");
    let view = stage.get(&stage.vic, "/api/applications/my-App_1/view").await.data();
    assert_eq!(view["applicationInfoView"]["applicationId"], one);
    let gid = view["applicationInfoView"]["applicationGid"].as_str().unwrap().to_owned();
    let view = stage.get(&stage.vic, &format!("/api/applications/{gid}/view")).await.data();
    assert_eq!(view["applicationInfoView"]["applicationId"], one);
    assert_eq!(slug(&gid, "by-gid").await.code(), (500, 5005), "only ObjectIds");
}
