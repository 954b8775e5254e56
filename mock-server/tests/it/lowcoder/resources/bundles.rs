//! Bundles: their life, what is in them, and who may what.

use serde_json::{Value, json};

use super::folders::folder;
use super::{DENIED, FINE, NOBODY, Stage, each, record, stage, text};
use crate::lowcoder::support::NOW;

/// A bundle of the developer's; its id.
async fn bundle(stage: &Stage, name: &str) -> String {
    let body = json!({ "orgId": stage.org, "name": name });
    text(&stage.post(&stage.dev, "/api/bundles", body).await.data(), "bundleId")
}

#[tokio::test]
async fn a_new_bundle_is_its_makers_and_takes_the_roles_of_its_folder() {
    let stage = stage().await;
    let sales = folder(&stage, "Sales", None).await;
    stage.role("folder", &sales, "USER", &stage.member.id, "editor");
    stage.role("folder", &sales, "USER", &stage.dev.id, "viewer");
    stage.role("folder", &sales, "GROUP", &stage.group("all"), "viewer");
    let body =
        json!({ "orgId": stage.org, "name": "B", "title": "T", "folderId": sales, "gid": "018c0000-b" });
    let data = stage.post(&stage.dev, "/api/bundles", body.clone()).await.data();
    let id = text(&data, "bundleId");
    assert_eq!(
        data,
        json!({
            "userId": stage.dev.id, "bundleId": id, "bundleGid": "018c0000-b", "name": "B", "title": "T",
            "description": null, "category": null, "image": null, "createAt": NOW, "createBy": "dev@example.com",
            "folderId": sales, "folderIdFrom": null, "publicToAll": false, "publicToMarketplace": false,
            "agencyProfile": false, "editingBundleDSL": null, "publishedBundleDSL": null, "createTime": NOW,
            "manageable": true, "visible": true, "bundle": true,
        })
    );
    let roles = ["GROUP All Users viewer", "USER dev@example.com owner", "USER member@example.com editor"];
    assert_eq!(stage.roles("bundle", &id), roles);
    // the same gid once more
    let other = json!({ "orgId": stage.org, "name": "C", "gid": "018c0000-b" });
    assert_eq!(stage.post(&stage.dev, "/api/bundles", other).await.code(), (500, 5000));
}

#[tokio::test]
async fn what_cannot_be_a_bundle_is_told_by_code() {
    let stage = stage().await;
    bundle(&stage, "Taken").await;
    let theirs = stage.post(&stage.stranger, "/api/folders", json!({ "name": "F" })).await.data();
    let body = |name: &str, changes: Value| {
        let mut body = json!({ "orgId": stage.org, "name": name });
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        body
    };
    for (who, body, expected) in [
        // a blank name before anything else
        (&stage.stranger, body(" ", json!({})), (500, 5002)),
        (&stage.dev, body("x", json!({ "orgId": " " })), (500, 5002)),
        (&stage.dev, body("x", json!({ "orgId": null })), (500, 5002)),
        (&stage.stranger, body("x", json!({})), DENIED),
        (&stage.dev, body("x", json!({ "orgId": stage.other_org() })), DENIED),
        (&stage.dev, body("x", json!({ "orgId": "nowhere" })), DENIED),
        (&stage.member, body("x", json!({})), (500, 5155)),
        (&stage.dev, body("Taken", json!({ "folderId": "nowhere" })), (500, 6403)),
        (&stage.dev, body("x", json!({ "folderId": "0123456789abcdef01234567" })), (500, 5005)),
        (&stage.dev, body("x", json!({ "folderId": theirs["folderId"] })), (500, 6302)),
        // names are the user's own
        (&stage.peer, body("Taken", json!({})), FINE),
    ] {
        assert_eq!(stage.post(who, "/api/bundles", body.clone()).await.code(), expected, "{body}");
    }
}

