//! What folders list, and applications that move between them.

use serde_json::{Value, json};

use super::folders::folder;
use super::{FINE, NOBODY, Stage, each, record, stage, text};
use crate::lowcoder::support::{Caller, NOW};

/// The names of what a list tells.
async fn names(stage: &Stage, who: &Caller, query: &str) -> Vec<Value> {
    each(&stage.get(who, &format!("/api/folders/elements{query}")).await.data(), "name")
}

#[tokio::test]
async fn a_folder_lists_folders_and_applications_that_the_caller_may_view() {
    let stage = stage().await;
    let sales = folder(&stage, "Sales", None).await;
    folder(&stage, "Inner", Some(&sales)).await;
    let one = stage.application(1, "One", json!({}));
    stage.application(2, "Two", json!({ "folderId": sales }));
    stage.application(3, "Gone", json!({ "applicationStatus": "RECYCLED" }));
    stage.application(4, "Public", json!({ "publicToAll": true }));
    stage.application(5, "Lost", json!({ "folderId": "0123456789abcdef01234567" }));
    let gid = text(&record(&stage, "folders", "id", &sales), "gid");
    let root = stage.get(&stage.dev, "/api/folders/elements").await;
    assert_eq!(each(&root.data(), "name"), ["Sales", "Lost", "One", "Public"]);
    assert_eq!(each(&root.data(), "folder"), [true, false, false, false]);
    let body = root.json();
    assert_eq!((&body["total"], &body["pageNum"], &body["pageSize"]), (&json!(4), &json!(1), &json!(0)));
    assert_eq!(body["data"][0]["folderId"], json!(sales));
    assert_eq!(body["data"][2]["applicationId"], json!(one));
    assert_eq!(body["data"][2]["role"], "owner");
    assert_eq!(body["data"][2]["createBy"], "dev@example.com");
    assert!(body["data"][2].get("folderGid").is_none());
    for key in [&sales, &gid] {
        assert_eq!(names(&stage, &stage.dev, &format!("?id={key}")).await, ["Inner", "Two"]);
    }
    // members see all folders, and of the applications what they may view; who never looked has everything by name
    assert_eq!(names(&stage, &stage.member, "").await, ["Public", "Sales"]);
    assert_eq!(names(&stage, &stage.admin, "").await, ["Lost", "One", "Public", "Sales"]);
    assert!(names(&stage, &stage.stranger, "").await.is_empty());
    let all = stage.group("all");
    stage.role("application", &one, "GROUP", &all, "viewer");
    assert_eq!(names(&stage, &stage.member, "").await, ["One", "Public", "Sales"]);
    for (who, id, expected) in [
        (&Caller::default(), sales.as_str(), NOBODY),
        (&stage.stranger, sales.as_str(), (500, 6302)),
        (&stage.dev, "0123456789abcdef01234567", (500, 6302)),
        (&stage.member, sales.as_str(), FINE),
    ] {
        assert_eq!(stage.get(who, &format!("/api/folders/elements?id={id}")).await.code(), expected);
    }
}

#[tokio::test]
async fn what_somebody_may_do_with_a_folder_is_told() {
    let stage = stage().await;
    let sales = folder(&stage, "Sales", None).await;
    let inner = folder(&stage, "Inner", Some(&sales)).await;
    let told = async |who: &Caller| {
        let item = stage.get(who, "/api/folders/elements").await.data()[0].clone();
        (item["visible"].as_bool().unwrap(), item["manageable"].as_bool().unwrap())
    };
    assert_eq!(told(&stage.dev).await, (true, true));
    assert_eq!(told(&stage.admin).await, (true, true));
    assert_eq!(told(&stage.peer).await, (true, false));
    assert_eq!(told(&stage.member).await, (false, false));
    stage.application(1, "Deep", json!({ "folderId": inner, "publicToAll": true }));
    assert_eq!(told(&stage.member).await, (true, false));
}

#[tokio::test]
async fn what_was_looked_at_last_comes_first() {
    let stage = stage().await;
    for (number, name) in [(1, "b"), (2, "a"), (3, "c")] {
        stage.application(number, name, json!({ "publicToAll": true }));
    }
    let first = folder(&stage, "First", None).await;
    stage.clock.advance(1000);
    folder(&stage, "Second", None).await;
    assert_eq!(names(&stage, &stage.dev, "").await, ["Second", "First", "a", "b", "c"]);
    // to list a folder is to look at it, for the caller alone
    stage.clock.advance(1000);
    assert!(names(&stage, &stage.dev, &format!("?id={first}")).await.is_empty());
    let root = stage.get(&stage.dev, "/api/folders/elements").await.data();
    assert_eq!(each(&root, "name"), ["First", "Second", "a", "b", "c"]);
    assert_eq!(root[0]["lastViewTime"], NOW + 2000);
    assert_eq!(root[2]["lastViewTime"], 0);
    assert_eq!(names(&stage, &stage.peer, "").await, ["First", "Second", "a", "b", "c"]);
    names(&stage, &stage.peer, &format!("?id={first}")).await;
    assert_eq!(stage.records("last_views").len(), 3);
}

