//! Records: what is sent, and what comes back as structs of the caller's own.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tercet_sdk::Failure;
use tercet_sdk::qore::{Key, Record, Refusal};
use wiremock::ResponseTemplate;

use super::{client, invalid, last, ok, sent};
use crate::support::{answering, answering_in_turn, requests};

#[derive(Debug, PartialEq, Deserialize)]
struct User {
    name: String,
    tenants: Vec<i64>,
}

#[derive(Serialize)]
struct NewUser<'a> {
    name: &'a str,
    email: &'a str,
    tenants: &'a [i64],
}

const NEW: NewUser<'static> = NewUser { name: "Name", email: "example@qlic.nl", tenants: &[1] };

fn user() -> Value {
    json!({ "id": 5, "name": "Name", "email": "example@qlic.nl", "tenants": [1], "created_at": "2023-01-05T10:00:00.000000Z" })
}

fn data() -> Value {
    json!({ "data": user() })
}

#[tokio::test]
async fn a_record_is_a_struct_a_map_or_both() {
    let server = answering(ok(&data())).await;
    let users = client(&server).resource("users");
    let expected = User { name: "Name".to_owned(), tenants: vec![1] };
    assert_eq!(users.show::<User>(5).await.unwrap().into_inner(), expected);
    let record = users.show::<Record<User>>(5).await.unwrap().into_inner();
    assert_eq!((record.id, record.fields), (Key::from(5), expected));
    assert_eq!(users.show::<Record>(5).await.unwrap().fields["email"], "example@qlic.nl");
    assert_eq!(users.show::<Map<String, Value>>(5).await.unwrap()["id"], 5);

    let request = last(&server).await;
    assert_eq!(request.line, "GET /api/resources/users/5");
    assert_eq!(
        (request.prefer.as_deref(), request.content_type, request.text.as_str()),
        (Some("return:minimal"), None, "")
    );
    assert_eq!(requests(&server).await[0].headers["authorization"], format!("Bearer {}", super::TOKEN));
    assert_eq!(requests(&server).await[0].headers["accept"], "application/json");
}

#[tokio::test]
async fn a_record_comes_with_what_is_shown_beside_it() {
    let full = json!({
        "id": 5, "title": "Users #5", "data": user(), "breadcrumbs": ["a"],
        "fields": [{ "name": "name", "label": "Naam", "component": "TextField", "value": "Name" }, { "name": "tenants", "label": 7 }],
        "actions": [{ "name": "delete_resource", "label": "Verwijderen" }],
    });
    let server =
        answering_in_turn(vec![ok(&full), ok(&user()), ok(&json!({ "data": user(), "actions": "none" }))])
            .await;
    let users = client(&server).resource("users");
    let detail = users.detail::<User>(5).await.unwrap().into_inner();
    assert_eq!(last(&server).await.prefer, None);
    assert_eq!((detail.title.as_deref(), detail.record.name.as_str()), (Some("Users #5"), "Name"));
    let fields = detail.fields.unwrap();
    assert_eq!((fields[0].label.as_deref(), fields[1].label.as_deref()), (Some("Naam"), None));
    assert_eq!(fields[1].extra["label"], 7);
    assert_eq!(detail.actions.unwrap()[0].name.as_deref(), Some("delete_resource"));
    assert_eq!(detail.extra["breadcrumbs"], json!(["a"]));

    // Bare, and with something else where the actions should be.
    let bare = users.detail::<Record<User>>(5).await.unwrap().into_inner();
    assert_eq!((bare.record.id, bare.fields.is_none(), bare.actions.is_none()), (Key::from(5), true, true));
    let odd = users.detail::<User>(5).await.unwrap().into_inner();
    assert_eq!((odd.actions, odd.extra["actions"].as_str()), (None, Some("none")));
}

