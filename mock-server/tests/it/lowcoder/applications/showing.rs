//! Applications to use and to edit: who sees which of them, and what belongs to them.

use serde_json::{Value, json};

use super::stage::{Stage, stage, stage_with};

#[tokio::test]
async fn refusals_of_views_name_the_organisation() {
    let stage = stage().await;
    let id = stage.application().await;
    for (who, path, told) in [
        (&stage.nobody, "view", (401, 5600)),
        (&stage.sid, "view", (403, 5308)),
        (&stage.mia, "view", (403, 5308)),
        (&stage.nobody, "view_marketplace", (401, 5600)),
        (&stage.mia, "view_agency", (403, 5308)),
    ] {
        let answer = stage.get(who, &format!("/api/applications/{id}/{path}")).await;
        assert_eq!(answer.code(), told, "{path}");
        assert_eq!(answer.headers["x-org-id"], stage.org.as_str());
    }
    let answer = stage.get(&stage.mia, &format!("/api/applications/{id}")).await;
    assert!(!answer.headers.contains_key("x-org-id"));
    let message = answer.json()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("ada@example.com") && message.contains("olga@example.com"), "{message}");
    assert!(!message.contains("eve@example.com"), "{message}");
    let message = stage.get(&stage.sid, &format!("/api/applications/{id}")).await.json()["message"].take();
    assert!(!message.as_str().unwrap().contains('@'), "strangers are told no names: {message}");
}

async fn switch(stage: &Stage, id: &str, path: &str, name: &str, on: bool) {
    let body = json!({ name: on });
    let path = format!("/api/applications/{id}/{path}");
    assert_eq!(stage.call(&stage.eve, "PUT", &path, body).await.data(), true);
}

#[tokio::test]
async fn the_marketplace_wants_both_flags_and_in_private_mode_a_user() {
    for (private, nobody) in [("true", (401, 5600)), ("false", (200, 1))] {
        let stage = stage_with(&[("LOWCODER_MARKETPLACE_PRIVATE_MODE", private)]).await;
        let id = stage.application().await;
        let view =
            async |who| stage.get(who, &format!("/api/applications/{id}/view_marketplace")).await.code();
        switch(&stage, &id, "public-to-marketplace", "publicToMarketplace", true).await;
        assert_eq!([view(&stage.sid).await, view(&stage.vic).await], [(403, 5308), (400, 5003)]);
        switch(&stage, &id, "public-to-all", "publicToAll", true).await;
        assert_eq!([view(&stage.sid).await, view(&stage.vic).await], [(200, 1), (200, 1)]);
        assert_eq!(view(&stage.nobody).await, nobody);
        let edit = async |who| stage.get(who, &format!("/api/applications/{id}")).await;
        for who in [&stage.nobody, &stage.sid, &stage.ada] {
            assert_eq!(edit(who).await.data()["applicationInfoView"]["role"], "viewer");
        }
        let put =
            stage.call(&stage.sid, "PUT", &format!("/api/applications/{id}"), json!({ "name": "x" })).await;
        assert_eq!(put.code(), (401, 5001), "seen, but not to be changed");
        let listed = stage.get(&stage.nobody, "/api/applications/marketplace-apps").await.data();
        assert_eq!(listed.as_array().unwrap().len(), usize::from(private == "false"));
        switch(&stage, &id, "public-to-marketplace", "publicToMarketplace", false).await;
        assert_eq!([view(&stage.sid).await, view(&stage.vic).await], [(403, 5308), (400, 5003)]);
    }
}

#[tokio::test]
async fn agencies_want_both_flags() {
    let stage = stage().await;
    let id = stage.application().await;
    let view = async |who| stage.get(who, &format!("/api/applications/{id}/view_agency")).await.code();
    switch(&stage, &id, "agency-profile", "agencyProfile", true).await;
    assert_eq!([view(&stage.sid).await, view(&stage.vic).await], [(403, 5308), (400, 5003)]);
    switch(&stage, &id, "public-to-all", "publicToAll", true).await;
    assert_eq!(
        [view(&stage.nobody).await, view(&stage.sid).await, view(&stage.vic).await],
        [(401, 0), (200, 1), (200, 1)]
    );
    let listed = stage.get(&stage.sid, "/api/applications/agency-profiles").await.data();
    assert_eq!(listed[0]["applicationId"], id);
    let none = stage.get(&stage.sid, "/api/applications/agency-profiles?applicationType=2").await.data();
    assert_eq!(none, json!([]));
    // what is missing is false
    let answer =
        stage.call(&stage.eve, "PUT", &format!("/api/applications/{id}/agency-profile"), json!({})).await;
    assert_eq!(answer.data(), true);
    assert_eq!(view(&stage.sid).await, (403, 5308));
}

