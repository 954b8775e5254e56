//! The edition 2.7.6: Lowcoder as its source has it.

use serde_json::{Value, json};

use super::support::{COOKIE, Caller, Lowcoder, edition, start};

/// An API key of that caller, and its id.
async fn key(lowcoder: &Lowcoder, who: &Caller) -> (String, Caller) {
    let made = lowcoder.call(who, "POST", "/api/auth/api-key", json!({})).await.data();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    (text("id"), Caller { key: Some(text("token")), ..Caller::default() })
}

#[tokio::test]
async fn a_deleted_key_is_answered_with_nothing_wherever_it_is_shown() {
    for (lowcoder, empty) in [(start().await, false), (edition("2.7.6").await, true)] {
        let ada = lowcoder.register("ada@example.com").await;
        let (first, deleted) = key(&lowcoder, &ada).await;
        lowcoder.clock.advance(1000);
        let (_, other) = key(&lowcoder, &ada).await;
        assert_eq!(lowcoder.get(&deleted, "/api/auth/api-keys").await.code(), (200, 1));
        lowcoder.call(&ada, "DELETE", &format!("/api/auth/api-key/{first}"), Value::Null).await.data();
        for (method, path, otherwise) in [
            ("GET", "/api/auth/api-keys", (401, 0)),
            ("POST", "/api/groups", (401, 0)),
            // open to anybody who has not signed in
            ("GET", "/api/users/me", (200, 1)),
        ] {
            let body = if method == "POST" { json!({ "name": "g" }) } else { Value::Null };
            let answer = lowcoder.call(&deleted, method, path, body).await;
            assert_eq!(answer.code(), if empty { (200, 0) } else { otherwise }, "{path}");
            assert_eq!(answer.text.is_empty(), answer.code().1 == 0, "{path}");
        }
        let groups = lowcoder.get(&ada, "/api/groups/list").await.data();
        assert!(groups.as_array().unwrap().iter().all(|group| group["groupName"] != "g"), "{groups}");
        // other keys go on; what is not signed here, and no key at all, is nobody
        assert_eq!(lowcoder.get(&other, "/api/auth/api-keys").await.code(), (200, 1));
        let garbage = Caller { key: Some("garbage".to_owned()), ..Caller::default() };
        for nobody in [&garbage, &Caller::default()] {
            assert_eq!(lowcoder.get(nobody, "/api/auth/api-keys").await.code(), (401, 0));
            assert_eq!(lowcoder.get(nobody, "/api/users/me").await.data()["anonymous"], true);
        }
    }
}

#[tokio::test]
async fn a_session_lasts_for_a_day() {
    const HOUR: i64 = 3600 * 1000;
    let lowcoder = edition("2.7.6").await;
    let (answer, ada) = lowcoder.sign("ada@example.com", true, "").await;
    let token = ada.session.clone().unwrap();
    assert_eq!(
        answer.headers["set-cookie"].to_str().unwrap(),
        format!(
            "{COOKIE}={token}; Path=/; Max-Age=86400; Expires=Fri, 02 Jan 2026 00:00:00 GMT; HttpOnly; SameSite=Lax"
        )
    );
    // each call renews it
    for hours in [23, 23] {
        lowcoder.clock.advance(hours * HOUR);
        assert_eq!(lowcoder.get(&ada, "/api/auth/api-keys").await.status, 200);
    }
    lowcoder.clock.advance(24 * HOUR);
    assert_eq!(lowcoder.get(&ada, "/api/auth/api-keys").await.code(), (401, 0));
}

#[tokio::test]
async fn the_super_administrator_is_in_every_organisation() {
    let lowcoder = edition("2.7.6").await;
    let ada = lowcoder.register("ada@example.com").await;
    let org = lowcoder.org(&ada).await;
    let path = format!("/api/organizations/{org}/members");
    let members = lowcoder.get(&ada, &path).await.data();
    assert_eq!(members["total"], 2);
    let told: Vec<(&Value, &Value)> =
        members["members"].as_array().unwrap().iter().map(|one| (&one["name"], &one["role"])).collect();
    assert_eq!(
        told,
        [(&json!("ada@example.com"), &json!("admin")), (&json!("admin@localhost"), &json!("super_admin"))]
    );

    let login = json!({ "loginId": "admin@localhost", "password": "password" });
    let answer = lowcoder.call(&Caller::default(), "POST", "/api/auth/form/login", login).await;
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    let session = cookie.strip_prefix(&format!("{COOKIE}=")).unwrap().split(';').next().unwrap().to_owned();
    let root = Caller { session: Some(session), ..Caller::default() };
    assert_eq!(lowcoder.get(&root, &path).await.data()["visitorRole"], "super_admin");
    let renamed = json!({ "orgName": "renamed" });
    let answer = lowcoder.call(&root, "PUT", &format!("/api/organizations/{org}/update"), renamed).await;
    assert_eq!(answer.code(), (200, 1));
    assert_eq!(lowcoder.get(&ada, &format!("/api/organizations/{org}")).await.data()["name"], "renamed");

    // nobody else is in anybody's organisation
    let plain = start().await;
    let ada = plain.register("ada@example.com").await;
    let org = plain.org(&ada).await;
    assert_eq!(plain.get(&ada, &format!("/api/organizations/{org}/members")).await.data()["total"], 1);
}