#[tokio::test]
async fn records_are_made_and_changed() {
    let server = answering(ResponseTemplate::new(201).set_body_json(data())).await;
    let users = client(&server).resource("users");
    let made = users.create::<Record<User>>(&NEW).await.unwrap().into_inner();
    let request = last(&server).await;
    assert_eq!((made.id, request.line.as_str()), (Key::from(5), "POST /api/resources/users"));
    assert_eq!(request.body, json!({ "name": "Name", "email": "example@qlic.nl", "tenants": [1] }));
    assert_eq!(request.content_type.as_deref(), Some("application/json"));

    users.update::<Record>(5, &NEW).await.unwrap();
    let request = last(&server).await;
    assert_eq!(
        (request.line.as_str(), &request.body["email"]),
        ("PUT /api/resources/users/5", &json!("example@qlic.nl"))
    );

    users.update_field::<Record>(5, "name", "New name").await.unwrap();
    let request = last(&server).await;
    assert_eq!(request.line, "PUT /api/resources/users/5/inline/name");
    assert_eq!(request.body, json!({ "name": "New name" }));
    users.update_field::<Record>(5, "tenants", [1, 2]).await.unwrap();
    assert_eq!(last(&server).await.body, json!({ "tenants": [1, 2] }));
    users.update_field::<Record>(5, "organization", None::<i64>).await.unwrap();
    assert_eq!(last(&server).await.body, json!({ "organization": null }));
}

#[tokio::test]
async fn any_success_will_do() {
    for answer in [
        ok(&data()),
        ok(&user()),
        ResponseTemplate::new(201).set_body_json(user()),
        ResponseTemplate::new(202).set_body_json(data()),
    ] {
        let server = answering(answer).await;
        assert_eq!(client(&server).resource("users").create::<Record>(&NEW).await.unwrap().id, 5);
    }
    let server = answering(ResponseTemplate::new(204)).await;
    let users = client(&server).resource("users");
    users.update::<IgnoredAny>(5, &NEW).await.unwrap();
    users.create::<Option<Record>>(&NEW).await.unwrap();
    users.delete(5).await.unwrap();
    // Who wants a record is told that there is none.
    assert!(matches!(users.create::<Record>(&NEW).await.unwrap_err().failure(), Failure::Unreadable(_)));
}

#[tokio::test]
async fn deleting_is_an_action_and_actions_have_forms() {
    let server = answering(ok(&json!({ "message": "Gedaan", "redirect": "/users" }))).await;
    let users = client(&server).resource("users");
    let done = users.delete(5).await.unwrap();
    assert_eq!((done.message.as_deref(), &done.extra["redirect"]), (Some("Gedaan"), &json!("/users")));
    let request = last(&server).await;
    assert_eq!(
        (request.line.as_str(), request.text.as_str()),
        ("POST /api/resources/users/actions/delete_resource/5", "")
    );

    users.action("invite").form(&json!({ "message": "Hello" })).run("a-b-c").await.unwrap();
    let request = last(&server).await;
    assert_eq!(request.line, "POST /api/resources/users/actions/invite/a-b-c");
    assert_eq!(request.body, json!({ "message": "Hello" }));

    #[derive(Deserialize)]
    struct Invited {
        redirect: String,
    }
    assert_eq!(users.action("invite").run_as::<Invited>(5).await.unwrap().redirect, "/users");

    // Nothing, a bare text, and something else are answers, too.
    for (answer, message) in [
        (ResponseTemplate::new(200), None),
        (ok(&json!("Gedaan")), Some("Gedaan")),
        (ok(&json!({ "message": { "nl": "Gedaan" } })), None),
        (ok(&json!([])), None),
    ] {
        let server = answering(answer).await;
        assert_eq!(client(&server).resource("users").delete(5).await.unwrap().message.as_deref(), message);
    }
}

#[tokio::test]
async fn what_could_take_effect_twice_is_sent_once() {
    let unavailable = || ResponseTemplate::new(503);
    let server = answering(unavailable()).await;
    let users = client(&server).resource("users");
    users.create::<Record>(&NEW).await.unwrap_err();
    users.delete(5).await.unwrap_err();
    users.action("invite").run(5).await.unwrap_err();
    assert_eq!(requests(&server).await.len(), 3);
    users.update::<Record>(5, &NEW).await.unwrap_err();
    assert_eq!(requests(&server).await.len(), 6);

    let throttled = ResponseTemplate::new(429)
        .insert_header("retry-after", "0")
        .set_body_json(json!({ "message": "Too Many Attempts." }));
    let server = answering_in_turn(vec![throttled.clone(), throttled, ok(&data())]).await;
    let shown = client(&server).resource("users").show::<Record>(5).await.unwrap();
    assert_eq!(shown.attempts(), 3);
}

