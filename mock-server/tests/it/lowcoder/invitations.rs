//! Links into an organisation.

use serde_json::{Value, json};

use super::scene::{NOBODY, NONE, Scene, first_org};

#[tokio::test]
async fn anybody_who_is_signed_in_invites_and_anybody_looks() {
    let scene = Scene::set(&[]).await;
    for (who, query, expected) in [
        (&NOBODY, format!("?orgId={}", scene.org), (401, 0)),
        (&scene.mo, String::new(), (500, 5002)),
        (&scene.mo, format!("?orgId={NONE}"), (500, 5105)),
        (&scene.eve, format!("?orgId={}", scene.org), (200, 1)),
    ] {
        let path = format!("/api/invitation{query}");
        assert_eq!(scene.code(who, "POST", &path, Value::Null).await, expected, "{query}");
    }
    let invitation = invite(&scene).await;
    let path = format!("/api/invitation/{invitation}");
    assert_eq!(
        scene.lowcoder.get(&NOBODY, &path).await.data(),
        json!({
            "inviteCode": invitation, "createUserName": "mo@example.com",
            "invitedOrganizationName": "ada@example.com's workspace", "invitedOrganizationId": scene.org,
        })
    );
    assert_ne!(invitation, invite(&scene).await);
    let unknown = format!("/api/invitation/{NONE}");
    assert_eq!(scene.code(&scene.ada, "GET", &unknown, Value::Null).await, (400, 5200));
    assert_eq!(scene.code(&scene.ada, "DELETE", &scene.of(""), Value::Null).await, (200, 1));
    assert_eq!(scene.code(&NOBODY, "GET", &path, Value::Null).await, (500, 5105));
    assert_eq!(scene.code(&scene.eve, "GET", &format!("{path}/invite"), Value::Null).await, (500, 5105));
}

/// mo's invitation into the organisation.
async fn invite(scene: &Scene) -> String {
    let path = format!("/api/invitation?orgId={}", scene.org);
    let made = scene.lowcoder.call(&scene.mo, "POST", &path, Value::Null).await.data();
    made["inviteCode"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn whoever_follows_an_invitation_joins() {
    let scene = Scene::set(&[]).await;
    let invitation = invite(&scene).await;
    let path = format!("/api/invitation/{invitation}/invite");
    let answer = scene.lowcoder.get(&NOBODY, &path).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({
            "code": 5205, "message": "", "success": false,
            "data": {
                "inviteCode": invitation, "createUserName": "mo@example.com",
                "invitedOrganizationName": "ada@example.com's workspace", "invitedOrganizationId": scene.org,
            },
        })
    );
    let before = scene.lowcoder.get(&scene.eve, "/api/groups/list").await.json();
    assert_eq!(before["totalAdmins"], 1);
    let answer = scene.lowcoder.get(&scene.eve, &path).await.json();
    assert_eq!(answer, json!({ "code": 1, "message": "", "data": true, "success": true }));
    assert_eq!(scene.members().await, ["ada", "dev", "lea", "mo", "eve"]);
    // it is current from then on
    let groups = scene.lowcoder.get(&scene.eve, "/api/groups/list").await.json();
    assert_eq!((&groups["total"], &groups["data"][0]["visitorRole"]), (&json!(1), &json!("member")));
    assert_eq!(scene.code(&scene.eve, "GET", &path, Value::Null).await, (400, 5202));
    let unknown = format!("/api/invitation/{NONE}/invite");
    for who in [&NOBODY, &scene.ada] {
        assert_eq!(scene.code(who, "GET", &unknown, Value::Null).await, (400, 5200));
    }
}

#[tokio::test]
async fn an_invitation_does_not_get_past_the_limits() {
    for (setting, most, expected) in
        [("LOWCODER_MAX_ORGS_PER_USER", "1", (500, 5103)), ("LOWCODER_MAX_MEMBERS_PER_ORG", "4", (500, 5104))]
    {
        let scene = Scene::set(&[(setting, most)]).await;
        let path = format!("/api/invitation/{}/invite", invite(&scene).await);
        assert_eq!(scene.code(&scene.eve, "GET", &path, Value::Null).await, expected, "{setting}");
        assert_eq!(scene.members().await, ["ada", "dev", "lea", "mo"]);
        let own = first_org(&scene.lowcoder, "eve@example.com").await;
        assert_ne!(own, scene.org);
    }
}
