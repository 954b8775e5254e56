//! Who is in an organisation, and as what.

use serde_json::{Value, json};

use super::scene::{NO_GID, NOBODY, NONE, Scene, first_org, names};
use super::support::NOW;

#[tokio::test]
async fn members_are_listed_in_pages() {
    let scene = Scene::set(&[]).await;
    let list =
        async |query: &str| scene.lowcoder.get(&scene.mo, &scene.of(&format!("/members{query}"))).await;
    let all = list("").await.data();
    assert_eq!(
        all["members"][0],
        json!({
            "userId": scene.ada.id, "name": "ada@example.com", "avatarUrl": null, "role": "admin", "joinTime": NOW,
            "rawUserInfos": { "EMAIL": { "email": "ada@example.com" } },
        })
    );
    assert_eq!(
        (&all["visitorRole"], &all["total"], &all["pageNum"], &all["pageSize"]),
        (&json!("member"), &json!(4), &json!(1), &json!(1000))
    );
    for (query, expected) in [
        ("", "ada,dev,lea,mo"),
        ("?pageSize=0&pageNum=9", "ada,dev,lea,mo"),
        ("?pageSize=3", "ada,dev,lea"),
        ("?pageSize=3&pageNum=2", "mo"),
        // right behind the last one there is an empty page
        ("?pageSize=4&pageNum=2", ""),
    ] {
        let page = list(query).await.data();
        assert_eq!(
            (names(&page, "name").join(","), &page["total"]),
            (expected.to_owned(), &json!(4)),
            "{query}"
        );
    }
    for (query, expected) in [
        ("?pageSize=3&pageNum=3", (500, 5000)),
        ("?pageNum=0", (500, 5000)),
        ("?pageNum=-1", (500, 5000)),
        ("?pageSize=-1", (500, 5000)),
        ("?pageSize=many", (500, 5002)),
    ] {
        assert_eq!(list(query).await.code(), expected, "{query}");
    }
}

#[tokio::test]
async fn the_role_of_the_visitor_is_that_in_the_current_organisation() {
    let scene = Scene::set(&[]).await;
    let own =
        scene.lowcoder.call(&scene.mo, "POST", "/api/organizations", json!({ "name": "x" })).await.data();
    let own = format!("/api/organizations/{}/members", own["orgId"].as_str().unwrap());
    let roles = async || {
        let mut roles = Vec::new();
        for path in [&scene.of("/members"), &own] {
            let page = scene.lowcoder.get(&scene.mo, path).await.data();
            roles.push(page["visitorRole"].as_str().unwrap().to_owned());
        }
        roles
    };
    assert_eq!(roles().await, ["member", "member"]);
    let switch = own.replace("/organizations/", "/organizations/switchOrganization/").replace("/members", "");
    assert_eq!(scene.lowcoder.call(&scene.mo, "PUT", &switch, Value::Null).await.data(), true);
    assert_eq!(roles().await, ["admin", "admin"]);
}

