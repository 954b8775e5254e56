//! Groups of the current organisation.

use serde_json::{Value, json};

use super::scene::{NO_GID, NOBODY, NONE, Scene, names};
use super::support::{Caller, NOW};

#[tokio::test]
async fn administrators_of_the_organisation_make_groups() {
    let scene = Scene::set(&[("LOWCODER_MAX_GROUPS_PER_ORG", "5")]).await;
    scene.lowcoder.clock.advance(7);
    for (who, body, expected) in [
        (&NOBODY, json!({ "name": "x" }), (401, 0)),
        (&scene.mo, json!({ "name": "x" }), (401, 5001)),
        (&scene.dev, json!({ "name": "x" }), (401, 5001)),
        (&scene.lea, json!({ "name": "x" }), (401, 5001)),
        (&scene.ada, json!({}), (500, 5002)),
        (&scene.ada, json!({ "name": null }), (500, 5002)),
    ] {
        assert_eq!(scene.code(who, "POST", "/api/groups", body.clone()).await, expected, "{body}");
    }
    let body = json!({ "name": "Sales", "dynamicRule": "true" });
    let mut made = scene.lowcoder.call(&scene.ada, "POST", "/api/groups", body).await.data();
    let id = made["groupId"].take();
    assert!(made["groupGid"].take().as_str().is_some_and(|gid| gid.len() == 36));
    assert_eq!(
        made,
        json!({
            "groupId": null, "groupGid": null, "groupName": "Sales", "allUsersGroup": false, "visitorRole": "admin",
            "createTime": NOW + 7, "dynamicRule": "true",
            "stats": { "adminUserCount": 1, "userCount": 1, "users": [] },
            "devGroup": false, "syncGroup": false, "syncDelete": false,
        })
    );
    let path = format!("/api/groups/{}/members", id.as_str().unwrap());
    let members = scene.lowcoder.get(&scene.ada, &path).await.data();
    assert_eq!(
        members["members"],
        json!([{
            "userId": scene.ada.id, "userName": "ada@example.com", "avatarUrl": null, "role": "admin",
            "groupId": id, "orgId": scene.org, "joinTime": NOW + 7,
        }])
    );
    // a blank name will do; the fifth group is the last
    assert_eq!(scene.code(&scene.ada, "POST", "/api/groups", json!({ "name": "" })).await, (200, 1));
    assert_eq!(scene.code(&scene.ada, "POST", "/api/groups", json!({ "name": "x" })).await, (500, 5153));
}

#[tokio::test]
async fn everybody_sees_the_groups_they_are_in_and_administrators_all() {
    let scene = Scene::set(&[]).await;
    scene.lowcoder.clock.advance(10);
    scene.lowcoder.call(&scene.ada, "POST", "/api/groups", json!({ "name": "Later" })).await.data();
    let list = async |who: &Caller| {
        let body = scene.lowcoder.get(who, "/api/groups/list").await.json();
        let groups: Vec<String> = body["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|group| {
                let text = |name: &str| group[name].as_str().unwrap().to_owned();
                let stats = &group["stats"];
                assert_eq!(stats["userCount"], stats["users"].as_array().unwrap().len());
                let counts = (stats["adminUserCount"].to_string(), stats["userCount"].to_string());
                format!("{} {} {}/{}", text("groupName"), text("visitorRole"), counts.0, counts.1)
            })
            .collect();
        let totals =
            ["totalAdmins", "totalAdminsAndDevelopers", "totalDevelopersOnly", "totalOtherMembers", "total"]
                .map(|name| body[name].as_i64().unwrap());
        (groups.join(", "), totals)
    };
    assert_eq!(
        list(&scene.ada).await,
        (
            "All Users admin 1/4, Developers admin 0/1, Sales admin 1/2, Later admin 1/1".to_owned(),
            [1, 2, 1, 2, 4]
        )
    );
    // others find only themselves counted
    assert_eq!(list(&scene.mo).await, ("All Users member 1/1".to_owned(), [1, 2, 1, 2, 1]));
    assert_eq!(
        list(&scene.dev).await,
        ("All Users member 1/1, Developers member 0/1".to_owned(), [1, 2, 1, 2, 2])
    );
    assert_eq!(list(&scene.lea).await, ("All Users member 1/1, Sales admin 0/1".to_owned(), [1, 2, 1, 2, 2]));
    assert_eq!(
        list(&scene.eve).await,
        ("All Users admin 1/1, Developers admin 0/0".to_owned(), [1, 1, 0, 0, 2])
    );
    assert_eq!(
        scene.lowcoder.get(&NOBODY, "/api/groups/list?pageNum=5&pageSize=3").await.json(),
        json!({
            "code": 1, "message": "", "data": [], "success": true, "totalAdmins": 0, "totalAdminsAndDevelopers": 0,
            "totalDevelopersOnly": 0, "totalOtherMembers": 0, "total": 0, "pageNum": 5, "pageSize": 3,
        })
    );
}

