//! The library: queries that applications share.

use serde_json::{Value, json};

use super::datasources::datasource;
use super::{FINE, NOBODY, Stage, each, record, stage, stage_with, text};
use crate::lowcoder::support::NOW;

/// A DSL for that data source.
fn dsl(datasource: &str) -> Value {
    json!({ "query": { "compType": "restApi", "datasourceId": datasource, "comp": { "a": null }, "timeout": "10s" } })
}

/// A query of the developer's; its id.
async fn query(stage: &Stage, name: &str, dsl: Value) -> String {
    let body = json!({ "name": name, "organizationId": stage.org, "libraryQueryDSL": dsl });
    text(&stage.post(&stage.dev, "/api/library-queries", body).await.data(), "id")
}

#[tokio::test]
async fn a_query_lives_in_the_library() {
    let stage = stage().await;
    let body = json!({
        "name": "Q", "organizationId": stage.org, "libraryQueryDSL": dsl("#QUICK_REST_API"), "gid": "018c-q",
    });
    let data = stage.post(&stage.dev, "/api/library-queries", body.clone()).await.data();
    let id = text(&data, "id");
    assert_eq!(
        data,
        json!({
            "id": id, "gid": "018c-q", "organizationId": stage.org, "name": "Q",
            "libraryQueryDSL": dsl("#QUICK_REST_API"), "createTime": NOW, "creatorName": "dev@example.com",
        })
    );
    // a second one of that gid
    assert_eq!(stage.post(&stage.dev, "/api/library-queries", body).await.code(), (500, 5000));
    // whoever is signed in reads it, by either id
    for key in [id.as_str(), "018c-q"] {
        assert_eq!(stage.get(&stage.stranger, &format!("/api/library-queries/{key}")).await.data(), data);
    }
    let path = format!("/api/library-queries/{id}");
    let changed = json!({ "libraryQueryDSL": { "query": { "compType": "js" }, "inputs": [] } });
    let answer = stage.put(&stage.admin, &path, changed.clone()).await;
    assert_eq!(answer.json(), json!({ "code": 1, "message": "", "data": true, "success": true }));
    let now = stage.get(&stage.dev, &path).await.data();
    assert_eq!((&now["name"], &now["libraryQueryDSL"]), (&json!("Q"), &changed["libraryQueryDSL"]));
    stage.put(&stage.dev, &path, json!({ "name": "R" })).await.data();
    assert_eq!(stage.get(&stage.dev, &path).await.data()["name"], "R");
    stage.post(&stage.dev, &format!("{path}/publish"), json!({ "tag": "1" })).await.data();
    assert_eq!(stage.delete(&stage.dev, &path).await.data(), true);
    assert!(
        stage.records("library_queries").is_empty() && stage.records("library_query_versions").is_empty()
    );
    for (method, rest) in [("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/publish")] {
        let body = if method == "GET" { json!(null) } else { json!({}) };
        let answer = stage.call(&stage.member, method, &format!("{path}{rest}"), body).await;
        assert_eq!(answer.code(), (400, 6104), "{method}{rest}");
    }
}

#[tokio::test]
async fn who_may_what_with_the_library() {
    let stage = stage().await;
    let id = query(&stage, "Q", dsl("#JS_CODE")).await;
    let path = format!("/api/library-queries/{id}");
    let none = json!(null);
    let developer = (500, 5155);
    let elsewhere = (400, 6103);
    let changes = [NOBODY, elsewhere, developer, FINE, FINE, FINE];
    let reads = [NOBODY, FINE, FINE, FINE, FINE, FINE];
    let lists = [NOBODY, FINE, developer, FINE, FINE, FINE];
    let body = json!({ "name": "R", "organizationId": stage.org, "libraryQueryDSL": dsl("#JS_CODE") });
    stage.matrix("POST", "/api/library-queries", &body, changes).await;
    stage.matrix("GET", &path, &none, reads).await;
    stage.matrix("PUT", &path, &json!({ "name": "R" }), changes).await;
    stage.matrix("DELETE", &path, &none, changes).await;
    stage.matrix("POST", &format!("{path}/publish"), &json!({}), changes).await;
    stage.matrix("GET", "/api/library-queries/listByOrg", &none, lists).await;
    stage.matrix("GET", "/api/library-queries/dropDownList", &none, lists).await;
    let record = stage.post(&stage.dev, &format!("{path}/publish"), json!({ "tag": "1" })).await.data();
    let record = text(&record, "id");
    let records = "/api/library-query-records";
    stage.matrix("GET", &format!("{records}/listByLibraryQueryId?libraryQueryId={id}"), &none, reads).await;
    let one = format!("{records}?libraryQueryId={id}&libraryQueryRecordId={record}");
    stage.matrix("GET", &one, &none, reads).await;
    // what was deleted is told by an answer without a body
    let gone = (200, 0);
    stage
        .matrix(
            "DELETE",
            &format!("{records}/{record}"),
            &none,
            [NOBODY, elsewhere, developer, gone, gone, gone],
        )
        .await;
    let foreign = json!({ "organizationId": stage.other_org(), "libraryQueryDSL": dsl("#JS_CODE") });
    assert_eq!(stage.post(&stage.dev, "/api/library-queries", foreign).await.code(), elsewhere);
    // who is in no organisation is in none of the query's either
    stage.edit(|state| {
        state["members"].as_array_mut().unwrap().retain(|member| member["user"] != stage.dev.id.as_str());
    });
    assert_eq!(stage.delete(&stage.dev, &path).await.code(), (500, 5105));
}

