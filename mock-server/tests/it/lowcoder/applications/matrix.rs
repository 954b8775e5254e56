//! Every operation by everybody: what they are told, and that a refusal changes nothing.

use serde_json::{Value, json};

use super::stage::{Stage, stage};
use crate::lowcoder::support::Caller;

type Told = (u16, i64);

const OK: Told = (200, 1);
/// Good without an envelope.
const BARE: Told = (200, 0);
/// Nobody is signed in, says the security layer.
const NOBODY: Told = (401, 0);
const SIGN_IN: Told = (401, 5600);
const NOT_ALLOWED: Told = (401, 5001);
const WRONG_STATE: Told = (400, 5003);
const NO_ORG: Told = (500, 5105);
const NO_DEVELOPER: Told = (500, 5155);
const LOW_ROLE: Told = (403, 5308);
const OTHER_ORG: Told = (400, 5309);

/// Anonymous, stranger, member, viewer, editor, owner, administrator.
type Row = [Told; 7];

const VIEWERS: Row = [NOBODY, NOT_ALLOWED, NOT_ALLOWED, OK, OK, OK, OK];
const EDITORS: Row = [NOBODY, NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED, OK, OK, OK];
const OWNERS: Row = [NOBODY, NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED, OK, OK];
const OWNERS_TOLD_APART: Row = [NOBODY, LOW_ROLE, LOW_ROLE, LOW_ROLE, NOT_ALLOWED, OK, OK];
const USERS: Row = [NOBODY, OK, OK, OK, OK, OK, OK];
const MEMBERS: Row = [NOBODY, NOT_ALLOWED, OK, OK, OK, OK, OK];

/// The method, the path (`{id}`, `{permission}`, `{version}` and `{snapshot}` stand for what there is), the body, and what
/// everybody is told.
fn operations(stage: &Stage) -> Vec<(&'static str, &'static str, Value, Row)> {
    let created = json!({ "orgId": stage.org, "name": "Another" });
    let developers = [NOBODY, NOT_ALLOWED, NO_DEVELOPER, NO_DEVELOPER, NO_DEVELOPER, NO_DEVELOPER, OK];
    let grant = json!({ "role": "viewer", "userIds": [stage.mia.id] });
    let snapshot = json!({ "applicationId": "{id}", "dsl": {}, "context": {} });
    let anonymous_too = |told: Told| [told, OK, OK, OK, OK, OK, OK];
    vec![
        ("POST", "/api/applications", created, developers),
        ("GET", "/api/applications/{id}", Value::Null, [SIGN_IN, LOW_ROLE, LOW_ROLE, LOW_ROLE, OK, OK, OK]),
        ("GET", "/api/applications/{id}/view", Value::Null, [SIGN_IN, LOW_ROLE, LOW_ROLE, OK, OK, OK, OK]),
        (
            "GET",
            "/api/applications/{id}/view_marketplace",
            Value::Null,
            [SIGN_IN, LOW_ROLE, LOW_ROLE, WRONG_STATE, WRONG_STATE, WRONG_STATE, WRONG_STATE],
        ),
        (
            "GET",
            "/api/applications/{id}/view_agency",
            Value::Null,
            [NOBODY, LOW_ROLE, LOW_ROLE, WRONG_STATE, WRONG_STATE, WRONG_STATE, WRONG_STATE],
        ),
        (
            "PUT",
            "/api/applications/{id}",
            json!({ "name": "New" }),
            [NOBODY, LOW_ROLE, LOW_ROLE, LOW_ROLE, OK, OK, OK],
        ),
        ("POST", "/api/applications/{id}/publish", Value::Null, EDITORS),
        ("PUT", "/api/applications/editState/{id}", json!({ "editingFinished": true }), EDITORS),
        ("PUT", "/api/applications/{id}/slug", json!("a-slug"), USERS),
        ("GET", "/api/applications/list", Value::Null, anonymous_too(NO_ORG)),
        ("PUT", "/api/applications/recycle/{id}", Value::Null, OWNERS_TOLD_APART),
        ("PUT", "/api/applications/restore/{recycled}", Value::Null, OWNERS_TOLD_APART),
        ("DELETE", "/api/applications/{recycled}", Value::Null, OWNERS_TOLD_APART),
        ("GET", "/api/applications/recycle/list", Value::Null, USERS),
        ("PUT", "/api/applications/{id}/public-to-all", json!({ "publicToAll": true }), EDITORS),
        (
            "PUT",
            "/api/applications/{id}/public-to-marketplace",
            json!({ "publicToMarketplace": true }),
            EDITORS,
        ),
        ("PUT", "/api/applications/{id}/agency-profile", json!({ "agencyProfile": true }), EDITORS),
        ("GET", "/api/applications/marketplace-apps", Value::Null, anonymous_too(OK)),
        ("GET", "/api/applications/agency-profiles", Value::Null, USERS),
        ("GET", "/api/applications/{id}/permissions", Value::Null, VIEWERS),
        ("PUT", "/api/applications/{id}/permissions", grant, OWNERS),
        ("PUT", "/api/applications/{id}/permissions/{permission}", json!({ "role": "editor" }), OWNERS),
        ("DELETE", "/api/applications/{id}/permissions/{permission}", Value::Null, OWNERS),
        ("GET", "/api/applications/{id}/groups-members/available", Value::Null, MEMBERS),
        ("GET", "/api/application-records/listByApplicationId?applicationId={id}", Value::Null, USERS),
        (
            "GET",
            "/api/application-records?applicationId={id}&applicationRecordId={version}",
            Value::Null,
            [NOBODY, OTHER_ORG, OK, OK, OK, OK, OK],
        ),
        (
            "GET",
            "/api/application-records?applicationId={id}&applicationRecordId=latest",
            Value::Null,
            [NOBODY, OTHER_ORG, OK, OK, OK, OK, OK],
        ),
        (
            "DELETE",
            "/api/application-records/{version}",
            Value::Null,
            [NOBODY, OTHER_ORG, NO_DEVELOPER, NO_DEVELOPER, NO_DEVELOPER, NO_DEVELOPER, BARE],
        ),
        ("POST", "/api/application/history-snapshots", snapshot, EDITORS),
        ("GET", "/api/application/history-snapshots/{id}", Value::Null, EDITORS),
        ("GET", "/api/application/history-snapshots/archive/{id}", Value::Null, EDITORS),
        ("GET", "/api/application/history-snapshots/{id}/{snapshot}", Value::Null, EDITORS),
    ]
}

