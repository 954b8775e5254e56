//! Versions: their tags, and what is kept of them.

use serde_json::{Value, json};

use super::stage::stage;

#[tokio::test]
async fn tags_are_single_and_having_none_counts_as_one() {
    let stage = stage().await;
    let id = stage.application().await;
    for (body, told) in [
        (json!({ "commitMessage": "first" }), json!([false, null])),
        (json!({ "tag": "beta", "commitMessage": "second" }), json!([true, "beta"])),
        (json!(null), json!([true, "1.0.0"])),
        (json!({ "tag": "2.3.9" }), json!([true, "2.3.9"])),
        (json!(null), json!([true, "2.3.10"])),
        (json!({ "tag": "" }), json!([false, null])),
    ] {
        stage.lowcoder.clock.advance(500);
        let info = stage.publish(&id, body.clone()).await.data()["applicationInfoView"].take();
        assert_eq!(json!([info["published"], info["publishedVersion"]]), told, "{body}");
        assert_eq!(info["lastPublishedTime"].is_number(), info["published"] == true);
    }
    for body in [json!({}), json!({ "tag": "beta" }), json!({ "tag": "" })] {
        assert_eq!(stage.publish(&id, body.clone()).await.code(), (500, 5000), "{body}");
    }
    stage.publish(&id, json!({ "tag": "x" })).await.data();
    assert_eq!(stage.publish(&id, json!(null)).await.code(), (500, 5000), "1.0.0 is there already");

    let path = format!("/api/application-records/listByApplicationId?applicationId={id}");
    let versions = stage.get(&stage.sid, &path).await.data();
    let told: Vec<Value> =
        versions.as_array().unwrap().iter().map(|one| json!([one["tag"], one["commitMessage"]])).collect();
    assert_eq!(
        json!(told),
        json!([
            ["x", null],
            ["", null],
            ["2.3.10", ""],
            ["2.3.9", null],
            ["1.0.0", ""],
            ["beta", "second"],
            [null, "first"]
        ])
    );
    let last = &versions[6];
    assert_eq!((&last["applicationId"], &last["creatorName"]), (&json!(id), &json!("ada@example.com")));
    assert_eq!(last["createTime"], 1_767_225_600_500_i64);
    let info = stage.get(&stage.ada, "/api/applications/list").await.data()[0].take();
    assert_eq!(
        (&info["publishedVersion"], &info["lastPublishedTime"]),
        (&json!("0.0.1"), &json!(1_767_225_603.0))
    );
}

#[tokio::test]
async fn a_tag_is_single_in_its_application_only() {
    let stage = stage().await;
    for _ in 0..2 {
        let id = stage.application().await;
        stage.publish(&id, json!({ "tag": "1.0.0" })).await.data();
    }
    assert_eq!(stage.records("application_versions").len(), 2);
}

#[tokio::test]
async fn versions_are_shown_one_by_one() {
    let stage = stage().await;
    let id = stage.application().await;
    let record = async |version: &str| {
        let path = format!("/api/application-records?applicationId={id}&applicationRecordId={version}");
        stage.get(&stage.mia, &path).await
    };
    assert_eq!(record("latest").await.data(), json!({ "v": 1 }), "never published");
    stage.publish(&id, json!(null)).await.data();
    stage.write(&id, json!({ "v": 2 })).await;
    assert_eq!(record("latest").await.data(), json!({ "v": 1 }));
    stage.publish(&id, json!(null)).await.data();
    let versions = stage.records("application_versions");
    let key = |at: usize| versions[at]["id"].as_str().unwrap();
    assert_eq!(record(key(0)).await.data(), json!({ "v": 1 }));
    assert_eq!(record(key(1)).await.data(), json!({ "v": 2 }));
    assert_eq!(record("ffffffffffffffffffffffff").await.code(), (500, 5301));
    for missing in
        ["", "?applicationId=x", "?applicationRecordId=latest", "?applicationId=&applicationRecordId=latest"]
    {
        let answer = stage.get(&stage.mia, &format!("/api/application-records{missing}")).await;
        assert_eq!(answer.code(), (500, 5002), "{missing}");
    }

    let path = format!("/api/application-records/{}", key(1));
    let gone = stage.call(&stage.ada, "DELETE", &path, json!(null)).await;
    assert_eq!((gone.status, gone.text.as_str()), (200, ""));
    assert_eq!(stage.call(&stage.ada, "DELETE", &path, json!(null)).await.code(), (500, 5301));
    assert_eq!(record("latest").await.data(), json!({ "v": 1 }));
    let unknown = "/api/application-records/listByApplicationId?applicationId=ffffffffffffffffffffffff";
    assert_eq!(stage.get(&stage.mia, unknown).await.data(), json!([]));
    assert_eq!(
        stage.get(&stage.mia, "/api/application-records/listByApplicationId").await.code(),
        (500, 5002)
    );
}
