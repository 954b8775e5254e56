//! Lists of applications.

use serde_json::{Value, json};

use super::stage::stage;

#[tokio::test]
async fn lists_tell_names_where_answers_tell_ids() {
    let stage = stage().await;
    let dsl = json!({
        "ui": { "comp": { "containerSize": { "width": 3 } } },
        "settings": { "title": "T", "description": "D", "category": "C", "icon": "I" },
    });
    let info =
        stage.create(json!({ "name": "Module", "applicationType": 2, "editingApplicationDSL": dsl })).await;
    let now = 1_767_225_600_000_i64;
    let mut expected = json!({
        "orgId": stage.org, "applicationId": info["applicationId"], "applicationGid": info["applicationGid"],
        "name": "Module", "createAt": now, "createBy": "ada@example.com", "role": "owner", "applicationType": 2,
        "applicationStatus": "NORMAL", "containerSize": { "width": 3 }, "folderId": null, "lastViewTime": 0,
        "lastModifyTime": now, "lastEditedAt": now, "publicToAll": false, "publicToMarketplace": false,
        "agencyProfile": false, "editingUserId": null, "title": "T", "description": "D", "category": "C", "icon": "I",
        "published": false, "folder": false,
    });
    let body = stage.get(&stage.ada, "/api/applications/list").await.json();
    assert_eq!(
        body,
        json!({
            "code": 1, "message": "", "data": [expected], "success": true, "pageNum": 1, "pageSize": 0, "total": 1,
        })
    );
    expected.as_object_mut().unwrap().shift_remove("containerSize");
    let without = stage.get(&stage.ada, "/api/applications/list?withContainerSize=false").await.data();
    assert_eq!(without, json!([expected]));
    // settings are those of the version that users see
    let id = info["applicationId"].as_str().unwrap();
    stage.publish(id, json!({})).await.data();
    stage.write(id, json!({})).await;
    let listed = stage.get(&stage.ada, "/api/applications/list").await.data();
    assert_eq!(
        (&listed[0]["title"], &listed[0]["published"]),
        (&json!("T"), &json!(true)),
        "a version without a tag counts here"
    );
}

#[tokio::test]
async fn lists_are_filtered_by_kind_status_name_and_category() {
    let stage = stage().await;
    for (name, kind, category) in [("Alpha", 1, "Sales"), ("Beta", 2, "Sales"), ("Alphabet", 3, "")] {
        let dsl = json!({ "settings": { "category": category } });
        stage.create(json!({ "name": name, "applicationType": kind, "editingApplicationDSL": dsl })).await;
    }
    let id = stage.records("applications")[2]["id"].as_str().unwrap().to_owned();
    stage.call(&stage.ada, "PUT", &format!("/api/applications/recycle/{id}"), Value::Null).await.data();
    let names = async |path: &str| {
        let found = stage.get(&stage.ada, path).await.data();
        found
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (query, expected) in [
        ("", "Alpha Beta Alphabet"),
        ("?applicationType=0", "Alpha Beta Alphabet"),
        ("?applicationType=5", "Alpha Beta Alphabet"),
        ("?applicationType=2", "Beta"),
        ("?applicationStatus=NORMAL", "Alpha Beta"),
        ("?applicationStatus=RECYCLED", "Alphabet"),
        ("?name=ALPHA", "Alpha Alphabet"),
        ("?category=sal", "Alpha Beta"),
        ("?category=sal&name=alpha", "Alpha"),
        ("?name=none", ""),
    ] {
        assert_eq!(names(&format!("/api/applications/list{query}")).await, expected, "{query}");
    }
    assert_eq!(names("/api/applications/recycle/list").await, "Alphabet");
    assert_eq!(names("/api/applications/recycle/list?name=BET").await, "Alphabet");
    assert_eq!(names("/api/applications/recycle/list?category=sales").await, "");
    for query in ["applicationStatus=GONE", "applicationType=x", "pageSize=x", "withContainerSize=maybe"] {
        let answer = stage.get(&stage.ada, &format!("/api/applications/list?{query}")).await;
        assert_eq!(answer.code(), (500, 5002), "{query}");
    }
}

#[tokio::test]
async fn only_what_the_caller_may_view_is_listed() {
    let stage = stage().await;
    let id = stage.application().await;
    stage.create(json!({ "name": "Public", "publicToAll": true })).await;
    stage.create(json!({ "name": "Private" })).await;
    let names = async |who| {
        let found = stage.get(who, "/api/applications/list").await.data();
        let told =
            |one: &Value| format!("{}:{}", one["name"].as_str().unwrap(), one["role"].as_str().unwrap());
        found.as_array().unwrap().iter().map(told).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(&stage.ada).await, "App:owner Public:owner Private:owner");
    assert_eq!(names(&stage.eve).await, "App:editor Public:viewer");
    assert_eq!(names(&stage.mia).await, "Public:viewer");
    assert_eq!(names(&stage.sid).await, "", "another organisation");
    stage.call(&stage.ada, "PUT", &format!("/api/applications/recycle/{id}"), Value::Null).await.data();
    for (who, count) in [(&stage.vic, 1), (&stage.mia, 0)] {
        let bin = stage.get(who, "/api/applications/recycle/list").await.data();
        assert_eq!(bin.as_array().unwrap().len(), count);
    }
}

#[tokio::test]
async fn pages_count_from_one_and_none_is_everything() {
    let stage = stage().await;
    for number in 0..25 {
        stage.create(json!({ "name": format!("App {number:02}") })).await;
    }
    for (query, first, count) in [
        ("", "App 00", 25),
        ("?pageSize=10", "App 00", 10),
        ("?pageNum=2&pageSize=10", "App 10", 10),
        ("?pageNum=3&pageSize=10", "App 20", 5),
        ("?pageNum=4&pageSize=10", "", 0),
        ("?pageNum=7&pageSize=0", "App 00", 25),
        ("?pageNum=0", "App 00", 25),
    ] {
        let body = stage.get(&stage.ada, &format!("/api/applications/list{query}")).await.json();
        assert_eq!(body["data"].as_array().unwrap().len(), count, "{query}");
        assert_eq!(body["data"][0]["name"].as_str().unwrap_or_default(), first, "{query}");
        assert_eq!(body["total"], 25, "{query}");
    }
    for query in ["pageNum=0&pageSize=10", "pageNum=-1&pageSize=10"] {
        let answer = stage.get(&stage.ada, &format!("/api/applications/list?{query}")).await;
        assert_eq!(answer.code(), (500, 5000), "{query}");
    }
}
