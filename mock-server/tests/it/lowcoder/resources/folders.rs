//! Making, changing and deleting folders.

use serde_json::{Value, json};

use super::{FINE, NOBODY, Stage, each, record, stage, stage_with, text};
use crate::lowcoder::support::NOW;

/// A folder of the developer's; its id.
pub(super) async fn folder(stage: &Stage, name: &str, parent: Option<&str>) -> String {
    let answer =
        stage.post(&stage.dev, "/api/folders", json!({ "name": name, "parentFolderId": parent })).await;
    text(&answer.data(), "folderId")
}

#[tokio::test]
async fn a_new_folder_is_told_with_everything() {
    let stage = stage().await;
    let body = json!({ "name": "Sales", "title": "T", "category": "C", "image": "I", "id": "ignored" });
    let data = stage.post(&stage.dev, "/api/folders", body).await.data();
    let stored = record(&stage, "folders", "name", "Sales");
    assert_eq!(
        data,
        json!({
            "orgId": stage.org, "folderId": stored["id"], "folderGid": stored["gid"], "parentFolderId": null,
            "parentFolderGid": null, "name": "Sales", "title": "T", "description": null, "category": "C", "type": null,
            "image": "I", "createAt": NOW, "createBy": "dev@example.com", "visible": true, "manageable": true,
            "subFolders": null, "subApplications": null, "createTime": NOW, "lastViewTime": NOW, "folder": true,
        })
    );
    assert_eq!(text(&data, "folderId").len(), 24);
    let inner = json!({ "name": "Sales", "parentFolderId": data["folderId"] });
    let inner = stage.post(&stage.admin, "/api/folders", inner).await.data();
    assert_eq!(
        (&inner["parentFolderId"], &inner["parentFolderGid"]),
        (&data["folderId"], &data["folderGid"])
    );
}

#[tokio::test]
async fn what_cannot_be_a_folder_is_told_by_code() {
    let stage = stage().await;
    folder(&stage, "Sales", None).await;
    let others = stage.post(&stage.stranger, "/api/folders", json!({ "name": "Theirs" })).await.data();
    for (body, code) in [
        (json!({}), 5002),
        (json!({ "name": "  " }), 5002),
        (json!({ "name": null }), 5002),
        (json!({ "name": "Sales" }), 6303),
        (json!({ "name": "New", "parentFolderId": "0123456789abcdef01234567" }), 5005),
        (json!({ "name": "New", "parentFolderId": others["folderId"] }), 6302),
    ] {
        let answer = stage.post(&stage.dev, "/api/folders", body.clone()).await;
        assert_eq!(answer.code(), (500, code), "{body}");
        assert_eq!(answer.json()["success"], false);
    }
    assert_eq!(stage.records("folders").len(), 2);
    // names are compared as they are written
    assert_eq!(stage.post(&stage.dev, "/api/folders", json!({ "name": "sales" })).await.code(), FINE);
}

#[tokio::test]
async fn who_may_what_with_a_folder() {
    let stage = stage().await;
    let id = folder(&stage, "Sales", None).await;
    let gid = text(&record(&stage, "folders", "id", &id), "gid");
    let refused = (500, 6301);
    let managed = [NOBODY, refused, refused, refused, FINE, FINE];
    let body = json!({ "name": "New" });
    let makes = [NOBODY, FINE, (500, 5155), FINE, FINE, FINE];
    stage.matrix("POST", "/api/folders", &body, makes).await;
    stage.matrix("PUT", "/api/folders", &json!({ "id": id, "title": "T" }), managed).await;
    for key in [&id, &gid] {
        stage.matrix("DELETE", &format!("/api/folders/{key}"), &json!(null), managed).await;
        let path = format!("/api/folders/{key}/permissions");
        stage.matrix("GET", &path, &json!(null), [NOBODY, FINE, FINE, FINE, FINE, FINE]).await;
        let grant = json!({ "role": "viewer", "userIds": [stage.member.id] });
        stage.matrix("POST", &path, &grant, managed).await;
    }
    stage.role("folder", &id, "USER", &stage.member.id, "viewer");
    let path = format!("/api/folders/{id}/permissions/{}", stage.entry(&id, &stage.member.id));
    stage.matrix("PUT", &path, &json!({ "role": "owner" }), managed).await;
    stage.matrix("DELETE", &path, &json!(null), managed).await;
    // a role in a folder does not let its holder manage it
    stage.put(&stage.dev, &path, json!({ "role": "owner" })).await.data();
    stage.matrix("PUT", "/api/folders", &json!({ "id": id, "title": "T" }), managed).await;
    // and a creator who has left does not either
    stage.edit(|state| {
        state["members"].as_array_mut().unwrap().retain(|member| member["user"] != stage.dev.id.as_str());
    });
    let answer = stage.put(&stage.dev, "/api/folders", json!({ "id": id, "title": "T" })).await;
    assert_eq!(answer.code(), refused);
}