#[tokio::test]
async fn what_was_published_tells_more_of_itself_in_the_marketplace() {
    let stage = stage().await;
    let settings = json!({ "settings": { "title": "Shop", "description": "Sells", "category": "Retail", "icon": "i.png" } });
    let fields =
        json!({ "editingApplicationDSL": settings, "publicToAll": true, "publicToMarketplace": true });
    let info = stage.create(fields).await;
    let id = info["applicationId"].as_str().unwrap();
    let list = async || stage.get(&stage.sid, "/api/applications/marketplace-apps").await.data();
    let mut expected = json!({
        "title": "App", "orgId": stage.org, "orgName": "ada@example.com's workspace", "creatorEmail": "ada@example.com",
        "applicationId": id, "name": "App", "createAt": 1_767_225_600_000_i64, "createBy": stage.ada.id,
        "applicationType": 1, "applicationStatus": "NORMAL",
    });
    assert_eq!(list().await, json!([expected]));
    stage.publish(id, Value::Null).await.data();
    for (name, value) in
        [("title", "Shop"), ("description", "Sells"), ("category", "Retail"), ("image", "i.png")]
    {
        expected[name] = value.into();
    }
    assert_eq!(list().await, json!([expected]));
}

#[tokio::test]
async fn modules_come_along_and_tests_do_not() {
    let stage = stage().await;
    let module = |id: &str| json!({ "compType": "module", "comp": { "appId": id } });
    let io = |test: bool| {
        let input = if test { json!({ "name": "n", "test": 5 }) } else { json!({ "name": "n" }) };
        json!({ "ui": { "comp": { "io": { "inputs": [input] } } } })
    };
    let inner = stage.create(json!({ "applicationType": 2, "editingApplicationDSL": io(true) })).await;
    let inner = inner["applicationId"].as_str().unwrap();
    let outer = stage
        .create(json!({ "applicationType": 2, "editingApplicationDSL": { "x": [module(inner)] } }))
        .await;
    let outer_id = outer["applicationId"].as_str().unwrap();
    let mut dsl = io(true);
    dsl["items"] =
        json!([module(outer["applicationGid"].as_str().unwrap()), module("ffffffffffffffffffffffff")]);
    let id = stage.create(json!({ "editingApplicationDSL": dsl })).await["applicationId"]
        .as_str()
        .unwrap()
        .to_owned();
    // a module that shows what shows it
    stage.write(inner, json!({ "ui": io(true)["ui"], "back": module(outer_id) })).await;

    let edit = stage.get(&stage.ada, &format!("/api/applications/{id}")).await.data();
    let modules = json!({ inner: { "ui": io(false)["ui"], "back": module(outer_id) }, outer_id: { "x": [module(inner)] } });
    assert_eq!(edit["moduleDSL"], modules);
    assert_eq!(edit["applicationDSL"], dsl);
    assert_eq!(edit["templateId"], Value::Null);
    assert!(edit["orgCommonSettings"]["PASSWORD_RESET_EMAIL_TEMPLATE"].is_string());
    let view = stage.get(&stage.ada, &format!("/api/applications/{id}/view")).await.data();
    let mut shown = dsl.clone();
    shown["ui"] = io(false)["ui"].clone();
    assert_eq!(
        (&view["applicationDSL"], &view["moduleDSL"], &view["templateId"]),
        (&shown, &modules, &json!(""))
    );

    stage.publish(outer_id, Value::Null).await.data();
    stage.write(outer_id, json!({})).await;
    let edit = stage.get(&stage.ada, &format!("/api/applications/{id}")).await.data();
    assert_eq!(edit["moduleDSL"], modules, "modules are shown as published");
    let plain = stage.application().await;
    let edit = stage.get(&stage.ada, &format!("/api/applications/{plain}")).await.data();
    assert_eq!(edit["moduleDSL"], json!({}));
}

#[tokio::test]
async fn looking_is_remembered_and_editing_views_count_as_changes() {
    let stage = stage().await;
    let id = stage.application().await;
    let listed = async |who| {
        let info = stage.get(who, "/api/applications/list").await.data()[0].take();
        (info["lastViewTime"].as_i64().unwrap(), info["lastModifyTime"].as_i64().unwrap())
    };
    let begin = 1_767_225_600_000;
    assert_eq!(listed(&stage.eve).await, (0, begin));
    stage.lowcoder.clock.advance(1000);
    stage.get(&stage.eve, &format!("/api/applications/{id}/view")).await.data();
    assert_eq!(listed(&stage.eve).await, (begin + 1000, begin));
    stage.lowcoder.clock.advance(1000);
    stage.get(&stage.eve, &format!("/api/applications/{id}")).await.data();
    assert_eq!(listed(&stage.eve).await, (begin + 2000, begin + 2000));
    assert_eq!(listed(&stage.vic).await, (0, begin + 2000));
    assert_eq!(stage.records("last_views").len(), 1);
    switch(&stage, &id, "public-to-all", "publicToAll", true).await;
    stage.get(&stage.nobody, &format!("/api/applications/{id}/view")).await.data();
    assert_eq!(stage.records("last_views").len(), 1, "nobody is not remembered");
}
