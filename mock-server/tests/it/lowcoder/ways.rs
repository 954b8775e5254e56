//! Ways of signing in, and what a server begins with.

use serde_json::{Value, json};

use super::support::{Caller, Lowcoder, start, with};

async fn ids(lowcoder: &Lowcoder, who: &Caller) -> Vec<Value> {
    let ways = lowcoder.get(who, "/api/auth/configs").await.data();
    ways.as_array().unwrap().iter().map(|way| json!([way["id"], way["enable"]])).collect()
}

async fn act(lowcoder: &Lowcoder, who: &Caller, method: &str, path: &str, body: Value) -> (u16, i64) {
    lowcoder.call(who, method, path, body).await.code()
}

#[tokio::test]
async fn an_organisation_begins_with_the_form() {
    let lowcoder = start().await;
    let ada = lowcoder.register("ada@example.com").await;
    let form = json!([{
        "authType": "FORM", "id": "EMAIL", "source": "EMAIL", "sourceName": "EMAIL", "enable": true, "enableRegister": true,
    }]);
    assert_eq!(lowcoder.get(&ada, "/api/auth/configs").await.data(), form);
    let bob = lowcoder.register_in("bob@example.com", &lowcoder.org(&ada).await).await;
    for (method, path, body) in [
        ("GET", "/api/auth/configs", json!(null)),
        ("POST", "/api/auth/config", json!({ "authType": "GOOGLE" })),
        ("DELETE", "/api/auth/config/EMAIL", json!(null)),
    ] {
        assert_eq!(act(&lowcoder, &bob, method, path, body).await, (401, 5001), "{method} {path}");
    }
    assert_eq!(
        act(&lowcoder, &ada, "POST", "/api/auth/email/bind?email=a@b.c", json!(null)).await,
        (403, 5609)
    );
}

#[tokio::test]
async fn ways_come_and_go_but_the_last_one() {
    let lowcoder = start().await;
    let ada = lowcoder.register("ada@example.com").await;
    let org = lowcoder.org(&ada).await;
    let key = lowcoder.call(&ada, "POST", "/api/auth/api-key", json!({})).await.data()["token"].clone();
    let by_key = Caller { session: None, key: Some(key.as_str().unwrap().to_owned()), ..ada.clone() };
    let form = "/api/auth/config/EMAIL";
    assert_eq!(act(&lowcoder, &ada, "DELETE", form, json!(null)).await, (403, 5617));
    assert_eq!(
        act(&lowcoder, &ada, "DELETE", &format!("{form}?delete=true"), json!(null)).await,
        (403, 5617)
    );

    let google =
        json!({ "authType": "GOOGLE", "clientId": "client", "clientSecret": "hush", "scope": "email" });
    let added = lowcoder.call(&ada, "POST", "/api/auth/config", google).await;
    assert_eq!(added.json(), json!({ "code": 1, "message": "", "success": true }));
    let told = lowcoder.get(&ada, "/api/auth/configs").await;
    assert!(!told.text.contains("hush"), "{}", told.text);
    let way = told.data()[1].clone();
    for (member, expected) in [
        ("authType", json!("GOOGLE")),
        ("source", json!("GOOGLE")),
        ("enable", json!(true)),
        ("enableRegister", json!(true)),
        ("clientId", json!("client")),
    ] {
        assert_eq!(way[member], expected, "{member}");
    }
    let id = way["id"].as_str().unwrap().to_owned();
    assert_eq!(id.len(), 32);
    let changed = json!({ "authType": "GOOGLE", "id": id, "clientId": "other", "enableRegister": false });
    assert_eq!(act(&lowcoder, &ada, "POST", "/api/auth/config", changed).await, (200, 1));
    let ways = lowcoder.get(&ada, "/api/auth/configs").await.data();
    assert_eq!((ways.as_array().unwrap().len(), &ways[1]["clientId"]), (2, &json!("other")));
    assert_eq!(
        act(&lowcoder, &ada, "POST", "/api/auth/config", json!({ "authType": "SAML" })).await,
        (500, 5002)
    );

    // without the form its sessions end, and keys go on
    assert_eq!(act(&lowcoder, &ada, "DELETE", form, json!(null)).await, (200, 1));
    assert_eq!(lowcoder.get(&ada, "/api/auth/configs").await.code(), (401, 0));
    assert_eq!(ids(&lowcoder, &by_key).await, [json!(["EMAIL", false]), json!([id, true])]);
    let configs = lowcoder.get(&ada, &format!("/api/configs?orgId={org}")).await.data();
    assert_eq!(configs["authConfigs"].as_array().unwrap().len(), 1, "{configs}");
    let (answer, _) = lowcoder.sign("ada@example.com", false, &format!("?orgId={org}")).await;
    assert_eq!(answer.code(), (403, 5622));
    let account = json!({ "email": "x@example.com", "password": "x" });
    let made = act(&lowcoder, &by_key, "POST", &format!("/api/users/new/{org}"), account).await;
    assert_eq!(made, (403, 5622));

    let google = format!("/api/auth/config/{id}");
    assert_eq!(act(&lowcoder, &by_key, "DELETE", &google, json!(null)).await, (403, 5617));
    let on = json!({ "authType": "FORM", "id": "EMAIL" });
    assert_eq!(act(&lowcoder, &by_key, "POST", "/api/auth/config", on).await, (200, 1));
    assert_eq!(act(&lowcoder, &by_key, "DELETE", &google, json!(null)).await, (200, 1));
    assert_eq!(ids(&lowcoder, &by_key).await, [json!(["EMAIL", true]), json!([id, false])]);
    assert_eq!(
        act(&lowcoder, &by_key, "DELETE", &format!("{google}?delete=true"), json!(null)).await,
        (200, 1)
    );
    assert_eq!(act(&lowcoder, &by_key, "DELETE", &google, json!(null)).await, (200, 1), "an unknown one");
    assert_eq!(ids(&lowcoder, &by_key).await, [json!(["EMAIL", true])]);
    let (answer, _) = lowcoder.sign("ada@example.com", false, &format!("?orgId={org}")).await;
    assert_eq!(answer.code(), (200, 1));
}