#[tokio::test]
async fn a_bundle_is_recycled_before_it_is_deleted() {
    let stage = stage().await;
    let id = bundle(&stage, "B").await;
    let put =
        async |what: &str| stage.put(&stage.dev, &format!("/api/bundles/{what}/{id}"), json!(null)).await;
    let delete = async || stage.delete(&stage.dev, &format!("/api/bundles/{id}")).await;
    let state = || text(&record(&stage, "bundles", "id", &id), "bundleStatus");
    let wrong = (400, 5003);
    assert_eq!(delete().await.code(), wrong);
    assert_eq!(put("restore").await.code(), wrong);
    assert_eq!(
        put("recycle").await.json(),
        json!({ "code": 1, "message": "", "data": true, "success": true })
    );
    assert_eq!(state(), "RECYCLED");
    assert_eq!(put("recycle").await.code(), wrong);
    assert_eq!(stage.get(&stage.dev, &format!("/api/bundles/{id}/view")).await.code(), wrong);
    assert_eq!(
        stage.post(&stage.dev, &format!("/api/bundles/{id}/publish"), json!(null)).await.code(),
        wrong
    );
    let recycled = stage.get(&stage.dev, "/api/bundles/recycle/list").await.data();
    assert_eq!(each(&recycled, "bundleId"), [json!(id)]);
    assert!(stage.get(&stage.peer, "/api/bundles/recycle/list").await.data().as_array().unwrap().is_empty());
    assert_eq!(put("restore").await.code(), FINE);
    assert_eq!(state(), "NORMAL");
    put("recycle").await.data();
    assert_eq!(delete().await.json(), json!({ "code": 1, "message": "", "success": true }));
    assert_eq!(state(), "DELETED");
    assert_eq!(delete().await.code(), wrong);
    assert_eq!(put("restore").await.code(), wrong);
    // its name is free again, and lists tell it still
    let again = bundle(&stage, "B").await;
    for (query, expected) in [
        ("", vec![&id, &again]),
        ("?bundleStatus=DELETED", vec![&id]),
        ("?bundleStatus=NORMAL", vec![&again]),
        ("?bundleStatus=RECYCLED", vec![]),
    ] {
        let list = stage.get(&stage.dev, &format!("/api/bundles/list{query}")).await.data();
        assert_eq!(each(&list, "bundleId"), expected.into_iter().map(|id| json!(id)).collect::<Vec<_>>());
    }
    let item = &stage.get(&stage.dev, "/api/bundles/list?bundleStatus=NORMAL").await.data()[0];
    assert_eq!(item["createBy"], json!(stage.dev.id));
    assert_eq!((&item["visible"], &item["manageable"]), (&json!(false), &json!(false)));
    assert_eq!(stage.get(&stage.dev, "/api/bundles/list?bundleStatus=OLD").await.code(), (500, 5002));
    let unknown = stage.put(&stage.dev, "/api/bundles/recycle/nowhere", json!(null)).await;
    assert_eq!(unknown.code(), (500, 5005));
}

#[tokio::test]
async fn who_may_what_with_a_bundle() {
    let stage = stage().await;
    let id = bundle(&stage, "B").await;
    let gid = text(&record(&stage, "bundles", "id", &id), "gid");
    stage.role("bundle", &id, "USER", &stage.member.id, "viewer");
    let path = |rest: &str| format!("/api/bundles/{id}/{rest}");
    let none = json!(null);
    // nobody, a stranger, a viewer, somebody of the organisation, the owner, the administrator
    let views = [NOBODY, DENIED, FINE, DENIED, FINE, FINE];
    let owns = [NOBODY, DENIED, DENIED, DENIED, FINE, FINE];
    stage.matrix("GET", &path("view"), &none, views).await;
    stage.matrix("GET", &format!("/api/bundles/{gid}/view"), &none, views).await;
    stage.matrix("POST", &path("publish"), &none, owns).await;
    stage.matrix("GET", &path("elements"), &none, [NOBODY, FINE, FINE, FINE, FINE, FINE]).await;
    stage.matrix("PUT", &format!("/api/bundles/recycle/{id}"), &none, owns).await;
    let grant = json!({ "role": "viewer", "userIds": [stage.peer.id] });
    stage.matrix("POST", &path("permissions"), &grant, owns).await;
    let entry = path(&format!("permissions/{}", stage.entry(&id, &stage.member.id)));
    stage.matrix("PUT", &entry, &json!({ "role": "editor" }), owns).await;
    stage.matrix("DELETE", &entry, &none, owns).await;
    // only the creator changes it, not even administrators
    let creator = (500, 6401);
    let change = json!({ "id": id, "title": "T" });
    stage.matrix("PUT", "/api/bundles", &change, [NOBODY, creator, creator, creator, FINE, creator]).await;
    for place in ["view_marketplace", "view_agency"] {
        let hidden = (400, 5003);
        let expected = [NOBODY, hidden, hidden, hidden, hidden, hidden];
        stage.matrix("GET", &path(place), &none, expected).await;
    }
    // an editor publishes
    stage.put(&stage.dev, &entry, json!({ "role": "editor" })).await;
    stage.matrix("POST", &path("publish"), &none, [NOBODY, DENIED, FINE, DENIED, FINE, FINE]).await;
    stage.matrix("PUT", &format!("/api/bundles/recycle/{id}"), &none, owns).await;
    stage.put(&stage.dev, &format!("/api/bundles/recycle/{id}"), none.clone()).await.data();
    stage.matrix("PUT", &format!("/api/bundles/restore/{id}"), &none, owns).await;
    stage.matrix("DELETE", &format!("/api/bundles/{id}"), &none, owns).await;
}

