//! Who sees what: rows, records, names of related records, pages that are switched off.

use serde_json::{Value, json};

use super::support::{DEMO, ELINE, IRIS, NOOR, Qore, application, library, start};

const ANN: &str = "1|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const BEN: &str = "2|bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const CEM: &str = "3|cccccccccccccccccccccccccccccccccccccccc";

async fn diary() -> Qore {
    application(include_str!("applications/diary.yaml")).await
}

async fn rows(diary: &Qore, token: &str, table: &str) -> (Value, Value) {
    let page = diary.get(token, &format!("/api/resources/{table}")).await.ok();
    (page["data"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect(), page["total"].clone())
}

#[tokio::test]
async fn rows_that_one_may_not_see_are_left_out_and_not_counted() {
    let diary = diary().await;
    assert_eq!(rows(&diary, ANN, "entries/table/entries?per_page=9").await, (json!([1, 2, 3, 4]), json!(4)));
    assert_eq!(rows(&diary, BEN, "entries/table/entries?per_page=9").await, (json!([2, 3, 4]), json!(3)));
    assert_eq!(rows(&diary, CEM, "entries/table/entries").await, (json!([3, 4]), json!(2)));
    assert_eq!(rows(&diary, BEN, "entries/table/entries?page=2").await, (json!([4]), json!(3)));
    assert_eq!(diary.get(BEN, "/api/resources/entries/1").await.status, 403);
    assert_eq!(diary.get(BEN, "/api/resources/entries/2").await.status, 200);
    assert_eq!(diary.get(CEM, "/api/resources/entries/2").await.status, 403);
}

#[tokio::test]
async fn a_related_record_that_one_may_not_see_has_no_name() {
    let diary = diary().await;
    let comments = diary.get(CEM, "/api/resources/comments/table/comments").await.ok();
    assert_eq!(comments["data"][0]["display"]["entry"], Value::Null);
    assert_eq!(comments["data"][1]["display"]["entry"], "Gamma");
    // Nor is it found by its name.
    let by_name = "comments/table/comments?search_columns[entry]=alpha";
    assert_eq!(rows(&diary, CEM, by_name).await.0, json!([]));
    assert_eq!(rows(&diary, ANN, by_name).await.0, json!([1]));
    let options = diary.get(CEM, "/api/resources/comments/field/entry/options").await.ok();
    assert_eq!(options, json!([{ "label": "Gamma", "value": 3 }, { "label": "Delta", "value": 4 }]));
}

#[tokio::test]
async fn what_is_hidden_is_in_no_answer() {
    let diary = diary().await;
    for path in ["entries/table/entries", "entries/1"] {
        let text = diary.get(ANN, &format!("/api/resources/{path}")).await.text;
        assert!(!text.contains("draft") && !text.contains("secret words"), "{path}: {text}");
    }
    // The form shows it.
    assert!(diary.get(ANN, "/api/resources/entries/1/edit").await.text.contains("secret words"));
    for path in [
        "/api/me",
        "/api/resources/people/1",
        "/api/resources/people/1/edit",
        "/api/resources/people/table/people",
    ] {
        assert!(!diary.get(ANN, path).await.text.contains("ann's own"), "{path}");
    }
}

#[tokio::test]
async fn pages_that_are_switched_off_and_permissions_that_nobody_has() {
    let diary = diary().await;
    for path in ["secrets/table/secrets", "secrets/1", "secrets/1/edit"] {
        assert_eq!(diary.get(ANN, &format!("/api/resources/{path}")).await.status, 403, "{path}");
    }
    assert_eq!(diary.get(ANN, "/api/resources/secrets/create").await.status, 200);
    assert_eq!(diary.get(CEM, "/api/resources/entries/create").await.status, 403);
    assert_eq!(diary.get(BEN, "/api/resources/entries/create").await.status, 200);
    assert_eq!(diary.get(BEN, "/api/resources/entries/1/edit").await.status, 403);
    assert_eq!(diary.get(BEN, "/api/resources/entries/2/edit").await.status, 200);
    let refused = library().await.get(IRIS, "/api/resources/genres/create").await;
    assert_eq!((refused.status, refused.json()), (403, json!({ "message": "This action is unauthorized." })));
    assert_eq!(
        start().await.get(ELINE, "/api/resources/registrations/2/edit").await.status,
        403,
        "it is approved"
    );
    // Clerks see who works there, but make nobody.
    let library = library().await;
    assert_eq!(library.get(NOOR, "/api/resources/staff/table/staff").await.status, 200);
    assert_eq!(library.get(NOOR, "/api/resources/staff/create").await.status, 403);
}

#[tokio::test]
async fn actions_are_listed_for_those_who_may_run_them_now() {
    let diary = diary().await;
    let names = |answer: Value| -> Vec<Value> {
        answer["actions"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect()
    };
    assert_eq!(names(diary.get(BEN, "/api/resources/entries/2").await.ok()), ["publish"]);
    assert_eq!(names(diary.get(BEN, "/api/resources/entries/3").await.ok()), Vec::<Value>::new());
    assert_eq!(names(diary.get(ANN, "/api/resources/entries/2").await.ok()), Vec::<Value>::new());
    assert_eq!(names(diary.get(ANN, "/api/resources/people/2").await.ok()), ["delete_resource"]);
    assert_eq!(names(diary.get(BEN, "/api/resources/people/2").await.ok()), Vec::<Value>::new());
}

#[tokio::test]
async fn the_search_finds_only_what_one_may_see() {
    let diary = diary().await;
    let found = |answer: Value| -> Vec<Value> {
        let groups = answer.as_array().unwrap().iter();
        groups
            .flat_map(|group| group["results"].as_array().unwrap().clone())
            .map(|one| one["title"].clone())
            .collect()
    };
    assert_eq!(
        found(diary.get(ANN, "/api/global-search?query=ALPHA").await.ok()),
        ["Alpha", "Alpha and omega"]
    );
    assert_eq!(found(diary.get(BEN, "/api/global-search?query=ALPHA").await.ok()), Vec::<Value>::new());
    let secret = diary.get(ANN, "/api/global-search?query=omega").await.ok();
    assert!(secret[0]["results"][0].get("url").is_none(), "there is no page to lead to: {secret}");
}

#[tokio::test]
async fn an_account_that_is_gone_lets_nobody_in() {
    let qore = start().await;
    // Its tokens went with it.
    assert_eq!(qore.get(ELINE, "/api/me").await.status, 200);
    let gone = qore.call(DEMO, "POST", "/api/resources/users/actions/delete_resource/2", Value::Null).await;
    assert_eq!(gone.status, 200, "{gone:?}");
    for path in ["/api/me", "/api/endpoints", "/api/resources/users/1", "/api/global-search?query=e"] {
        assert_eq!(qore.get(ELINE, path).await.status, 401, "{path}");
    }
    // So is a token of nobody, which only a state from elsewhere can have.
    let mut state = qore.get("", "/_mock/state").await.ok();
    state["collections"]["api_tokens"][0]["user"] = Value::Null;
    assert!(qore.call("", "PUT", "/_mock/state", state).await.status < 300);
    assert_eq!(qore.get(DEMO, "/api/me").await.status, 401);
}
