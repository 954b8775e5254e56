//! Data sources: making, changing, listing, trying and deleting them.

use serde_json::{Value, json};

use super::{DENIED, FINE, NOBODY, Stage, each, record, stage, stage_with, text};
use crate::lowcoder::support::{Caller, NOW};

/// A body of a data source, with these members changed.
pub(super) fn body(stage: &Stage, changes: Value) -> Value {
    let mut body = json!({
        "name": "Orders", "type": "postgres", "organizationId": stage.org,
        "datasourceConfig": { "host": "db", "port": 5432, "database": "orders", "username": "ada", "password": "pw-1" },
    });
    let Value::Object(changes) = changes else { panic!("{changes} is no object") };
    body.as_object_mut().unwrap().extend(changes);
    body
}

/// A data source of the developer's; its id.
pub(super) async fn datasource(stage: &Stage, changes: Value) -> String {
    let answer = stage.post(&stage.dev, "/api/datasources", body(stage, changes)).await;
    assert_eq!(answer.code(), (201, 1), "{}", answer.text);
    text(&answer.data(), "id")
}

#[tokio::test]
async fn a_new_data_source_is_told_without_its_secrets() {
    let stage = stage().await;
    let answer = stage.post(&stage.dev, "/api/datasources", body(&stage, json!({ "gid": "018c-d" }))).await;
    assert_eq!(answer.status, 201);
    let data = answer.data();
    let id = text(&data, "id");
    assert_eq!(
        data,
        json!({
            "id": id, "createdBy": stage.dev.id, "gid": "018c-d", "name": "Orders", "type": "postgres",
            "organizationId": stage.org, "creationSource": 0, "datasourceStatus": "NORMAL", "pluginDefinition": null,
            "createTime": NOW,
            "datasourceConfig": { "host": "db", "port": 5432, "database": "orders", "username": "ada" },
        })
    );
    assert_eq!(stage.roles("datasource", &id), ["USER dev@example.com owner"]);
    assert_eq!(record(&stage, "datasources", "id", &id)["datasourceConfig"]["password"], "pw-1");
    for path in [
        format!("/api/datasources/{id}"),
        "/api/datasources/018c-d".to_owned(),
        format!("/api/datasources/listByOrg?orgId={}", stage.org),
        format!("/api/datasources/info?datasourceId={id}"),
    ] {
        let answer = stage.get(&stage.dev, &path).await;
        assert_eq!(answer.code(), FINE, "{path}");
        assert!(answer.text.contains("orders") && !answer.text.contains("pw-1"), "{path}");
    }
}

#[tokio::test]
async fn what_cannot_be_a_data_source_is_told_in_order() {
    let stage = stage().await;
    datasource(&stage, json!({ "gid": "018c-d" })).await;
    let config = |changes: Value| {
        let mut config = json!({ "host": "db", "database": "orders" });
        config.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        json!({ "datasourceConfig": config })
    };
    let invalid = (400, 5501);
    for (who, changes, expected) in [
        (&Caller::default(), json!({}), NOBODY),
        (&stage.stranger, json!({ "name": " ", "datasourceConfig": null }), invalid),
        (&stage.stranger, json!({ "name": null }), invalid),
        (&stage.stranger, json!({ "type": "" }), invalid),
        (&stage.stranger, json!({ "organizationId": "" }), invalid),
        (&stage.stranger, json!({ "datasourceConfig": null }), (500, 500)),
        (&stage.stranger, json!({ "datasourceConfig": "text" }), (500, 500)),
        (&stage.stranger, json!({ "datasourceConfig": [], "type": "restApi" }), (500, 500)),
        (&stage.stranger, json!({}), DENIED),
        (&stage.dev, json!({ "organizationId": stage.other_org() }), DENIED),
        (&stage.member, json!({ "id": "x" }), (500, 5155)),
        (&stage.dev, json!({ "id": "x", "datasourceConfig": {} }), (500, 5002)),
        (&stage.dev, json!({ "datasourceConfig": {} }), invalid),
        (&stage.dev, config(json!({ "host": "" })), invalid),
        (&stage.dev, config(json!({ "host": "http://db" })), invalid),
        (&stage.dev, config(json!({ "host": "db:5432" })), invalid),
        (&stage.dev, config(json!({ "database": null })), invalid),
        (&stage.dev, config(json!({ "database": " " })), invalid),
        (&stage.dev, json!({ "gid": "018c-d" }), (500, 5508)),
        (&stage.dev, json!({ "status": "OLD" }), invalid),
        // neither kind is looked into, and plug-ins need no settings
        (&stage.dev, json!({ "type": "restApi", "datasourceConfig": {} }), (201, 1)),
        (&stage.dev, json!({ "type": "graphql", "datasourceConfig": { "url": 1 } }), (201, 1)),
        (&stage.dev, json!({ "type": "openai", "datasourceConfig": null }), (201, 1)),
        (&stage.admin, config(json!({})), (201, 1)),
    ] {
        let answer = stage.post(who, "/api/datasources", body(&stage, changes.clone())).await;
        assert_eq!(answer.code(), expected, "{changes} {}", answer.text);
    }
    assert_eq!(stage.records("datasources").len(), 5);
}

