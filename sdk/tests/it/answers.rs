//! Every declared status is a typed variant.

use serde_json::json;
use tercet_sdk::tooljet::errors::{CreateUserError, GetUserError, UpdateUserError};
use tercet_sdk::tooljet::types::{CreateUser, ErrorMessage, GetUserReply, UpdateUser, UserStatus};
use wiremock::ResponseTemplate;

use crate::support::{answering, client, refusal, user};

#[tokio::test]
async fn a_200_is_the_user() {
    let server =
        answering(ResponseTemplate::new(200).insert_header("x-request-id", "r-1").set_body_json(user()))
            .await;
    let john = client(&server).get_user("john@example.com").await.unwrap();
    assert_eq!(john.name, "John Doe");
    assert_eq!(john.status, UserStatus::Active);
    assert_eq!((john.status().as_u16(), john.request_id(), john.attempts()), (200, Some("r-1"), 1));
    assert_eq!(serde_json::from_slice::<serde_json::Value>(john.bytes()).unwrap(), user());
}

#[tokio::test]
async fn a_201_is_the_created_user() {
    let server = answering(ResponseTemplate::new(201).set_body_json(user())).await;
    let made =
        client(&server).create_user(CreateUser::new("John Doe", "john@example.com", [])).await.unwrap();
    assert_eq!(made.status().as_u16(), 201);
    assert_eq!(made.email, "john@example.com");
}

#[tokio::test]
async fn a_200_without_a_body_is_nothing() {
    let server = answering(ResponseTemplate::new(200)).await;
    let done =
        client(&server).update_user("john@example.com").body(UpdateUser::new().name("Jane")).await.unwrap();
    assert_eq!(done.status().as_u16(), 200);
    assert_eq!(done.into_inner(), ());
}

#[tokio::test]
async fn each_refusal_is_a_variant_with_its_message() {
    let server = answering(refusal(400, &json!(["name must be a string", "email must be an email"]))).await;
    let error = client(&server).create_user(CreateUser::new("", "", [])).await.unwrap_err();
    assert!(error.is_invalid());
    let Some(CreateUserError::BadRequest(body)) = error.declared() else { panic!("{error:?}") };
    let ErrorMessage::Sentences(sentences) = &body.message else { panic!("{body:?}") };
    assert_eq!(sentences.len(), 2);

    let server = answering(refusal(403, &json!("Unauthorized"))).await;
    let error = client(&server).get_user("x").await.unwrap_err();
    assert!(error.is_denied());
    assert!(matches!(error.into_declared(), Ok(GetUserError::Forbidden(body)) if body.status_code == 403));

    let server = answering(refusal(404, &json!("User not found"))).await;
    let error = client(&server).get_user("x").await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert!(matches!(error.declared(), Some(GetUserError::NotFound(_))));

    let server = answering(refusal(413, &json!("request entity too large"))).await;
    let error = client(&server).create_user(CreateUser::new("a", "b", [])).await.unwrap_err();
    assert!(error.is_too_large());
    assert!(matches!(error.declared(), Some(CreateUserError::ContentTooLarge(_))));

    let server = answering(refusal(422, &json!("Already exists!"))).await;
    let error = client(&server).update_user("x").body(UpdateUser::new()).await.unwrap_err();
    assert!(error.is_invalid());
    assert!(matches!(error.declared(), Some(UpdateUserError::UnprocessableContent(_))));
}

#[tokio::test]
async fn an_object_as_message_is_typed_too() {
    let message =
        json!({ "error": "Cannot change role", "title": "Can not change user role", "data": ["App 1"] });
    let server = answering(refusal(400, &message)).await;
    let error = client(&server).create_user(CreateUser::new("a", "b", [])).await.unwrap_err();
    let Some(CreateUserError::BadRequest(body)) = error.declared() else { panic!("{error:?}") };
    let ErrorMessage::ErrorDetail(detail) = &body.message else { panic!("{body:?}") };
    assert_eq!(detail.data.as_deref(), Some(["App 1".to_owned()].as_slice()));
}

#[tokio::test]
async fn a_reply_has_successes_and_refusals_in_one_enum() {
    let server = answering(ResponseTemplate::new(200).set_body_json(user())).await;
    let reply = client(&server).get_user("x").reply().await.unwrap();
    assert!(matches!(reply.into_inner(), GetUserReply::Ok(john) if john.name == "John Doe"));

    let server = answering(refusal(404, &json!("User not found"))).await;
    let reply = client(&server).get_user("x").reply().await.unwrap();
    assert_eq!(reply.status().as_u16(), 404);
    assert!(matches!(&*reply, GetUserReply::NotFound(_)));
}

#[tokio::test]
async fn what_a_newer_server_adds_survives() {
    let mut newer = user();
    newer["status"] = json!("dormant");
    newer["badges"] = json!([{ "kind": "gold" }]);
    newer["workspaces"][0]["tier"] = json!(null);
    let server = answering(ResponseTemplate::new(200).set_body_json(&newer)).await;
    let john = client(&server).get_user("x").await.unwrap();
    assert_eq!(john.status, UserStatus::Other("dormant".to_owned()));
    assert_eq!(john.extra["badges"][0]["kind"], "gold");
    assert_eq!(serde_json::to_value(&*john).unwrap(), newer);
}
