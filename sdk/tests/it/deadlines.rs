//! Deadlines: of one attempt, and of all of them.

use std::time::Duration;

use tercet_sdk::tooljet::types::CreateUser;
use tercet_sdk::{CallOptions, Failure};
use wiremock::ResponseTemplate;

use crate::support::{answering, client, requests, user};

fn hanging() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(user()).set_delay(Duration::from_secs(600))
}

#[tokio::test]
async fn an_attempt_that_hangs_is_given_up_and_repeated() {
    let server = answering(hanging()).await;
    let options = CallOptions::new().attempt_timeout(Duration::from_millis(40));
    let error = client(&server).get_user("x").with(&options).await.unwrap_err();
    assert!(error.is_timeout());
    assert!(matches!(error.failure(), Failure::AttemptTimeout(_)), "{error:?}");
    // on a busy machine an attempt can be over before the server has read it
    assert_eq!(error.attempts(), 3);
    assert!((1..=3).contains(&requests(&server).await.len()));
}

#[tokio::test]
async fn a_post_that_hangs_is_not_repeated() {
    let server = answering(hanging()).await;
    let options = CallOptions::new().attempt_timeout(Duration::from_millis(40));
    let error = client(&server).create_user(CreateUser::new("a", "b", [])).with(&options).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.attempts(), 1);
    assert!(requests(&server).await.len() <= 1);
}

#[tokio::test]
async fn the_call_as_a_whole_has_an_end() {
    let server = answering(hanging()).await;
    let options = CallOptions::new().attempts(100).call_timeout(Duration::from_millis(60));
    let error = client(&server).get_user("x").with(&options).await.unwrap_err();
    assert!(matches!(error.failure(), Failure::CallTimeout(_)), "{error:?}");
    assert!(error.to_string().contains("60ms"), "{error}");
}

#[tokio::test]
async fn a_body_larger_than_allowed_is_not_read_to_its_end() {
    let server =
        answering(ResponseTemplate::new(200).set_body_raw("x".repeat(200_000), "application/json")).await;
    let error =
        client(&server).get_user("x").with(&CallOptions::new().largest_body(100_000)).await.unwrap_err();
    assert!(matches!(error.failure(), Failure::TooLarge(100_000)), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
}