#[tokio::test]
async fn the_demo_account_is_as_if_it_had_signed_up() {
    let lowcoder =
        with(&[("DEMO_USER", "demo@example.com"), ("DEMO_PASSWORD", "demo@example.com-password")]).await;
    let (answer, demo) = lowcoder.sign("demo@example.com", false, "").await;
    assert_eq!(answer.data(), true);
    let ada = lowcoder.register("ada@example.com").await;
    let shape = |who: &Caller| {
        let (lowcoder, who) = (&lowcoder, who.clone());
        async move {
            let profile = lowcoder.get(&who, "/api/users/me").await.data();
            let org = &profile["orgAndRoles"][0];
            assert_eq!(org["org"]["name"], format!("{}'s workspace", profile["username"].as_str().unwrap()));
            let mut members: Vec<Value> =
                ["orgDev", "hasPassword", "uiLanguage", "userStatus", "createdTimeMs"]
                    .map(|name| profile[name].clone())
                    .into();
            members.extend([org["role"].clone(), org["org"]["isAutoGeneratedOrganization"].clone()]);
            members
        }
    };
    assert_eq!(shape(&demo).await, shape(&ada).await);
    // another start begins with the same ids
    let other =
        with(&[("DEMO_USER", "demo@example.com"), ("DEMO_PASSWORD", "demo@example.com-password")]).await;
    assert_eq!(other.sign("demo@example.com", false, "").await.1.id, demo.id);
}

#[tokio::test]
async fn the_super_administrator_is_in_every_organisation() {
    let lowcoder = with(&[
        ("LOWCODER_SUPERUSER_USERNAME", "admin@localhost"),
        ("LOWCODER_SUPERUSER_PASSWORD", "admin@localhost-password"),
        ("DEMO_USER", "demo@example.com"),
    ])
    .await;
    let (_, admin) = lowcoder.sign("admin@localhost", false, "").await;
    lowcoder.register("ada@example.com").await;
    let profile = lowcoder.get(&admin, "/api/users/me").await.data();
    let orgs = profile["orgAndRoles"].as_array().unwrap();
    let names: Vec<_> = orgs.iter().map(|one| one["org"]["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        ["admin@localhost's workspace", "demo@example.com's workspace", "ada@example.com's workspace"]
    );
    assert!(orgs.iter().all(|one| one["role"] == "super_admin"), "{profile}");
    assert_eq!(profile["currentOrgId"], orgs[0]["org"]["id"]);
    // nobody is there where the settings name nobody
    let lowcoder = start().await;
    assert_eq!(lowcoder.sign("admin@localhost", false, "").await.0.code(), (403, 5608));
    assert_eq!(lowcoder.sign("user@example.com", false, "").await.0.code(), (403, 5608));
}