#[tokio::test]
async fn roles_in_a_folder_are_given_changed_and_taken() {
    let stage = stage().await;
    let id = folder(&stage, "Sales", None).await;
    let path = format!("/api/folders/{id}/permissions");
    let all = stage.group("all");
    let grant = json!({ "role": "editor", "userIds": [stage.member.id], "groupIds": [all] });
    let answer = stage.post(&stage.dev, &path, grant.clone()).await;
    assert_eq!(answer.json(), json!({ "code": 1, "message": "", "success": true }));
    assert_eq!(stage.roles("folder", &id), ["GROUP All Users editor", "USER member@example.com editor"]);
    // who has a role already is refused, and nobody else of the same call gets one (facts: lowcoder 12 Q10)
    let again = json!({ "role": "owner", "userIds": [stage.peer.id, stage.member.id] });
    assert_eq!(stage.post(&stage.dev, &path, again).await.code(), (500, 5000));
    assert_eq!(stage.roles("folder", &id).len(), 2);
    for body in [json!({}), json!({ "role": "chief" }), json!({ "role": "" })] {
        assert_eq!(stage.post(&stage.dev, &path, body).await.code(), (500, 5002));
    }
    let view = stage.get(&stage.stranger, &path).await.data();
    let item = json!({
        "permissionId": stage.entry(&id, &stage.member.id), "type": "USER", "id": stage.member.id, "avatar": null,
        "name": "member@example.com", "role": "editor",
    });
    assert_eq!(view["userPermissions"], json!([item]));
    assert_eq!(each(&view["permissions"], "type"), ["GROUP", "USER"]);
    assert_eq!((&view["creatorId"], &view["publicToAll"]), (&json!(stage.dev.id), &json!(false)));
    let entry = format!("{path}/{}", stage.entry(&id, &stage.member.id));
    assert_eq!(stage.put(&stage.admin, &entry, json!({ "role": "viewer" })).await.code(), FINE);
    assert_eq!(stage.put(&stage.admin, &entry, json!({ "role": "chief" })).await.code(), (500, 5002));
    assert_eq!(stage.roles("folder", &id), ["GROUP All Users editor", "USER member@example.com viewer"]);
    // an entry of another folder is none of this one
    let other = folder(&stage, "Other", None).await;
    let foreign = format!("/api/folders/{other}/permissions/{}", stage.entry(&id, &stage.member.id));
    assert_eq!(stage.delete(&stage.dev, &foreign).await.code(), (500, 6304));
    assert_eq!(stage.put(&stage.dev, &foreign, json!({ "role": "viewer" })).await.code(), (500, 6304));
    assert_eq!(stage.delete(&stage.dev, &entry).await.code(), FINE);
    assert_eq!(stage.delete(&stage.dev, &entry).await.code(), (500, 6304));
    assert_eq!(stage.roles("folder", &id), ["GROUP All Users editor"]);
    for (method, path) in
        [("POST", "/api/folders/nowhere/permissions"), ("PUT", "/api/folders/nowhere/permissions/x")]
    {
        assert_eq!(stage.call(&stage.dev, method, path, grant.clone()).await.code(), (500, 6302));
    }
    assert_eq!(stage.get(&stage.dev, "/api/folders/nowhere/permissions").await.code(), (500, 5005));
}