#[tokio::test]
async fn roles_are_changed_without_asking_much() {
    let scene = Scene::set(&[]).await;
    let role = async |user: &str, role: &str| {
        scene
            .lowcoder
            .call(&scene.ada, "PUT", &scene.of("/role"), json!({ "userId": user, "role": role }))
            .await
    };
    let roles = async || {
        let page = scene.lowcoder.get(&scene.mo, &scene.of("/members")).await.data();
        let all = page["members"].as_array().unwrap();
        all.iter().map(|one| one["role"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(",")
    };
    assert_eq!(role(&scene.mo.id, "admin").await.data(), true);
    assert_eq!(roles().await, "admin,member,member,admin");
    assert_eq!(scene.code(&scene.mo, "PUT", &scene.of("/update"), json!({})).await, (200, 1));
    assert_eq!(role(&scene.mo.id, "emperor").await.data(), true);
    assert_eq!(role(NONE, "admin").await.data(), true);
    assert_eq!(role(&scene.eve.id, "admin").await.data(), true);
    assert_eq!(roles().await, "admin,member,member,member");
    assert_eq!(role("", "admin").await.code(), (500, 5002));
    // nobody protects the last one
    assert_eq!(role(&scene.ada.id, "member").await.data(), true);
    assert_eq!(roles().await, "member,member,member,member");
    assert_eq!(role(&scene.ada.id, "admin").await.code(), (401, 5001));
}

#[tokio::test]
async fn developers_are_limited_wherever_they_come_from() {
    // ada, who administers, and dev, who is in the group
    let scene = Scene::set(&[("LOWCODER_MAX_DEVELOPERS", "2")]).await;
    let role = |user: &str| json!({ "userId": user, "role": "admin" });
    let add = format!("/api/groups/{}/addMember", scene.system_group("devGroup").await);
    for (method, path) in [("PUT", scene.of("/role")), ("POST", add)] {
        assert_eq!(scene.code(&scene.ada, method, &path, role(&scene.mo.id)).await, (500, 5106), "{path}");
    }
    assert_eq!(scene.code(&scene.ada, "PUT", &scene.of("/role"), role(&scene.dev.id)).await, (200, 1));
    let demoted = json!({ "userId": scene.mo.id, "role": "member" });
    assert_eq!(scene.code(&scene.ada, "PUT", &scene.of("/role"), demoted).await, (200, 1));
    let sales = scene.in_group("/addMember");
    assert_eq!(scene.code(&scene.ada, "POST", &sales, role(&scene.mo.id)).await, (200, 1));
}

#[tokio::test]
async fn whoever_is_removed_is_in_no_group_either() {
    let scene = Scene::set(&[]).await;
    let remove = async |user: &str| {
        let path = scene.of(&format!("/remove?userId={user}"));
        scene.lowcoder.call(&scene.ada, "DELETE", &path, Value::Null).await
    };
    assert_eq!(remove(&scene.lea.id).await.data(), true);
    assert_eq!(remove(&scene.lea.id).await.data(), false);
    assert_eq!(remove(&scene.eve.id).await.data(), false);
    assert_eq!(scene.code(&scene.ada, "DELETE", &scene.of("/remove"), Value::Null).await, (500, 5002));
    assert_eq!(scene.members().await, ["ada", "dev", "mo"]);
    assert_eq!(scene.people(&scene.group).await, ["ada"]);
    let everybody = scene.system_group("allUsersGroup").await;
    assert_eq!(scene.people(&everybody).await, ["ada", "dev", "mo"]);
    // lea was in no other one
    assert_eq!(scene.code(&scene.lea, "GET", "/api/groups/list", Value::Null).await, (500, 5105));
    assert_eq!(scene.code(&scene.lea, "GET", &scene.of("/members"), Value::Null).await, (401, 5001));
    // the last administrator may even remove herself
    assert_eq!(remove(&scene.ada.id).await.data(), true);
    assert_eq!(remove(&scene.mo.id).await.code(), (401, 5001));
}

#[tokio::test]
async fn the_only_administrator_stays() {
    let scene = Scene::set(&[]).await;
    let leave = scene.of("/leave");
    assert_eq!(scene.code(&NOBODY, "DELETE", &leave, Value::Null).await, (401, 0));
    assert_eq!(scene.code(&scene.ada, "DELETE", &leave, Value::Null).await, (500, 5102));
    assert_eq!(scene.lowcoder.call(&scene.mo, "DELETE", &leave, Value::Null).await.data(), true);
    assert_eq!(scene.lowcoder.call(&scene.mo, "DELETE", &leave, Value::Null).await.data(), false);
    for none in [NONE, NO_GID] {
        let path = format!("/api/organizations/{none}/leave");
        assert_eq!(scene.lowcoder.call(&scene.ada, "DELETE", &path, Value::Null).await.data(), false);
    }
    let body = json!({ "userId": scene.lea.id, "role": "admin" });
    scene.lowcoder.call(&scene.ada, "PUT", &scene.of("/role"), body).await.data();
    assert_eq!(scene.lowcoder.call(&scene.ada, "DELETE", &leave, Value::Null).await.data(), true);
    let page = scene.lowcoder.get(&scene.lea, &scene.of("/members")).await.data();
    assert_eq!(names(&page, "name"), ["dev", "lea"]);
}

/// It changes for all sessions of the user, and with it what calls mean that name no organisation.
#[tokio::test]
async fn the_current_organisation_is_one_of_the_user() {
    let scene = Scene::set(&[]).await;
    let (_, other) = scene.lowcoder.sign("eve@example.com", false, "").await;
    let own = first_org(&scene.lowcoder, "eve@example.com").await;
    let switch = |org: &str| format!("/api/organizations/switchOrganization/{org}");
    for (who, org, expected) in [
        (&NOBODY, scene.org.as_str(), (401, 0)),
        (&scene.eve, scene.org.as_str(), (500, 5100)),
        (&scene.eve, NONE, (500, 5100)),
        (&scene.eve, NO_GID, (500, 5100)),
        (&scene.eve, own.as_str(), (200, 1)),
    ] {
        assert_eq!(scene.code(who, "PUT", &switch(org), Value::Null).await, expected, "{org}");
    }
    scene.lowcoder.sign("eve@example.com", false, &format!("?orgId={}", scene.org)).await.0.data();
    let groups = async || scene.lowcoder.get(&other, "/api/groups/list").await.json()["total"].clone();
    assert_eq!(groups().await, 1);
    assert_eq!(scene.lowcoder.call(&scene.eve, "PUT", &switch(&own), Value::Null).await.data(), true);
    assert_eq!(groups().await, 2);
    let gid = scene.lowcoder.get(&scene.eve, &scene.of("")).await.data()["gid"].clone();
    assert_eq!(scene.code(&scene.eve, "PUT", &switch(gid.as_str().unwrap()), Value::Null).await, (200, 1));
    assert_eq!(groups().await, 1);
}