#[tokio::test]
async fn what_is_edited_is_shown_to_viewers_once_it_is_published() {
    let stage = stage().await;
    let id = bundle(&stage, "B").await;
    bundle(&stage, "Other").await;
    stage.role("bundle", &id, "USER", &stage.member.id, "viewer");
    let change = async |body: Value| stage.put(&stage.dev, "/api/bundles", body).await;
    let dsl = json!({ "a": { "b": 1 }, "none": null });
    let data = change(json!({ "id": id, "name": "C", "editingBundleDSL": dsl })).await.data();
    assert_eq!((&data["name"], &data["editingBundleDSL"]), (&json!("C"), &dsl));
    let seen = async || stage.get(&stage.member, &format!("/api/bundles/{id}/view")).await.data();
    let before = seen().await;
    assert_eq!((&before["editingBundleDSL"], &before["publishedBundleDSL"]), (&json!(null), &json!(null)));
    assert_eq!((&before["manageable"], &before["createBy"]), (&json!(false), &json!("dev@example.com")));
    let published = stage.post(&stage.dev, &format!("/api/bundles/{id}/publish"), json!(null)).await.data();
    assert_eq!((&published["publishedBundleDSL"], &published["manageable"]), (&dsl, &json!(true)));
    change(json!({ "id": id, "editingBundleDSL": { "c": 2 } })).await.data();
    assert_eq!(seen().await["publishedBundleDSL"], dsl);
    let owners = stage.get(&stage.dev, &format!("/api/bundles/{id}/view")).await.data();
    assert_eq!(owners["editingBundleDSL"], json!({ "c": 2 }));
    for (body, code) in [
        (json!({ "name": "x" }), 5002),
        (json!({ "id": id, "name": "" }), 5002),
        (json!({ "id": "0123456789abcdef01234567" }), 6402),
        (json!({ "id": id, "name": "Other" }), 6403),
        (json!({ "id": id, "name": "C" }), 1),
    ] {
        let answer = change(body.clone()).await;
        assert_eq!(answer.code().1, code, "{body}");
    }
}

