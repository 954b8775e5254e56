//! Forms and options: the documentation's own request, and everything around it.

use serde_json::{Value, json};

use super::support::{Answer, DEMO, ELINE, IRIS, Qore, library, sent, start};

const FORM: &str = "/api/resources/registrations/create";

async fn ask(qore: &Qore, path: &str, body: &Value) -> Answer {
    sent(qore.request(DEMO, "GET", path).header("Prefer", "return:minimal").json(body)).await
}

fn field(form: &Value, name: &str) -> Value {
    form["fields"].as_array().unwrap().iter().find(|one| one["name"] == name).cloned().unwrap_or_default()
}

#[tokio::test]
async fn the_options_of_an_issue_as_the_documentation_prints_them() {
    let qore = start().await;
    let body = json!({
        "initial_request": false, "field": "issue", "state": { "project": 1 }, "action": { "name": "reloadRelatedOptions" },
    });
    let printed = concat!(
        r#"{"issue":{"relatedOptions":[{"group":"Geen Milestone","disable":true},"#,
        r#"{"label":"Hello taak 1","description":"PTA.23.0001","value":1}]}}"#
    );
    assert_eq!(ask(&qore, FORM, &body).await.text, printed);
    let query = "initial_request=false&field=issue&state[project]=1&action[name]=reloadRelatedOptions";
    assert_eq!(qore.get(DEMO, &format!("{FORM}?{query}")).await.text, printed);
    // A key may be a text, as forms send it.
    let text = json!({ "field": "issue", "state": { "project": "1" }, "action": { "name": "reloadRelatedOptions" } });
    assert_eq!(ask(&qore, FORM, &text).await.text, printed);
}

#[tokio::test]
async fn options_follow_the_state_of_the_form() {
    let qore = start().await;
    let labels = |answer: &Answer, name: &str| -> Vec<String> {
        let options = answer.ok()[name]["relatedOptions"].as_array().unwrap().clone();
        options
            .iter()
            .map(|one| one["label"].as_str().or(one["group"].as_str()).unwrap().to_owned())
            .collect()
    };
    let reload = |state: Value| json!({ "field": "issue", "state": state, "action": { "name": "reloadRelatedOptions" } });
    let second = ask(&qore, FORM, &reload(json!({ "project": 2 }))).await;
    let expected = ["Geen Milestone", "Overleg met de molenaar", "Oplevering", "Ontwerp van de homepage"];
    assert_eq!(labels(&second, "issue"), expected);
    let all = [
        "Geen Milestone",
        "Hello taak 1",
        "Overleg met de molenaar",
        "Oplevering",
        "Ontwerp van de homepage",
    ];
    // Nothing chosen is no wish.
    for state in [json!({}), json!({ "project": null }), Value::Null, json!([])] {
        assert_eq!(labels(&ask(&qore, FORM, &reload(state)).await, "issue"), all);
    }
    assert_eq!(
        labels(&ask(&qore, FORM, &reload(json!({ "project": 77 }))).await, "issue"),
        Vec::<String>::new()
    );
    // The edit form begins with the record's own project, and what is sent goes over it.
    let edit = "/api/resources/registrations/1/edit";
    assert_eq!(
        labels(&ask(&qore, edit, &reload(json!({}))).await, "issue"),
        ["Geen Milestone", "Hello taak 1"]
    );
    assert_eq!(labels(&ask(&qore, edit, &reload(json!({ "project": "2" }))).await, "issue"), expected);
}

#[tokio::test]
async fn what_a_form_cannot_be_asked() {
    let qore = start().await;
    for (body, broken) in [
        (json!({ "field": "nope", "action": { "name": "reloadRelatedOptions" } }), "field"),
        (json!({ "field": "name", "action": { "name": "reloadRelatedOptions" } }), "field"),
        (json!({ "action": { "name": "reloadRelatedOptions" } }), "field"),
        (json!({ "field": "issue", "action": { "name": "explode" } }), "action.name"),
        (json!({ "field": "nope" }), "field"),
        (json!({ "state": 5 }), "state"),
        (json!({ "initial_request": "perhaps" }), "initial_request"),
    ] {
        assert_eq!(ask(&qore, FORM, &body).await.broken(), [broken], "{body}");
    }
}