#[tokio::test]
async fn lists_tell_queries_whose_data_source_the_caller_may_use() {
    let stage = stage().await;
    let orders = datasource(&stage, json!({})).await;
    let ids = [
        query(&stage, "Quick", dsl("#QUICK_REST_API")).await,
        query(&stage, "Orders", dsl(&orders)).await,
        query(&stage, "Of nothing", json!({ "query": {} })).await,
        query(&stage, "Of what is gone", dsl("0123456789abcdef01234567")).await,
        query(&stage, "quicker", dsl("#JS_CODE")).await,
    ];
    let listed = async |who, query: &str| {
        stage.get(who, &format!("/api/library-queries/listByOrg{query}")).await.json()
    };
    assert_eq!(each(&listed(&stage.dev, "").await["data"], "name"), ["Quick", "Orders", "quicker"]);
    assert_eq!(each(&listed(&stage.peer, "").await["data"], "name"), ["Quick", "quicker"]);
    stage.role("datasource", &orders, "USER", &stage.peer.id, "viewer");
    assert_eq!(each(&listed(&stage.peer, "").await["data"], "name"), ["Quick", "Orders", "quicker"]);
    assert_eq!(listed(&stage.stranger, "").await["data"], json!([]));
    assert_eq!(each(&listed(&stage.dev, "?name=QUICK").await["data"], "name"), ["Quick", "quicker"]);
    let page = listed(&stage.dev, "?pageSize=2&pageNum=2").await;
    assert_eq!(each(&page["data"], "name"), ["quicker"]);
    assert_eq!((&page["total"], &page["pageNum"], &page["pageSize"]), (&json!(3), &json!(2), &json!(2)));
    assert_eq!(listed(&stage.dev, "").await["pageSize"], 100);
    for tag in ["1", "2"] {
        let publish = format!("/api/library-queries/{}/publish", ids[4]);
        stage.post(&stage.dev, &publish, json!({ "tag": tag })).await.data();
    }
    let choice = stage.get(&stage.dev, "/api/library-queries/dropDownList?name=quicker").await.data();
    let meta = json!({
        "id": ids[4], "datasourceType": "restApi", "organizationId": stage.org, "name": "quicker", "createTime": NOW,
        "creatorName": "dev@example.com",
    });
    assert_eq!(choice[0]["libraryQueryMetaView"], meta);
    assert_eq!(each(&choice[0]["recordMetaViews"], "tag"), ["2", "1"]);
}