#[tokio::test]
async fn the_list_has_pages_that_end() {
    let scene = Scene::set(&[]).await;
    for (query, expected) in [
        ("?pageSize=2", Ok("All Users,Developers")),
        ("?pageSize=2&pageNum=2", Ok("Sales")),
        ("?pageSize=3&pageNum=2", Ok("")),
        ("?pageSize=0&pageNum=5", Ok("All Users,Developers,Sales")),
        ("?pageSize=2&pageNum=3", Err((500, 5000))),
        ("?pageSize=2&pageNum=0", Err((500, 5000))),
        ("?pageSize=x", Err((500, 5002))),
    ] {
        let answer = scene.lowcoder.get(&scene.ada, &format!("/api/groups/list{query}")).await;
        let body = answer.json();
        let found = body["data"].as_array().map(|all| {
            assert_eq!(body["total"], 3);
            all.iter().map(|group| group["groupName"].as_str().unwrap()).collect::<Vec<_>>().join(",")
        });
        assert_eq!(found.ok_or(answer.code()), expected.map(str::to_owned), "{query}");
    }
}

/// Who may what with the group, and with one of another organisation.
#[tokio::test]
async fn groups_are_managed_by_their_administrators_and_those_of_the_organisation() {
    let scene = Scene::set(&[]).await;
    let everybody = [
        (&NOBODY, (401, 0)),
        (&scene.mo, (401, 5001)),
        (&scene.dev, (401, 5001)),
        (&scene.eve, (500, 5150)),
        (&scene.lea, (200, 1)),
        (&scene.ada, (200, 1)),
    ];
    let dev = json!({ "userId": scene.dev.id, "role": "member" });
    for (who, expected) in &everybody {
        let code = async |method: &str, path: &str, body: Value| {
            scene.code(who, method, &scene.in_group(path), body).await
        };
        assert_eq!(code("PUT", "/update", json!({ "groupName": "Sales" })).await, *expected);
        assert_eq!(code("GET", "/members", Value::Null).await, *expected);
        assert_eq!(code("POST", "/addMember", dev.clone()).await, *expected);
        if expected.0 == 200 {
            assert_eq!(code("POST", "/addMember", dev.clone()).await, (500, 5000), "twice");
            assert_eq!(code("PUT", "/role", dev.clone()).await, *expected);
            assert_eq!(
                code("DELETE", &format!("/remove?userId={}", scene.dev.id), Value::Null).await,
                *expected
            );
        } else {
            assert_eq!(
                code("PUT", "/role", json!({ "userId": scene.lea.id, "role": "member" })).await,
                *expected
            );
            assert_eq!(
                code("DELETE", &format!("/remove?userId={}", scene.lea.id), Value::Null).await,
                *expected
            );
            assert_eq!(code("DELETE", "", Value::Null).await, *expected);
        }
    }
    assert_eq!(scene.people(&scene.group).await, ["ada", "lea"]);
    for (method, path, body) in [
        ("PUT", "/update", json!({})),
        ("DELETE", "", Value::Null),
        ("GET", "/members", Value::Null),
        ("POST", "/addMember", dev.clone()),
        ("PUT", "/role", dev),
        ("DELETE", "/remove?userId=x", Value::Null),
        ("DELETE", "/leave", Value::Null),
        ("GET", "/potential-members", Value::Null),
    ] {
        for none in [NONE, NO_GID] {
            let path = format!("/api/groups/{none}{path}");
            assert_eq!(
                scene.code(&scene.ada, method, &path, body.clone()).await,
                (500, 5150),
                "{method} {path}"
            );
        }
    }
    // plain members see who is in it
    scene
        .lowcoder
        .call(
            &scene.lea,
            "POST",
            &scene.in_group("/addMember"),
            json!({ "userId": scene.mo.id, "role": "viewer" }),
        )
        .await
        .data();
    for (who, role) in [(&scene.mo, "member"), (&scene.lea, "admin"), (&scene.ada, "admin")] {
        assert_eq!(scene.lowcoder.get(who, &scene.in_group("/members")).await.data()["visitorRole"], role);
    }
    assert_eq!(scene.code(&scene.mo, "PUT", &scene.in_group("/update"), json!({})).await, (401, 5001));
}

