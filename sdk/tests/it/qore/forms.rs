//! Forms and options: what depends on what.

use serde::Serialize;
use serde_json::{Value, json};
use tercet_sdk::qore::{FieldOption, Key, Options};

use super::{client, last, ok};
use crate::support::answering;

/// As the page shows them.
fn lines() -> Value {
    json!([
        { "group": "Geen Milestone", "disable": true },
        { "label": "Hello taak 1", "description": "PTA.23.0001", "value": 1 },
    ])
}

#[tokio::test]
async fn options_depend_on_what_is_in_the_form() {
    let server = answering(ok(&json!({ "issue": { "relatedOptions": lines() } }))).await;
    let registrations = client(&server).resource("registrations");
    let options = registrations.form().given("project", 1).options("issue").await.unwrap().into_inner();
    let request = last(&server).await;
    assert_eq!(
        (request.line.as_str(), request.prefer.as_deref()),
        ("GET /api/resources/registrations/create", Some("return:minimal"))
    );
    assert_eq!(
        request.body,
        json!({ "initial_request": false, "field": "issue", "state": { "project": 1 }, "action": { "name": "reloadRelatedOptions" } })
    );
    let choice = options.choices().next().unwrap();
    assert_eq!(
        (choice.value.as_i64(), choice.label.as_str(), choice.description.as_deref()),
        (Some(1), "Hello taak 1", Some("PTA.23.0001"))
    );
    let groups = options.groups();
    assert_eq!(
        (groups.len(), groups[0].heading.unwrap().label.as_str(), groups[0].choices.len()),
        (1, "Geen Milestone", 1)
    );
    assert_eq!(serde_json::to_value(options.into_inner()).unwrap(), lines());

    #[derive(Serialize)]
    struct State {
        project: i64,
        billable: bool,
    }
    let form =
        registrations.clone().in_query().form_of("b5c1").given_all(&State { project: 2, billable: true });
    form.options("issue").await.unwrap();
    let request = last(&server).await;
    assert_eq!(request.line, "GET /api/resources/registrations/b5c1/edit");
    let pairs: Vec<String> = request.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(
        pairs,
        [
            "initial_request=0",
            "field=issue",
            "state[project]=2",
            "state[billable]=1",
            "action[name]=reloadRelatedOptions"
        ]
    );
}

#[tokio::test]
async fn options_are_found_wherever_they_are() {
    let related = json!({ "relatedOptions": lines() });
    for body in [
        json!({ "issue": related }),
        json!({ "data": { "project": { "relatedOptions": [] }, "issue": related } }),
        json!({ "form": { "fields": { "issue": related } } }),
        json!({ "fields": [{ "name": "project" }, { "name": "issue", "relatedOptions": lines() }] }),
        // PHP's list with gaps.
        json!({ "issue": { "relatedOptions": { "10": lines()[1], "3": lines()[0] } } }),
    ] {
        let server = answering(ok(&body)).await;
        let options = client(&server).resource("registrations").form().options("issue").await.unwrap();
        assert!(matches!(options[..], [FieldOption::Heading(_), FieldOption::Choice(_)]), "{body}");
    }
    for body in [
        json!({}),
        json!({ "issue": [] }),
        json!({ "project": related }),
        json!(null),
        json!({ "issue": { "relatedOptions": 1 } }),
    ] {
        let server = answering(ok(&body)).await;
        let error = client(&server).resource("registrations").form().options("issue").await.unwrap_err();
        assert!(error.to_string().contains("a body that cannot be read"), "{body}: {error}");
    }
}

#[tokio::test]
async fn options_of_a_field_are_grouped_or_not() {
    let plain = json!([
        { "value": "a", "label": "A" },
        { "group": "First" },
        { "value": 1, "label": 2023, "colour": "red" },
        { "value": 2 },
        { "group": "Second", "disable": true },
        { "odd": true },
    ]);
    for body in [plain.clone(), json!({ "data": plain }), json!({ "options": plain })] {
        let server = answering(ok(&body)).await;
        let options: Options =
            client(&server).resource("registrations").options("issue").await.unwrap().into_inner();
        assert_eq!(last(&server).await.line, "GET /api/resources/registrations/field/issue/options");
        let groups: Vec<(Option<&str>, Vec<&Key>)> = options
            .groups()
            .into_iter()
            .map(|group| {
                (
                    group.heading.map(|heading| heading.label.as_str()),
                    group.choices.iter().map(|one| &one.value).collect(),
                )
            })
            .collect();
        let (a, one, two) = (Key::from("a"), Key::from(1), Key::from(2));
        assert_eq!(groups, [(None, vec![&a]), (Some("First"), vec![&one, &two]), (Some("Second"), vec![])]);
        let labels: Vec<&str> = options.choices().map(|one| one.label.as_str()).collect();
        assert_eq!(labels, ["A", "2023", ""]);
        assert_eq!(options[5], FieldOption::Unknown(json!({ "odd": true })));
        assert_eq!(options.len(), 6);
    }
}

#[tokio::test]
async fn a_form_tells_its_fields() {
    let fields = json!([
        { "name": "name", "label": "Naam", "component": "TextField", "rules": ["required", "max:255"], "default": null },
        { "name": "project", "component": "BelongsToField", "options": lines(), "rules": "required" },
    ]);
    for body in [json!({ "fields": fields, "steps": 1 }), json!({ "data": { "fields": fields, "steps": 1 } })]
    {
        let server = answering(ok(&body)).await;
        let form = client(&server).resource("registrations").form().show().await.unwrap().into_inner();
        let request = last(&server).await;
        assert_eq!(
            (request.line.as_str(), request.prefer, request.text.as_str()),
            ("GET /api/resources/registrations/create", None, "")
        );
        let fields = form.fields.unwrap();
        assert_eq!(fields[0].rules.as_deref().unwrap(), ["required", "max:255"]);
        assert_eq!(
            (fields[1].options.as_ref().unwrap().len(), &fields[1].extra["rules"]),
            (2, &json!("required"))
        );
        assert_eq!(form.extra["steps"], 1);
    }
    let server = answering(ok(&json!({ "fields": [] }))).await;
    client(&server).resource("registrations").form_of(5).given("project", 2).show().await.unwrap();
    let request = last(&server).await;
    assert_eq!(
        (request.line.as_str(), request.body),
        ("GET /api/resources/registrations/5/edit", json!({ "state": { "project": 2 } }))
    );
}