#[tokio::test]
async fn versions_keep_what_was_published() {
    let stage = stage().await;
    let id = query(&stage, "Q", dsl("#JS_CODE")).await;
    let publish = async |body: Value| {
        stage.post(&stage.dev, &format!("/api/library-queries/{id}/publish"), body).await.data()
    };
    let first = publish(json!({ "tag": "1.0.0", "commitMessage": "first" })).await;
    let first_id = text(&first, "id");
    assert_eq!(
        first,
        json!({
            "id": first_id, "libraryQueryId": id, "datasourceType": "restApi", "tag": "1.0.0", "commitMessage": "first",
            "createTime": NOW, "creatorName": "dev@example.com",
        })
    );
    stage.clock.advance(1000);
    let new = json!({ "query": { "compType": "js", "datasourceId": "#JS_CODE" } });
    let path = format!("/api/library-queries/{id}");
    stage.put(&stage.dev, &path, json!({ "libraryQueryDSL": new })).await.data();
    // tags may repeat, and may be left out
    publish(json!({ "tag": "1.0.0" })).await;
    publish(json!({})).await;
    let list = format!("/api/library-query-records/listByLibraryQueryId?libraryQueryId={id}");
    let listed = stage.get(&stage.dev, &list).await.json();
    assert_eq!(each(&listed["data"], "tag"), [json!(null), json!("1.0.0"), json!("1.0.0")]);
    assert_eq!(each(&listed["data"], "datasourceType"), ["js", "js", "restApi"]);
    assert_eq!((&listed["total"], &listed["pageSize"]), (&json!(3), &json!(100)));
    let second_page = stage.get(&stage.dev, &format!("{list}&pageSize=2&pageNum=2")).await.data();
    assert_eq!(each(&second_page, "id"), [json!(first_id)]);
    let records = "/api/library-query-records";
    let one = |record: &str| format!("{records}?libraryQueryId={id}&libraryQueryRecordId={record}");
    assert_eq!(stage.get(&stage.stranger, &one(&first_id)).await.data(), dsl("#JS_CODE"));
    assert_eq!(stage.get(&stage.stranger, &one("latest")).await.data(), new);
    let other = query(&stage, "Other", dsl("#JS_CODE")).await;
    for (path, expected) in [
        (one("0123456789abcdef01234567"), (500, 5300)),
        (format!("{records}?libraryQueryId={other}&libraryQueryRecordId={first_id}"), (500, 5300)),
        (format!("{records}?libraryQueryId=nothing&libraryQueryRecordId=latest"), (400, 6104)),
        (format!("{records}?libraryQueryId={id}"), (500, 5002)),
        (format!("{records}/listByLibraryQueryId"), (500, 5002)),
        (format!("{records}/listByLibraryQueryId?libraryQueryId=nothing"), (400, 6104)),
    ] {
        assert_eq!(stage.get(&stage.dev, &path).await.code(), expected, "{path}");
    }
    let gone = stage.delete(&stage.dev, &format!("{records}/{first_id}")).await;
    assert_eq!((gone.status, gone.text.as_str()), (200, ""));
    assert_eq!(stage.delete(&stage.dev, &format!("{records}/{first_id}")).await.code(), (400, 6104));
    assert_eq!(stage.get(&stage.dev, &list).await.json()["total"], 2);
}

#[tokio::test]
async fn a_query_without_query_is_refused_or_breaks_the_list() {
    let without = [json!(null), json!({}), json!({ "query": null }), json!({ "query": "text" })];
    let stage = stage().await;
    let id = query(&stage, "Q", dsl("#JS_CODE")).await;
    for dsl in &without {
        let body = json!({ "organizationId": stage.org, "libraryQueryDSL": dsl });
        assert_eq!(stage.post(&stage.dev, "/api/library-queries", body).await.code(), (500, 5002), "{dsl}");
    }
    let change = json!({ "libraryQueryDSL": {} });
    let path = format!("/api/library-queries/{id}");
    assert_eq!(stage.put(&stage.dev, &path, change).await.code(), (500, 5002));
    assert_eq!(record(&stage, "library_queries", "id", &id)["libraryQueryDSL"], dsl("#JS_CODE"));
    let faithful = stage_with(&[("STRICT_QUERYLESS_LIBRARY", "true")]).await;
    query(&faithful, "Fine", dsl("#JS_CODE")).await;
    assert_eq!(faithful.get(&faithful.dev, "/api/library-queries/listByOrg").await.code(), FINE);
    for dsl in without {
        let id = query(&faithful, "Bad", dsl).await;
        for list in ["listByOrg", "listByOrg?name=Fine", "dropDownList"] {
            let answer = faithful.get(&faithful.dev, &format!("/api/library-queries/{list}")).await;
            assert_eq!(answer.code(), (500, 5000), "{list}");
        }
        faithful.delete(&faithful.dev, &format!("/api/library-queries/{id}")).await.data();
    }
    assert_eq!(faithful.get(&faithful.dev, "/api/library-queries/listByOrg").await.code(), FINE);
}