#[tokio::test]
async fn roles_on_a_bundle_are_given_changed_and_taken() {
    let stage = stage().await;
    let (id, other) = (bundle(&stage, "B").await, bundle(&stage, "Other").await);
    let path = format!("/api/bundles/{id}/permissions");
    let grant = json!({ "role": "viewer", "userIds": [stage.member.id], "groupIds": [stage.group("all")] });
    let answer = stage.post(&stage.dev, &path, grant).await;
    assert_eq!(answer.json(), json!({ "code": 1, "message": "", "success": true }));
    let roles = ["GROUP All Users viewer", "USER dev@example.com owner", "USER member@example.com viewer"];
    assert_eq!(stage.roles("bundle", &id), roles);
    for (body, code) in [
        (json!({ "role": "chief", "userIds": [] }), 5002),
        (json!({ "userIds": [] }), 5002),
        (json!({ "role": "viewer", "userIds": [stage.peer.id, stage.member.id] }), 5000),
    ] {
        assert_eq!(stage.post(&stage.dev, &path, body).await.code(), (500, code));
    }
    assert_eq!(stage.roles("bundle", &id), roles);
    let entry = stage.entry(&id, &stage.member.id);
    let foreign = format!("/api/bundles/{other}/permissions/{entry}");
    assert_eq!(stage.put(&stage.dev, &foreign, json!({ "role": "owner" })).await.code(), (500, 6404));
    assert_eq!(stage.delete(&stage.dev, &foreign).await.code(), (500, 6404));
    let own = format!("{path}/{entry}");
    assert_eq!(stage.put(&stage.dev, &own, json!({ "role": "owner" })).await.code(), FINE);
    // the new owner takes the role of the old one
    let makers = format!("{path}/{}", stage.entry(&id, &stage.dev.id));
    assert_eq!(stage.delete(&stage.member, &makers).await.code(), FINE);
    assert_eq!(stage.delete(&stage.dev, &own).await.code(), DENIED);
    assert_eq!(stage.roles("bundle", &id), ["GROUP All Users viewer", "USER member@example.com owner"]);
}

/// The names and places of what is in a bundle.
async fn contents(stage: &Stage, bundle: &str, query: &str) -> Vec<(String, i64)> {
    let data = stage.get(&stage.stranger, &format!("/api/bundles/{bundle}/elements{query}")).await.data();
    let one =
        |element: &Value| (text(&element["application"], "name"), element["position"].as_i64().unwrap());
    data.as_array().unwrap().iter().map(one).collect()
}

#[tokio::test]
async fn applications_stand_in_bundles_in_order() {
    let stage = stage().await;
    let (id, other) = (bundle(&stage, "B").await, bundle(&stage, "Other").await);
    let apps = [
        stage.application(1, "one", json!({ "lastEditedAt": NOW + 500 })),
        stage.application(2, "two", json!({})),
        stage.application(3, "three", json!({})),
    ];
    let put = async |path: String| stage.put(&stage.dev, &path, json!(null)).await.code();
    for app in &apps {
        assert_eq!(put(format!("/api/bundles/addApp/{app}?toBundleId={id}")).await, FINE);
    }
    let list =
        |names: &[(&str, i64)]| names.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect::<Vec<_>>();
    assert_eq!(contents(&stage, &id, "").await, list(&[("one", 0), ("two", 1), ("three", 2)]));
    // added again it comes last
    assert_eq!(put(format!("/api/bundles/addApp/{}?toBundleId={id}", apps[0])).await, FINE);
    assert_eq!(contents(&stage, &id, "").await, list(&[("two", 1), ("three", 2), ("one", 3)]));
    assert_eq!(contents(&stage, &id, "?pageSize=2&pageNum=2").await, list(&[("one", 3)]));
    assert!(contents(&stage, &id, "?pageSize=2&pageNum=3").await.is_empty());
    // what is not named stands behind what is
    let order = format!("/api/bundles/{id}/reorder?elementIds={}&elementIds={}", apps[0], apps[2]);
    assert_eq!(put(order.clone()).await, FINE);
    assert_eq!(contents(&stage, &id, "").await, list(&[("one", 0), ("three", 1), ("two", 2)]));
    stage.matrix("PUT", &order, &json!(null), [NOBODY, DENIED, DENIED, DENIED, FINE, FINE]).await;
    for (path, expected) in [
        (format!("/api/bundles/{id}/reorder"), (500, 5002)),
        (format!("/api/bundles/{id}/reorder?elementIds={0}&elementIds={0}", apps[0]), (500, 5002)),
        (format!("/api/bundles/{other}/reorder?elementIds={}", apps[0]), (500, 5005)),
        (format!("/api/bundles/{id}/reorder?elementIds=nothing"), (500, 5005)),
        (format!("/api/bundles/addApp/{}", apps[0]), (500, 5002)),
        (format!("/api/bundles/addApp/{}?toBundleId=nowhere", apps[0]), (500, 5005)),
        (format!("/api/bundles/addApp/nothing?toBundleId={id}"), (500, 5005)),
        (format!("/api/bundles/moveApp/{}?fromBundleId={other}&toBundleId={id}", apps[0]), (500, 5005)),
        (format!("/api/bundles/moveApp/{}?fromBundleId={id}", apps[0]), (500, 5002)),
        (format!("/api/bundles/moveApp/{}?fromBundleId={id}&toBundleId={other}", apps[2]), FINE),
    ] {
        assert_eq!(put(path.clone()).await, expected, "{path}");
    }
    assert_eq!(contents(&stage, &id, "").await, list(&[("one", 0), ("two", 2)]));
    assert_eq!(contents(&stage, &other, "").await, list(&[("three", 0)]));
    let whole = stage.get(&stage.dev, &format!("/api/bundles/{id}/elements?pageSize=1")).await.json();
    assert_eq!((&whole["total"], &whole["pageSize"]), (&json!(2), &json!(1)));
    let application = &whole["data"][0]["application"];
    assert_eq!(
        (&application["organizationId"], &application["createTime"]),
        (&json!(stage.org), &json!(NOW))
    );
    // seconds there, with a fraction
    #[expect(clippy::cast_precision_loss, reason = "a time of our days")]
    let seconds = (NOW + 500) as f64 / 1000.0;
    assert_eq!(application["lastEditedAt"].as_f64(), Some(seconds));
    assert_eq!(stage.get(&stage.dev, "/api/bundles/nowhere/elements").await.code(), (500, 5005));
}