#[tokio::test]
async fn a_form_for_a_new_record() {
    let qore = start().await;
    let form = qore.get(ELINE, FORM).await.ok();
    let names: Vec<_> = form["fields"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    let expected = [
        "name",
        "date",
        "hours",
        "organization",
        "project",
        "issue",
        "user",
        "billable",
        "note",
        "attachment",
    ];
    assert_eq!(names, expected, "what only actions set is not asked for");
    let hours = json!({
        "name": "hours", "label": "Uren", "component": "NumberField",
        "rules": ["required", "decimal:0,2", "min:0.25", "max:24"],
    });
    assert_eq!(field(&form, "hours"), hours);
    assert_eq!(field(&form, "date")["default"], "2026-01-01");
    assert_eq!(field(&form, "user")["default"], 2, "the caller");
    assert_eq!(field(&form, "billable")["default"], true);
    assert_eq!(field(&form, "organization")["rules"], json!(["nullable", "exists:organizations,id"]));
    assert_eq!(
        field(&form, "attachment")["rules"],
        json!(["nullable", "file", "max:4096", "mimes:pdf,png,jpg,txt"])
    );
    assert_eq!(field(&form, "organization")["options"][1], json!({ "label": "De Molen", "value": 2 }));
    let user = qore.get(DEMO, "/api/resources/users/create").await.ok();
    assert_eq!(field(&user, "email")["rules"], json!(["required", "email", "max:255", "unique"]));
    assert_eq!(field(&user, "role")["rules"], json!(["nullable", "in:admin,employee"]));
    assert_eq!(field(&user, "role")["default"], "employee");
    assert_eq!(field(&qore.get(DEMO, "/api/resources/issues/create").await.ok(), "number"), Value::Null);
    let minimal = ask(&qore, FORM, &json!({ "state": { "name": "Bijna klaar" } })).await.ok();
    assert_eq!(field(&minimal, "name"), json!({ "name": "name", "value": "Bijna klaar" }));
    assert_eq!(field(&minimal, "date"), json!({ "name": "date", "default": "2026-01-01" }));
}

#[tokio::test]
async fn the_form_of_a_record() {
    let qore = start().await;
    let path = "/api/resources/registrations/2/edit";
    let form = qore.get(DEMO, path).await.ok();
    assert_eq!(
        (&field(&form, "name")["value"], &field(&form, "issue")["value"]),
        (&json!("Overleg"), &json!(3))
    );
    assert!(field(&form, "date").get("default").is_none(), "defaults are for new records");
    let changed = ask(&qore, path, &json!({ "state": { "name": "Anders", "project": 1 } })).await.ok();
    assert_eq!(
        (&field(&changed, "name")["value"], &field(&changed, "hours")["value"]),
        (&json!("Anders"), &json!(1.5))
    );
    assert_eq!(field(&changed, "issue")["options"][1]["label"], "Hello taak 1");
    let user = qore.get(DEMO, "/api/resources/users/1/edit").await.ok();
    assert!(field(&user, "password").get("value").is_none());
}

#[tokio::test]
async fn the_options_of_fields() {
    let qore = start().await;
    let get = |path: &'static str| qore.get(DEMO, path);
    let roles =
        json!([{ "label": "Beheerder", "value": "admin" }, { "label": "Medewerker", "value": "employee" }]);
    assert_eq!(get("/api/resources/users/field/role/options").await.ok(), roles);
    let tenants = json!([{ "label": "Kantoor", "value": 1 }, { "label": "Buitendienst", "value": 2 }]);
    assert_eq!(get("/api/resources/users/field/tenants/options").await.ok(), tenants);
    let issues = get("/api/resources/registrations/field/issue/options").await.ok();
    assert_eq!(issues.as_array().unwrap().len(), 5, "whatever the project, under two headings: {issues}");
    for path in [
        "/api/resources/users/field/name/options",
        "/api/resources/users/field/nope/options",
        "/api/resources/tenants/field/users/options",
    ] {
        assert_eq!(get(path).await.status, 404, "{path}");
    }
    // Under the names of a select's options, in their order.
    let books = library().await.get(IRIS, "/api/resources/loans/field/book/options").await.ok();
    let expected = json!([
        { "group": "Hall A", "disable": true },
        { "label": "Awater (1934)", "value": "0d9f6c2e-5b1a-4f64-9d3c-7a1f0f3f5b10" },
        { "group": "Depot", "disable": true },
        { "label": "The Road to Oxiana (1937)", "value": "6f1d7a54-93c0-4b8e-8f0e-2f4f1f6c9a21" },
    ]);
    assert_eq!(books, expected);
}