#[tokio::test]
async fn lists_are_filtered_and_paged() {
    let stage = stage().await;
    stage.post(&stage.dev, "/api/folders", json!({ "name": "Orders", "category": "Trade" })).await.data();
    stage.application(
        1,
        "Order form",
        json!({ "editingApplicationDSL": { "settings": { "category": "trade" } } }),
    );
    stage.application(2, "Border", json!({ "applicationType": 2 }));
    stage.application(3, "Menu", json!({ "applicationType": 7 }));
    for (query, expected) in [
        ("?name=ORDER", &["Orders", "Border", "Order form"][..]),
        ("?category=trad", &["Orders", "Order form"]),
        ("?applicationType=ALL", &["Orders", "Border", "Menu", "Order form"]),
        ("?applicationType=FOLDER", &["Orders"]),
        ("?applicationType=APPLICATION", &["Order form"]),
        ("?applicationType=MODULE", &["Border"]),
        ("?applicationType=NAVIGATION&name=m", &["Menu"]),
        ("?applicationType=BUNDLE", &[]),
        ("?pageSize=3", &["Orders", "Border", "Menu"]),
        ("?pageSize=3&pageNum=2", &["Order form"]),
        ("?pageSize=3&pageNum=3", &[]),
        ("?pageSize=0&pageNum=9", &["Orders", "Border", "Menu", "Order form"]),
    ] {
        assert_eq!(names(&stage, &stage.dev, query).await, expected, "{query}");
    }
    let page = stage.get(&stage.dev, "/api/folders/elements?pageSize=3&pageNum=2").await.json();
    assert_eq!((&page["total"], &page["pageNum"], &page["pageSize"]), (&json!(4), &json!(2), &json!(3)));
    for (query, code) in [("?pageSize=3&pageNum=0", 5000), ("?applicationType=1", 5002), ("?pageNum=x", 5002)]
    {
        let answer = stage.get(&stage.dev, &format!("/api/folders/elements{query}")).await;
        assert_eq!(answer.code(), (500, code), "{query}");
    }
}

/// Facts: lowcoder 17, scenario 7.
#[tokio::test]
async fn an_application_moves_and_outlives_its_folder() {
    let stage = stage().await;
    let sales = folder(&stage, "Sales", None).await;
    assert_eq!(stage.post(&stage.dev, "/api/folders", json!({ "name": "Sales" })).await.code(), (500, 6303));
    let app = stage.application(1, "App", json!({ "folderId": sales }));
    let inside = format!("?id={sales}");
    assert_eq!(names(&stage, &stage.dev, "").await, ["Sales"]);
    assert_eq!(names(&stage, &stage.dev, &inside).await, ["App"]);
    let moved = stage.put(&stage.dev, &format!("/api/folders/move/{app}"), json!(null)).await;
    assert_eq!(moved.json(), json!({ "code": 1, "message": "", "success": true }));
    assert_eq!(names(&stage, &stage.dev, "").await, ["Sales", "App"]);
    assert!(names(&stage, &stage.dev, &inside).await.is_empty());
    let back = format!("/api/folders/move/{app}?targetFolderId={sales}");
    assert_eq!(stage.put(&stage.dev, &back, json!(null)).await.code(), FINE);
    assert_eq!(names(&stage, &stage.dev, &inside).await, ["App"]);
    assert_eq!(stage.delete(&stage.dev, &format!("/api/folders/{sales}")).await.code(), FINE);
    assert_eq!(names(&stage, &stage.dev, "").await, ["App"]);
}

#[tokio::test]
async fn only_owners_move_applications() {
    let stage = stage().await;
    let sales = folder(&stage, "Sales", None).await;
    let app = stage.application(1, "App", json!({}));
    let path = format!("/api/folders/move/{app}?targetFolderId={sales}");
    let low = (403, 5308);
    stage.matrix("PUT", &path, &json!(null), [NOBODY, low, low, low, FINE, FINE]).await;
    stage.role("application", &app, "USER", &stage.member.id, "viewer");
    stage.role("application", &app, "USER", &stage.peer.id, "editor");
    stage.matrix("PUT", &path, &json!(null), [NOBODY, low, low, (401, 5001), FINE, FINE]).await;
    let gid = text(&record(&stage, "applications", "id", &app), "gid");
    let folder_gid = text(&record(&stage, "folders", "id", &sales), "gid");
    let by_gid = format!("/api/folders/move/{gid}?targetFolderId={folder_gid}");
    assert_eq!(stage.put(&stage.dev, &by_gid, json!(null)).await.code(), FINE);
    assert_eq!(record(&stage, "applications", "id", &app)["folderId"], json!(sales));
    let unknown = stage.put(&stage.dev, "/api/folders/move/0123456789abcdef01234567", json!(null)).await;
    assert_eq!(unknown.code(), (500, 5005));
    // the target is not looked at, and what is nowhere stands in the root
    let nowhere = format!("/api/folders/move/{app}?targetFolderId=nowhere");
    assert_eq!(stage.put(&stage.dev, &nowhere, json!(null)).await.code(), FINE);
    assert_eq!(record(&stage, "applications", "id", &app)["folderId"], "nowhere");
    assert_eq!(names(&stage, &stage.dev, "").await, ["Sales", "App"]);
}