#[tokio::test]
async fn secrets_that_are_left_out_stay() {
    let stage = stage().await;
    let id = datasource(&stage, json!({ "gid": "018c-d" })).await;
    let path = format!("/api/datasources/{id}");
    let stored = || record(&stage, "datasources", "id", &id);
    let config = json!({ "host": "db2", "database": "orders" });
    let changed = body(
        &stage,
        json!({ "name": "New", "datasourceConfig": config, "gid": "018c-e", "status": "DELETED" }),
    );
    let data = stage.put(&stage.dev, &path, changed).await.data();
    assert_eq!((&data["name"], &data["datasourceConfig"]), (&json!("New"), &config));
    // neither gid nor state change so
    assert_eq!((&data["gid"], &data["datasourceStatus"]), (&json!("018c-d"), &json!("NORMAL")));
    let kept = json!({ "host": "db2", "database": "orders", "password": "pw-1" });
    assert_eq!(stored()["datasourceConfig"], kept);
    let config = json!({ "host": "db2", "database": "orders", "password": "pw-2" });
    stage.put(&stage.dev, &path, body(&stage, json!({ "datasourceConfig": config }))).await.data();
    assert_eq!(stored()["datasourceConfig"]["password"], "pw-2");
    let other = stage.other_org();
    for (changes, expected) in [
        (json!({ "type": "mysql" }), (500, 5506)),
        (json!({ "name": "" }), (400, 5501)),
        (json!({ "datasourceConfig": null }), (500, 500)),
        (json!({ "datasourceConfig": { "host": "a/b", "database": "x" } }), (400, 5501)),
        (json!({ "organizationId": other }), FINE),
    ] {
        let answer = stage.put(&stage.dev, &path, body(&stage, changes.clone())).await;
        assert_eq!(answer.code(), expected, "{changes}");
    }
    assert_eq!(stored()["organizationId"], json!(stage.org));
}

#[tokio::test]
async fn an_unknown_data_source_is_refused_or_nothing() {
    let unknown = "/api/datasources/0123456789abcdef01234567";
    for (strict, expected) in [("false", (500, 5500)), ("true", (200, 0))] {
        let stage = stage_with(&[("STRICT_EMPTY_ANSWERS", strict)]).await;
        assert_eq!(stage.get(&stage.dev, unknown).await.code(), DENIED);
        assert_eq!(stage.put(&stage.dev, unknown, body(&stage, json!({}))).await.code(), expected);
        assert_eq!(stage.delete(&stage.dev, unknown).await.code(), expected);
        let entry = "/api/datasources/permissions/0123456789abcdef01234567";
        assert_eq!(stage.delete(&stage.dev, entry).await.code(), expected);
        assert_eq!(stage.put(&stage.dev, entry, json!({ "role": "owner" })).await.code(), expected);
        let info = "/api/datasources/info?datasourceId=0123456789abcdef01234567";
        assert_eq!(stage.get(&stage.dev, info).await.code(), (500, 5500));
        assert_eq!(stage.get(&stage.dev, "/api/datasources/info").await.code(), (500, 5002));
    }
}

#[tokio::test]
async fn those_of_the_system_are_everybodys() {
    let stage = stage().await;
    for (id, kind) in [("QUICK_REST_API", "restApi"), ("QUICK_GRAPHQL", "graphql"), ("JS_CODE", "js")] {
        for path in
            [format!("/api/datasources/%23{id}"), format!("/api/datasources/info?datasourceId=%23{id}")]
        {
            let data = stage.get(&stage.stranger, &path).await.data();
            assert_eq!((text(&data, "id"), text(&data, "type")), (format!("#{id}"), kind.to_owned()));
        }
    }
    assert!(stage.records("datasources").is_empty());
}