#[tokio::test]
async fn groups_change_but_those_of_the_system_keep_their_names() {
    let scene = Scene::set(&[]).await;
    let all = scene.system_group("allUsersGroup").await;
    let gid = scene.lowcoder.get(&scene.ada, "/api/groups/list").await.data()[2]["groupGid"].clone();
    let body = json!({ "groupName": "New", "dynamicRule": "x" });
    for group in [all.as_str(), gid.as_str().unwrap()] {
        let path = format!("/api/groups/{group}/update");
        assert_eq!(scene.lowcoder.call(&scene.ada, "PUT", &path, body.clone()).await.data(), true);
    }
    assert_eq!(
        scene.code(&scene.ada, "PUT", &scene.in_group("/update"), json!({ "dynamicRule": "y" })).await,
        (200, 1)
    );
    let groups = scene.lowcoder.get(&scene.ada, "/api/groups/list").await.data();
    let shown = |place: usize| (groups[place]["groupName"].clone(), groups[place]["dynamicRule"].clone());
    assert_eq!(shown(0), (json!("All Users"), json!("x")));
    assert_eq!(shown(2), (json!("New"), json!("y")));

    for group in [all, scene.system_group("devGroup").await] {
        let path = format!("/api/groups/{group}");
        assert_eq!(scene.code(&scene.ada, "DELETE", &path, Value::Null).await, (500, 5154));
        assert_eq!(scene.code(&scene.mo, "DELETE", &path, Value::Null).await, (401, 5001));
    }
    assert_eq!(
        scene.lowcoder.call(&scene.lea, "DELETE", &scene.in_group(""), Value::Null).await.data(),
        true
    );
    assert_eq!(scene.code(&scene.ada, "GET", &scene.in_group("/members"), Value::Null).await, (500, 5150));
    assert_eq!(scene.lowcoder.get(&scene.lea, "/api/groups/list").await.json()["total"], 1);
}

#[tokio::test]
async fn members_of_a_group_are_searched_and_sorted() {
    let scene = Scene::set(&[]).await;
    for (step, who) in [&scene.mo, &scene.dev].into_iter().enumerate() {
        scene.lowcoder.clock.advance(i64::try_from(step).unwrap() + 1);
        let body = json!({ "userId": who.id, "role": "member" });
        scene.lowcoder.call(&scene.lea, "POST", &scene.in_group("/addMember"), body).await.data();
    }
    // nobody looks whether there is such a user, and nobody sees one who is not there
    let body = json!({ "userId": NONE, "role": "member" });
    scene.lowcoder.call(&scene.lea, "POST", &scene.in_group("/addMember"), body).await.data();
    for (query, expected, total) in [
        ("", "ada,lea,mo,dev", 4),
        ("?search=EXAMPLE", "ada,lea,mo,dev", 4),
        ("?search=de", "dev", 1),
        ("?search=%20", "ada,lea,mo,dev", 4),
        ("?role=admin", "ada,lea", 2),
        ("?role=member&search=mo", "mo", 1),
        ("?role=&search=&sort=&order=", "ada,lea,mo,dev", 4),
        ("?role=owner", "", 0),
        ("?sort=age", "ada,lea,mo,dev", 4),
        ("?sort=userName", "ada,dev,lea,mo", 4),
        ("?sort=userName&order=desc", "mo,lea,dev,ada", 4),
        ("?sort=role&order=DESC", "mo,dev,ada,lea", 4),
        ("?sort=joinTime&order=desc", "dev,mo,ada,lea", 4),
        ("?order=desc", "ada,lea,mo,dev", 4),
        ("?pageSize=3&pageNum=2", "dev", 4),
        ("?pageSize=4&pageNum=2", "", 4),
        ("?pageSize=4&pageNum=9", "", 4),
        ("?pageNum=0", "", 4),
        ("?pageSize=0&pageNum=9", "ada,lea,mo,dev", 4),
    ] {
        let page = scene.lowcoder.get(&scene.ada, &scene.in_group(&format!("/members{query}"))).await.data();
        assert_eq!(
            (names(&page, "userName").join(","), &page["total"]),
            (expected.to_owned(), &json!(total)),
            "{query}"
        );
    }
    let path = scene.in_group("/members?pageSize=x");
    assert_eq!(scene.code(&scene.ada, "GET", &path, Value::Null).await, (500, 5002));
}