#[tokio::test]
async fn everybody_may_what_their_role_says() {
    let stage = stage().await;
    let id = stage.application().await;
    let recycled = stage.application().await;
    let path = format!("/api/applications/recycle/{recycled}");
    assert_eq!(stage.call(&stage.ada, "PUT", &path, json!(null)).await.data(), true);
    stage.publish(&id, json!(null)).await.data();
    let snapshot = json!({ "applicationId": id, "dsl": {}, "context": {} });
    stage.call(&stage.ada, "POST", "/api/application/history-snapshots", snapshot).await.data();
    let permissions = stage.records("permissions");
    let permission =
        permissions.iter().find(|entry| entry["resource"] == id && entry["holder"] == stage.vic.id).unwrap();
    let key = |record: &Value| record["id"].as_str().unwrap().to_owned();
    let names = [
        ("{id}", id.clone()),
        ("{recycled}", recycled.clone()),
        ("{permission}", key(permission)),
        ("{version}", key(&stage.records("application_versions")[0])),
        ("{snapshot}", key(&stage.records("snapshots")[0])),
    ];
    let fill =
        |text: &str| names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value));
    let begin = stage.lowcoder.server.state();
    let callers: [(&str, &Caller); 7] = [
        ("nobody", &stage.nobody),
        ("stranger", &stage.sid),
        ("member", &stage.mia),
        ("viewer", &stage.vic),
        ("editor", &stage.eve),
        ("owner", &stage.olga),
        ("administrator", &stage.ada),
    ];
    for (method, path, body, row) in operations(&stage) {
        let path = fill(path);
        let body: Value = serde_json::from_str(&fill(&body.to_string())).unwrap();
        for ((name, caller), expected) in callers.iter().zip(row) {
            stage.lowcoder.server.replace_state(&begin).unwrap();
            let answer = stage.call(caller, method, &path, body.clone()).await;
            assert_eq!(answer.code(), expected, "{method} {path} as {name}: {answer:?}");
            if expected != OK && expected != BARE {
                let [before, after] = [begin.clone(), stage.lowcoder.server.state()].map(|mut state| {
                    state["collections"]["usage"].take();
                    state["collections"].take()
                });
                assert_eq!(before, after, "{method} {path} as {name}");
                assert!(answer.json().get("data").is_none());
            }
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_told_by_its_id() {
    for (strict, gid_told) in [("false", (500, 5005)), ("true", (200, 0))] {
        let stage = super::stage::stage_with(&[("STRICT_EMPTY_ANSWERS", strict)]).await;
        for (method, path, body, _) in operations(&stage) {
            if !path.contains("{id}") && !path.contains("{recycled}")
                || path.starts_with("/api/application-records")
            {
                continue;
            }
            let slug = path.ends_with("/slug");
            for (id, told) in [("ffffffffffffffffffffffff", (500, 5005)), ("0199-no-such-gid", gid_told)] {
                let path = path.replace("{id}", id).replace("{recycled}", id);
                let answer = stage.call(&stage.ada, method, &path, body.clone()).await;
                // a slug is only given to ObjectIds, and nothing is said of others
                let told = if slug { gid_told } else { told };
                assert_eq!(answer.code(), told, "{method} {path}");
            }
        }
    }
}
