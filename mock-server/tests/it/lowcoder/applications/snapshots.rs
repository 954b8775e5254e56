//! Steps of editing.

use serde_json::{Value, json};

use super::stage::{Stage, stage};

async fn keep(stage: &Stage, id: &str, dsl: Value, context: Value) {
    let body = json!({ "applicationId": id, "dsl": dsl, "context": context });
    assert_eq!(stage.call(&stage.eve, "POST", "/api/application/history-snapshots", body).await.data(), true);
}

#[tokio::test]
async fn pages_of_steps_hold_five_to_a_hundred() {
    let stage = stage().await;
    let id = stage.application().await;
    for number in 0..12 {
        keep(&stage, &id, json!({}), json!({ "number": number })).await;
    }
    let path = format!("/api/application/history-snapshots/{id}");
    for (query, first, count) in [
        ("", 11, 10),
        ("?page=2", 1, 2),
        ("?size=1", 11, 5),
        ("?size=-3&page=3", 1, 2),
        ("?size=1000", 11, 12),
        ("?page=9", -1, 0),
    ] {
        let page = stage.get(&stage.ada, &format!("{path}{query}")).await.data();
        assert_eq!(page["count"], 12, "{query}");
        assert_eq!(page["list"].as_array().unwrap().len(), count, "{query}");
        assert_eq!(page["list"][0]["context"]["number"].as_i64().unwrap_or(-1), first, "{query}");
    }
    for query in ["page=0", "page=-1", "page=x", "from=yesterday", "to=2026"] {
        let answer = stage.get(&stage.ada, &format!("{path}?{query}")).await;
        assert_eq!(answer.code(), (500, 5002), "{query}");
    }
    let archive = format!("/api/application/history-snapshots/archive/{id}");
    assert_eq!(stage.get(&stage.ada, &archive).await.data(), json!({ "list": [], "count": 0 }));
    assert_eq!(stage.get(&stage.ada, &format!("{archive}?page=0")).await.code(), (500, 5002));
}

#[tokio::test]
async fn steps_are_found_by_component_theme_and_time() {
    let stage = stage().await;
    let id = stage.application().await;
    for (number, component, theme) in [(0, "button", "dark"), (1, "table", "dark"), (2, "button", "light")] {
        let context =
            json!({ "number": number, "operations": [{ "compName": "other" }, { "compName": component }] });
        keep(&stage, &id, json!({ "settings": { "themeId": theme } }), context).await;
        stage.lowcoder.clock.advance(60_000);
    }
    keep(&stage, &id, Value::Null, Value::Null).await;
    let found = async |query: &str| {
        let page =
            stage.get(&stage.eve, &format!("/api/application/history-snapshots/{id}?{query}")).await.data();
        let numbers: Vec<Value> =
            page["list"].as_array().unwrap().iter().map(|one| one["context"]["number"].clone()).collect();
        assert_eq!(page["count"], 4, "all are counted");
        json!(numbers)
    };
    for (query, expected) in [
        ("compName=button", json!([2, 0])),
        ("compName=butt", json!([])),
        ("theme=dark", json!([1, 0])),
        ("theme=dark&compName=button", json!([0])),
        ("from=2026-01-01T00:01:00Z", json!([null, 2, 1])),
        ("to=2026-01-01T00:01:00.000Z", json!([1, 0])),
        ("from=2026-01-01T00:00:30Z&to=2026-01-01T00:02:30Z", json!([2, 1])),
        ("from=2026-01-01T01:01:00%2B01:00&to=2026-01-01T00:01:00Z", json!([1])),
    ] {
        assert_eq!(found(query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn a_step_tells_who_made_it_and_what_the_application_was() {
    let stage = stage().await;
    let module = stage.create(json!({ "applicationType": 2, "editingApplicationDSL": { "m": 1 } })).await;
    let module = module["applicationId"].as_str().unwrap();
    let [id, other] = [stage.application().await, stage.application().await];
    let dsl = json!({ "x": { "compType": "module", "comp": { "appId": module } }, "none": null });
    keep(&stage, &id, dsl.clone(), json!({ "a": null })).await;
    let page = stage.get(&stage.eve, &format!("/api/application/history-snapshots/{id}")).await.data();
    let step = &page["list"][0];
    let snapshot = step["snapshotId"].as_str().unwrap();
    assert_eq!(
        *step,
        json!({
            "snapshotId": snapshot, "context": { "a": null }, "userId": stage.eve.id, "userName": "eve@example.com",
            "userAvatar": null, "createTime": 1_767_225_600_000_i64,
        })
    );
    let get = async |path: String| {
        stage.get(&stage.eve, &format!("/api/application/history-snapshots/{path}")).await
    };
    let shown = get(format!("{id}/{snapshot}")).await.data();
    assert_eq!(shown, json!({ "applicationsDsl": dsl, "moduleDSL": { module: { "m": 1 } } }));
    for path in [
        format!("{id}/ffffffffffffffffffffffff"),
        format!("{other}/{snapshot}"),
        format!("archive/{id}/{snapshot}"),
    ] {
        assert_eq!(get(path).await.code(), (500, 5307));
    }
    let unknown = json!({ "applicationId": "ffffffffffffffffffffffff", "dsl": {} });
    let answer = stage.call(&stage.eve, "POST", "/api/application/history-snapshots", unknown).await;
    assert_eq!(answer.code(), (500, 5005));
    let answer =
        stage.call(&stage.eve, "POST", "/api/application/history-snapshots", json!({ "dsl": {} })).await;
    assert_eq!(answer.code(), (500, 5002));
}