#[tokio::test]
async fn roles_in_a_group_and_leaving_it() {
    let scene = Scene::set(&[]).await;
    for (method, path, body, expected) in [
        ("POST", "/addMember", json!({ "userId": " ", "role": "member" }), (500, 5002)),
        ("POST", "/addMember", json!({ "userId": "x", "role": " " }), (500, 5002)),
        ("POST", "/addMember", json!({ "userId": "x" }), (500, 5002)),
        ("PUT", "/role", json!({ "userId": scene.mo.id, "role": "admin" }), (500, 5005)),
        ("DELETE", &*format!("/remove?userId={}", scene.mo.id), Value::Null, (500, 5005)),
        ("DELETE", &*format!("/remove?userId={}", scene.lea.id), Value::Null, (500, 5151)),
        ("DELETE", "/remove", Value::Null, (500, 5002)),
        ("DELETE", "/leave", Value::Null, (200, 1)),
        ("DELETE", "/leave", Value::Null, (500, 5005)),
    ] {
        assert_eq!(
            scene.code(&scene.lea, method, &scene.in_group(path), body).await,
            expected,
            "{method} {path}"
        );
    }
    let leave = scene.in_group("/leave");
    assert_eq!(scene.code(&NOBODY, "DELETE", &leave, Value::Null).await, (401, 0));
    assert_eq!(scene.code(&scene.ada, "DELETE", &leave, Value::Null).await, (500, 5152));
    let lea = |role: &str| json!({ "userId": scene.lea.id, "role": role });
    scene.lowcoder.call(&scene.ada, "POST", &scene.in_group("/addMember"), lea("member")).await.data();
    assert_eq!(scene.code(&scene.lea, "PUT", &scene.in_group("/role"), lea("admin")).await, (401, 5001));
    assert_eq!(scene.code(&scene.ada, "PUT", &scene.in_group("/role"), lea("admin")).await, (200, 1));
    assert_eq!(scene.code(&scene.ada, "DELETE", &leave, Value::Null).await, (200, 1));
    assert_eq!(scene.people(&scene.group).await, ["lea"]);
}

#[tokio::test]
async fn anybody_asks_who_could_join() {
    let scene = Scene::set(&[]).await;
    let ask = async |who: &Caller, query: &str| {
        scene.lowcoder.get(who, &scene.in_group(&format!("/potential-members{query}"))).await
    };
    let page = ask(&scene.eve, "").await.data();
    assert_eq!(
        page,
        json!({
            "visitorRole": null, "total": 2, "pageNum": 1, "pageSize": 1000,
            "members": [
                { "userId": scene.dev.id, "name": "dev@example.com", "avatarUrl": null, "role": null, "joinTime": 0, "rawUserInfos": null },
                { "userId": scene.mo.id, "name": "mo@example.com", "avatarUrl": null, "role": null, "joinTime": 0, "rawUserInfos": null },
            ],
        })
    );
    for (query, expected, total) in [
        ("?searchName=DEV", "dev", 1),
        ("?searchName=.", "dev,mo", 2),
        ("?searchName=d.v", "", 0),
        ("?pageSize=1&pageNum=2", "mo", 2),
        ("?pageSize=1&pageNum=3", "", 2),
    ] {
        let page = ask(&scene.mo, query).await.data();
        assert_eq!(
            (names(&page, "name").join(","), &page["total"]),
            (expected.to_owned(), &json!(total)),
            "{query}"
        );
    }
    for query in ["?pageSize=0", "?pageNum=0"] {
        assert_eq!(ask(&scene.mo, query).await.code(), (500, 5000), "{query}");
    }
    assert_eq!(ask(&NOBODY, "").await.code(), (401, 0));
}
