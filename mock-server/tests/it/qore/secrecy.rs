//! What somebody may not view reaches him by no road: forms, answers, logs, titles, lists of keys.

use serde_json::{Value, json};

use super::support::{Qore, application};

const DOCTOR: &str = "1|dddddddddddddddddddddddddddddddddddddddd";
const GUEST: &str = "2|gggggggggggggggggggggggggggggggggggggggg";

async fn ward() -> Qore {
    application(include_str!("applications/ward.yaml")).await
}

impl Qore {
    async fn told(&self, token: &str, path: &str) -> Value {
        self.get(token, &format!("/api/resources/{path}")).await.ok()
    }

    async fn sent(&self, token: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
        let answer = self.call(token, method, &format!("/api/resources/{path}"), body).await;
        (answer.status, answer.json())
    }
}

#[tokio::test]
async fn a_record_that_one_may_not_view_is_told_by_no_endpoint() {
    let ward = ward().await;
    for (method, path, body) in [
        ("GET", "patients/1", Value::Null),
        ("GET", "patients/1/edit", Value::Null),
        ("GET", "patients/1/edit?field=friends&action[name]=reloadRelatedOptions", Value::Null),
        ("GET", "patients/logs/1", Value::Null),
        ("PUT", "patients/1", json!({ "name": "x" })),
        ("PUT", "patients/1/inline/name", json!({ "name": "x" })),
        ("POST", "patients/1", json!({ "_method": "PUT", "name": "x" })),
        ("POST", "patients/actions/close/1", json!({})),
        ("POST", "patients/actions/delete_resource/1", json!({})),
    ] {
        let path = format!("/api/resources/{path}");
        let refused = ward.call(GUEST, method, &path, body).await;
        assert_eq!(refused.status, 403, "{method} {path}: {refused:?}");
        assert!(!refused.text.contains("Vip"), "{refused:?}");
    }
    assert_eq!(ward.told(DOCTOR, "patients/1/edit").await["fields"][0]["value"], "Vip");
}

#[tokio::test]
async fn what_one_has_made_invisible_is_answered_by_its_key_alone() {
    let ward = ward().await;
    let (status, body) =
        ward.sent(GUEST, "PUT", "patients/3", json!({ "name": "Otto", "open": false })).await;
    assert_eq!((status, &body["data"]["id"]), (200, &json!(3)));
    assert_eq!(body["data"].get("name"), None, "{body}");
    let (status, body) = ward.sent(GUEST, "POST", "patients", json!({ "name": "New" })).await;
    assert_eq!((status, body["data"].get("name")), (201, None), "{body}");
    let (_, body) = ward.sent(GUEST, "POST", "patients", json!({ "name": "New", "open": true })).await;
    assert_eq!(body["data"]["name"], "New");
}

#[tokio::test]
async fn the_log_of_a_deleted_record_is_for_those_who_could_view_it() {
    let ward = ward().await;
    for id in [1, 3] {
        let path = format!("patients/{id}");
        ward.sent(DOCTOR, "PUT", &path, json!({ "name": "Renamed", "open": id == 3 })).await;
        ward.sent(DOCTOR, "POST", &format!("patients/actions/delete_resource/{id}"), json!({})).await;
    }
    assert_eq!(ward.get(GUEST, "/api/resources/patients/logs/1").await.status, 403);
    assert_eq!(ward.get(DOCTOR, "/api/resources/patients/logs/1").await.status, 200);
    let told = ward.told(GUEST, "patients/logs/3").await;
    assert_eq!(told["data"][0]["description"], "deleted");
    assert_eq!(told["data"][0].get("was"), None, "{told}");
}

#[tokio::test]
async fn a_field_that_the_page_hides_is_in_no_answer_and_no_log() {
    let ward = ward().await;
    let body = json!({ "name": "Olga B", "open": true, "note": "hush" });
    for (method, path, body) in [
        ("PUT", "patients/2", body.clone()),
        ("PUT", "patients/2/inline/note", json!({ "note": "hush hush" })),
        ("POST", "patients", body),
    ] {
        let (status, answer) = ward.sent(DOCTOR, method, path, body).await;
        assert!(status < 300 && answer["data"]["id"].is_number(), "{answer}");
        assert!(!answer.to_string().contains("hush"), "{method} {path}: {answer}");
    }
    let log = ward.told(DOCTOR, "patients/logs/2").await;
    assert!(!log.to_string().contains("note") && !log.to_string().contains("hush"), "{log}");
    assert!(log["data"].as_array().unwrap().iter().any(|entry| entry["field"] == "name"), "{log}");
    assert!(!ward.get(DOCTOR, "/api/me").await.text.contains("pin of"));
    // It was stored, and the form shows it.
    assert!(ward.told(DOCTOR, "patients/2/edit").await.to_string().contains("hush hush"));
}