#[tokio::test]
async fn only_owners_of_applications_put_them_into_bundles() {
    let stage = stage().await;
    let (id, other) = (bundle(&stage, "B").await, bundle(&stage, "Other").await);
    let app = stage.application(1, "one", json!({}));
    stage.role("application", &app, "USER", &stage.peer.id, "editor");
    let expected = [NOBODY, DENIED, DENIED, DENIED, FINE, FINE];
    let add = format!("/api/bundles/addApp/{app}?toBundleId={id}");
    stage.matrix("PUT", &add, &json!(null), expected).await;
    stage.put(&stage.dev, &add, json!(null)).await;
    let go = format!("/api/bundles/moveApp/{app}?fromBundleId={id}&toBundleId={other}");
    stage.matrix("PUT", &go, &json!(null), expected).await;
}

#[tokio::test]
async fn the_marketplace_tells_what_is_public() {
    let stage = stage().await;
    let id = bundle(&stage, "B").await;
    for (list, view, flags, shown) in [
        ("marketplace-bundles", "view_marketplace", &["publicToAll"][..], false),
        ("marketplace-bundles", "view_marketplace", &["publicToAll", "publicToMarketplace"], true),
        ("agency-profiles", "view_agency", &["agencyProfile"], false),
        ("agency-profiles", "view_agency", &["publicToAll", "agencyProfile"], true),
    ] {
        stage.edit(|state| {
            for flag in ["publicToAll", "publicToMarketplace", "agencyProfile"] {
                state["bundles"][0][flag] = flags.contains(&flag).into();
            }
        });
        let data = stage.get(&stage.stranger, &format!("/api/bundles/{list}")).await.data();
        let answer = stage.get(&stage.stranger, &format!("/api/bundles/{id}/{view}")).await;
        assert_eq!(answer.code(), if shown { FINE } else { (400, 5003) }, "{view} {flags:?}");
        if shown {
            let creator = json!(stage.dev.id);
            let item = json!({
                "title": null, "description": null, "category": null, "image": null, "orgId": stage.org,
                "orgName": "ada@example.com's workspace", "creatorEmail": "dev@example.com", "bundleId": id, "name": "B",
                "createAt": NOW, "createBy": creator, "bundleStatus": "NORMAL",
            });
            assert_eq!(data, json!([item]));
        } else {
            assert_eq!(data, json!([]), "{list}");
        }
    }
    // everybody who is signed in views what is public to all
    assert_eq!(stage.get(&stage.stranger, &format!("/api/bundles/{id}/view")).await.code(), FINE);
}