#[tokio::test]
async fn lists_are_filtered_and_paged() {
    let stage = stage().await;
    for (name, kind) in [("Orders", "postgres"), ("Border", "mysql"), ("Shop", "openai"), ("Search", "es")] {
        datasource(&stage, json!({ "name": name, "type": kind })).await;
    }
    let all = stage.post(&stage.admin, "/api/datasources", body(&stage, json!({ "name": "Hidden" }))).await;
    all.data();
    let list = format!("/api/datasources/listByOrg?orgId={}", stage.org);
    for (who, query, expected) in [
        (&stage.dev, "", &["Orders", "Border", "Shop", "Search"][..]),
        (&stage.admin, "", &["Orders", "Border", "Shop", "Search", "Hidden"]),
        (&stage.member, "", &[]),
        (&stage.stranger, "", &[]),
        (&stage.dev, "&name=ORDER", &["Orders", "Border"]),
        (&stage.dev, "&type=openai", &["Shop"]),
        (&stage.dev, "&type=open", &[]),
        (&stage.dev, "&pageSize=3&pageNum=2", &["Search"]),
        (&stage.dev, "&pageSize=3&pageNum=3", &[]),
    ] {
        let data = stage.get(who, &format!("{list}{query}")).await.data();
        let found: Vec<_> =
            data.as_array().unwrap().iter().map(|item| text(&item["datasource"], "name")).collect();
        assert_eq!(found, expected, "{query}");
    }
    let page = stage.get(&stage.dev, &format!("{list}&pageSize=3")).await.json();
    assert_eq!((&page["total"], &page["pageSize"]), (&json!(4), &json!(3)));
    assert_eq!(each(&page["data"], "edit"), [true, true, true]);
    assert_eq!(page["data"][0]["creatorName"], "dev@example.com");
    for query in ["", "?orgId=", "?orgId=%20", "?orgId=x&pageNum=y"] {
        let answer = stage.get(&stage.dev, &format!("/api/datasources/listByOrg{query}")).await;
        assert_eq!(answer.code(), (500, 5002), "{query}");
    }
    assert_eq!(stage.get(&stage.dev, &format!("{list}&pageNum=0&pageSize=1")).await.code(), (500, 5000));
}

#[tokio::test]
async fn an_application_tells_the_data_sources_beside_it() {
    let stage = stage().await;
    let orders = datasource(&stage, json!({})).await;
    datasource(
        &stage,
        json!({ "name": "Chat", "type": "openai", "datasourceConfig": { "n": 1, "apiKey": "k" } }),
    )
    .await;
    let app = stage.application(1, "App", json!({}));
    stage.role("application", &app, "USER", &stage.member.id, "viewer");
    let by_app = format!("/api/datasources/listByApp?appId={app}");
    let plugins = format!("/api/datasources/jsDatasourcePlugins?appId={app}");
    let none = json!(null);
    stage.matrix("GET", &by_app, &none, [NOBODY, DENIED, FINE, DENIED, FINE, FINE]).await;
    let low = (403, 5308);
    stage.matrix("GET", &plugins, &none, [(401, 5600), low, FINE, low, FINE, FINE]).await;
    assert!(stage.get(&stage.member, &by_app).await.data().as_array().unwrap().is_empty());
    stage.role("datasource", &orders, "USER", &stage.member.id, "viewer");
    let seen = stage.get(&stage.member, &by_app).await.data();
    assert_eq!(
        (seen[0]["datasource"]["id"].clone(), each(&seen, "edit")),
        (json!(orders), vec![json!(false)])
    );
    let chat = stage.get(&stage.member, &plugins).await.data();
    assert_eq!(
        (text(&chat[0]["datasource"], "name"), chat.as_array().unwrap().len()),
        ("Chat".to_owned(), 1)
    );
    assert_eq!(chat[0]["datasource"]["datasourceConfig"], none);
    stage.edit(|state| state["applications"][0]["publicToAll"] = true.into());
    stage.matrix("GET", &plugins, &none, [FINE; 6]).await;
    for path in ["listByApp", "jsDatasourcePlugins"] {
        for (query, code) in [("", 5002), ("?appId=nothing", 5005)] {
            let answer = stage.get(&stage.dev, &format!("/api/datasources/{path}{query}")).await;
            assert_eq!(answer.code(), (500, code), "{path}{query}");
        }
    }
}

#[tokio::test]
async fn connections_are_tried() {
    let stage = stage().await;
    for (changes, expected) in [
        (json!({ "type": "restApi", "datasourceConfig": {} }), (200, 1)),
        (json!({ "type": "graphql", "datasourceConfig": {} }), (200, 1)),
        (json!({}), (200, 500)),
        (json!({ "type": "openai" }), (200, 500)),
        (json!({ "datasourceConfig": {} }), (400, 5501)),
        (json!({ "name": "" }), (400, 5501)),
        (json!({ "type": null }), (400, 5501)),
        (json!({ "datasourceConfig": null }), (500, 500)),
        (json!({ "datasourceConfig": 5 }), (500, 500)),
    ] {
        let answer = stage.post(&stage.member, "/api/datasources/test", body(&stage, changes.clone())).await;
        assert_eq!(answer.code(), expected, "{changes}");
        assert_eq!(answer.json()["success"], expected.1 == 1);
        assert_eq!(answer.json().get("data").is_some(), expected.1 == 1);
        assert!(!answer.text.contains("pw-1"));
    }
    let nobody = stage.post(&Caller::default(), "/api/datasources/test", body(&stage, json!({}))).await;
    assert_eq!((nobody.status, nobody.text.as_str()), (401, ""));
}