#[tokio::test]
async fn a_folder_is_changed_where_it_is() {
    let stage = stage().await;
    let outer = folder(&stage, "Outer", None).await;
    let inner = folder(&stage, "Inner", Some(&outer)).await;
    folder(&stage, "Beside", Some(&outer)).await;
    let change = |body: Value| stage.put(&stage.dev, "/api/folders", body);
    let renamed = json!({ "id": inner, "name": "Outer", "description": "D", "parentFolderId": null });
    let data = change(renamed).await.data();
    assert_eq!(data["name"], "Outer");
    assert_eq!((&data["description"], &data["parentFolderId"]), (&json!("D"), &json!(outer)));
    // a folder is not beside itself
    assert_eq!(change(json!({ "id": inner, "name": "Outer", "type": "x" })).await.data()["type"], "x");
    assert_eq!(change(json!({ "id": inner, "title": "T" })).await.data()["name"], "Outer");
    for (body, code) in [
        (json!({ "name": "x" }), 5002),
        (json!({ "id": inner, "name": " " }), 5002),
        (json!({ "id": "0123456789abcdef01234567", "name": "x" }), 5005),
        (json!({ "id": inner, "name": "Beside" }), 6303),
    ] {
        assert_eq!(change(body.clone()).await.code(), (500, code), "{body}");
    }
}

#[tokio::test]
async fn an_edition_compares_names_with_the_root() {
    let stage = stage_with(&[("STRICT_ROOT_FOLDER_NAMES", "true")]).await;
    let outer = folder(&stage, "Outer", None).await;
    let inner = folder(&stage, "Inner", Some(&outer)).await;
    folder(&stage, "Beside", Some(&outer)).await;
    for (id, name, expected) in [
        (&outer, "Outer", (500, 6303)),
        (&inner, "Outer", (500, 6303)),
        (&inner, "Beside", FINE),
        (&outer, "New", FINE),
    ] {
        let answer = stage.put(&stage.dev, "/api/folders", json!({ "id": id, "name": name })).await;
        assert_eq!(answer.code(), expected, "{name}");
    }
}

#[tokio::test]
async fn a_folder_goes_with_all_folders_in_it_and_what_they_held_comes_to_the_root() {
    let stage = stage().await;
    let outer = folder(&stage, "Outer", None).await;
    let inner = folder(&stage, "Inner", Some(&outer)).await;
    let innermost = folder(&stage, "Innermost", Some(&inner)).await;
    let other = folder(&stage, "Other", None).await;
    stage.application(1, "One", json!({ "folderId": outer }));
    stage.application(2, "Two", json!({ "folderId": innermost, "applicationStatus": "RECYCLED" }));
    stage.application(3, "Three", json!({ "folderId": other }));
    let body = json!({ "orgId": stage.org, "name": "B", "folderId": inner });
    stage.post(&stage.dev, "/api/bundles", body).await.data();
    stage.role("folder", &innermost, "USER", &stage.member.id, "viewer");
    stage.role("folder", &other, "USER", &stage.member.id, "viewer");
    let answer = stage.delete(&stage.dev, &format!("/api/folders/{outer}")).await;
    assert_eq!(answer.json(), json!({ "code": 1, "message": "", "success": true }));
    let left = |collection: &str, field: &str| each(&stage.records(collection).into(), field);
    assert_eq!(left("folders", "name"), ["Other"]);
    assert_eq!(left("applications", "folderId"), [json!(null), json!(null), json!(other)]);
    assert_eq!(left("bundles", "folderId"), [json!(null)]);
    assert_eq!(left("last_views", "target"), [json!(other)]);
    assert!(stage.roles("folder", &innermost).is_empty());
    assert_eq!(stage.roles("folder", &other).len(), 1);
    for id in [&outer, &inner, &innermost] {
        assert_eq!(stage.delete(&stage.admin, &format!("/api/folders/{id}")).await.code(), (500, 6302));
    }
}