#[tokio::test]
async fn titles_leave_out_what_one_may_not_view() {
    let ward = ward().await;
    for (token, title, second, of) in
        [(DOCTOR, "Vip on 2024-03-03", "Vip", json!("of Vip")), (GUEST, " on 2024-03-03", "", json!("of "))]
    {
        assert_eq!(ward.told(token, "visits/1").await["title"], title);
        let option = &ward.told(token, "invoices/field/visit/options").await[0];
        assert_eq!((&option["label"], &option["description"]), (&json!(title), &of));
        let found = ward.get(token, "/api/global-search?query=2024-03-03").await.ok();
        let result = &found[0]["results"][0];
        assert_eq!((&result["title"], &result["description"]), (&json!(title), &json!(second)));
        let with = if token == DOCTOR { "with Vip, Otto" } else { "with Otto" };
        let found = ward.get(token, "/api/global-search?query=Olga").await.ok();
        assert_eq!(found[0]["results"][0]["description"], with);
    }
    // What the server has made of it is the visit's own.
    assert_eq!(ward.told(GUEST, "visits/1").await["data"]["number"], "Vip-1");
}

#[tokio::test]
async fn several_related_records_are_those_that_one_may_view() {
    let ward = ward().await;
    for (token, visits, friends, names) in [
        (DOCTOR, json!([2, 3]), json!([1, 3]), json!(["Vip", "Otto"])),
        (GUEST, json!([2]), json!([3]), json!(["Otto"])),
    ] {
        let olga = ward.told(token, "patients/2").await;
        assert_eq!((&olga["data"]["visits"], &olga["data"]["friends"]), (&visits, &friends));
        assert_eq!(olga["fields"][3]["name"], "visits", "{olga}");
        assert_eq!(olga["fields"][2]["display"], names);
        let rows = ward.told(token, "patients/table/patients?sort_column=name").await;
        let row = rows["data"].as_array().unwrap().iter().find(|row| row["id"] == 2).unwrap();
        assert_eq!((&row["visits"], &row["display"]["friends"]), (&visits, &names));
    }
    // Nor are they found by their keys.
    let found = |token| ward.told(token, "patients/table/patients?search_columns[visits][]=3");
    assert_eq!(found(DOCTOR).await["total"], 1);
    assert_eq!(found(GUEST).await["total"], 0);
    // One record's key stays what the record says.
    assert_eq!(ward.told(GUEST, "visits/1").await["data"]["patient"], 1);
}

#[tokio::test]
async fn relations_that_one_may_not_view_can_be_kept_but_not_chosen() {
    let ward = ward().await;
    let chosen = |friends: Value| json!({ "name": "Olga", "open": true, "friends": friends });
    let refused = ward.call(GUEST, "POST", "/api/resources/patients", chosen(json!([3, 1]))).await;
    assert_eq!(refused.broken(), ["friends.1"]);
    let refused = ward.call(GUEST, "POST", "/api/resources/visits", json!({ "patient": 1 })).await;
    assert_eq!(refused.json()["errors"], json!({ "patient": ["The selected patient is invalid."] }));
    assert_eq!(ward.sent(DOCTOR, "POST", "visits", json!({ "patient": 1 })).await.0, 201);
    // What was read can be sent back, and what was not shown is not let go.
    let visit = ward.told(GUEST, "visits/1").await["data"].clone();
    assert_eq!(ward.sent(GUEST, "PUT", "visits/1", visit).await.0, 200);
    for (friends, left) in [(json!([3]), json!([1, 3])), (json!([]), json!([1])), (json!([3]), json!([3, 1]))]
    {
        assert_eq!(ward.sent(GUEST, "PUT", "patients/2", chosen(friends.clone())).await.0, 200);
        let mut now = ward.told(DOCTOR, "patients/2").await["data"]["friends"].clone();
        let (now, mut left) = (now.as_array_mut().unwrap(), left.as_array().unwrap().clone());
        now.sort_by_key(Value::as_u64);
        left.sort_by_key(Value::as_u64);
        assert_eq!(now, &left, "{friends}");
    }
    // The doctor, who sees all, lets go of all.
    ward.sent(DOCTOR, "PUT", "patients/2", chosen(json!([]))).await;
    assert_eq!(ward.told(DOCTOR, "patients/2").await["data"]["friends"], json!([]));
    // The log tells the guest of Otto only.
    let with = |log: Value| -> Vec<Value> {
        let links = log["data"].as_array().unwrap().iter().filter(|entry| entry["field"] == "friends");
        links.map(|entry| entry["value_old"].clone()).filter(|old| !old.is_null()).collect()
    };
    assert_eq!(with(ward.told(GUEST, "patients/logs/2").await), [3, 3]);
    assert!(with(ward.told(DOCTOR, "patients/logs/2").await).contains(&json!(1)));
}