#[tokio::test]
async fn what_is_wrong_is_told_by_field() {
    let server = answering(invalid()).await;
    let error = client(&server).resource("users").create::<Record>(&NEW).await.unwrap_err();
    assert!(error.is_invalid() && !error.is_not_found(), "{error}");
    assert_eq!(error.violations().of("name"), ["The name field is required."]);
    assert_eq!(
        error.violations().within("tenants").map(|(field, _)| field).collect::<Vec<_>>(),
        ["tenants.0"]
    );
    assert_eq!(error.declared().unwrap().message, "The name field is required. (and 1 more error)");
    // The generated calls have other types, and the same words.
    let error = client(&server).create_record("users").await.unwrap_err();
    assert_eq!(Refusal::of(&error).unwrap().violations.of("name").len(), 1);
}

#[tokio::test]
async fn refusals_are_told_by_their_status() {
    let refusal = |status: u16, message: &str| {
        ResponseTemplate::new(status).set_body_json(json!({ "message": message }))
    };
    let server = answering(refusal(404, "No query results for model [App\\Models\\User] 5")).await;
    let error = client(&server).resource("users").show::<Record>(5).await.unwrap_err();
    assert!(
        error.is_not_found()
            && error.violations().is_empty()
            && error.to_string().contains("No query results")
    );
    let server = answering(refusal(403, "This action is unauthorized.")).await;
    assert!(client(&server).resource("users").delete(5).await.unwrap_err().is_not_authorized());
    let server = answering(refusal(401, "Unauthenticated.")).await;
    let error = client(&server).resource("users").create::<Record>(&NEW).await.unwrap_err();
    assert!(error.is_unauthenticated() && requests(&server).await.len() == 1);
    let server = answering(refusal(500, "Server Error")).await;
    let error = client(&server).resource("users").create::<Record>(&NEW).await.unwrap_err();
    assert!(error.is_server_error() && Refusal::of(&error).unwrap().message == "Server Error");
}

#[tokio::test]
async fn names_and_keys_stay_one_segment() {
    let server = answering(ok(&data())).await;
    let client = client(&server);
    let odd = client.resource("a/../b?c");
    odd.show::<Record>("x/y#z").await.unwrap();
    assert_eq!(last(&server).await.line, "GET /api/resources/a%2F..%2Fb%3Fc/x%2Fy%23z");
    odd.update_field::<Record>(5, "a/b", 1).await.unwrap();
    assert_eq!(last(&server).await.line, "PUT /api/resources/a%2F..%2Fb%3Fc/5/inline/a%2Fb");
    odd.action("a b").run(Key::from("ü")).await.unwrap();
    assert_eq!(last(&server).await.line, "POST /api/resources/a%2F..%2Fb%3Fc/actions/a%20b/%C3%BC");
    let count = sent(&server).await.len();
    for error in [
        odd.show::<Record>("..").await.unwrap_err(),
        client.resource("").show::<Record>(1).await.unwrap_err(),
        client.resource("users").options(".").await.unwrap_err(),
        client.resource("users").table().named("").first::<Record>().await.unwrap_err(),
    ] {
        assert!(error.is_refused(), "{error}");
    }
    assert_eq!(sent(&server).await.len(), count);
}

#[tokio::test]
async fn logs_are_read_as_far_as_they_are_what_they_should_be() {
    let entries = json!([
        { "id": 2, "entity_type": "users", "entity_id": 5, "user_id": 1, "description": "updated", "field": "name", "value_old": "a",
          "value_new": { "any": 1 }, "payload": null, "created_at": "2023-01-05T10:00:00.000000Z", "ip": "::1" },
        { "id": "b5c1", "description": "created", "field": 3 },
        "created",
    ]);
    for body in [
        json!({ "data": entries }),
        entries,
        json!({ "logs": { "2": { "id": 1 }, "0": { "id": 2 }, "1": "created" } }),
    ] {
        let server = answering(ok(&body)).await;
        let logs = client(&server).resource("users").logs(5).await.unwrap().into_inner();
        assert_eq!((logs.len(), logs[0].id), (3, Some(2)), "{body}");
        assert_eq!(last(&server).await.line, "GET /api/resources/users/logs/5");
        if body.get("logs").is_none() {
            assert_eq!(
                (logs[0].entity_id.clone(), &logs[0].extra["ip"]),
                (Some(Key::from(5)), &json!("::1"))
            );
            assert_eq!(
                (logs[1].id, &logs[1].extra["id"], &logs[1].extra["field"]),
                (None, &json!("b5c1"), &json!(3))
            );
            assert_eq!(logs[2].description.as_deref(), Some("created"));
        }
    }
}
