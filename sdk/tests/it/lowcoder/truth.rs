//! The client against the reference server.

use futures::TryStreamExt as _;
use serde_json::json;
use tercet_mock_server::{MockServer, lowcoder};
use tercet_sdk::Failure;
use tercet_sdk::lowcoder::types::{
    FormLogin, GrantPermissions, NewApiKey, NewApplication, NewFolder, NewOrganization,
};
use tercet_sdk::lowcoder::{Client, Code};

const PASSWORD: &str = "correct-horse-battery";

/// Somebody new, signed up and signed in.
async fn somebody(server: &MockServer, email: &str) -> Client {
    let anonymous = Client::builder(server.base_url()).build().unwrap();
    let form = FormLogin::new(email, PASSWORD).register(true).source("EMAIL").auth_id("EMAIL");
    assert!(anonymous.login_with_user_password(form).await.unwrap().into_inner());
    Client::builder(server.base_url()).sign_in(email, PASSWORD).build().unwrap()
}

#[tokio::test]
async fn a_session_a_key_and_an_end() {
    let server = lowcoder().start().await.unwrap();
    let ada = somebody(&server, "ada@example.com").await;
    assert_eq!(ada.get_user_info().await.unwrap().email.as_deref(), Some("ada@example.com"));
    let key = ada.create_api_key(NewApiKey::new().name("ci")).await.unwrap().into_inner();
    let by_key = Client::builder(server.base_url()).credential(key.token).build().unwrap();
    assert_eq!(by_key.list_api_keys().await.unwrap().len(), 1);
    by_key.delete_api_key(&key.id).await.unwrap().into_inner();
    assert!(by_key.list_api_keys().await.unwrap_err().is_unauthenticated());

    // Who has signed out signs in again when asked for something.
    ada.sign_out().await.unwrap();
    assert!(ada.list_api_keys().await.unwrap().is_empty());
    let wrong = Client::builder(server.base_url()).sign_in("ada@example.com", "nope").build().unwrap();
    let error = wrong.list_api_keys().await.unwrap_err();
    assert_eq!(Code::of(&error), Some(Code::InvalidPassword));
}

#[tokio::test]
async fn a_cookie_of_another_name_works_too() {
    let server = lowcoder().set("LOWCODER_COOKIE_NAME", "OUR_TOKEN").start().await.unwrap();
    let ada = somebody(&server, "ada@example.com").await;
    assert!(ada.list_api_keys().await.unwrap().is_empty());
    let named =
        Client::builder(server.base_url()).sign_in("ada@example.com", PASSWORD).cookie_name("OUR_TOKEN");
    assert!(named.build().unwrap().list_api_keys().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_current_organization_is_the_users() {
    let server = lowcoder().start().await.unwrap();
    let ada = somebody(&server, "ada@example.com").await;
    let home = ada.current_organization().await.unwrap().unwrap();
    assert_eq!(home.role, "admin");
    let other = ada.create_organization(NewOrganization::new().name("Lab")).await.unwrap().into_inner();
    // Another session of hers changes it for this one.
    let elsewhere = Client::builder(server.base_url()).sign_in("ada@example.com", PASSWORD).build().unwrap();
    elsewhere.switch_organization(&other.org_id).await.unwrap().into_inner();
    assert_eq!(ada.current_organization().await.unwrap().unwrap().org.id, other.org_id);
    let orgs: Vec<_> = ada.get_user_orgs().page_size(1).stream().try_collect().await.unwrap();
    assert_eq!(orgs.len(), 2);
    let anonymous = Client::builder(server.base_url()).build().unwrap();
    assert!(anonymous.current_organization().await.unwrap().is_none());
    assert!(ada.get_organization("65a000000000000000000001").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn applications_come_in_pages_and_stay_what_they_are() {
    let server = lowcoder().start().await.unwrap();
    let ada = somebody(&server, "ada@example.com").await;
    let home = ada.current_organization().await.unwrap().unwrap().org.id;
    let dsl = json!({ "z": null, "a": [1, 0.1, 9_007_199_254_740_993_i64], "ui": { "x": {} } });
    for number in 0..25 {
        let body = NewApplication::new(home.as_str(), format!("app {number}"))
            .editing_application_dsl(dsl.as_object().unwrap().clone());
        let made = ada.create_application(body).await.unwrap();
        assert_eq!(serde_json::to_string(&made.application_dsl).unwrap(), dsl.to_string());
    }
    for size in [0, 10, 25, 100] {
        let found: Vec<_> = ada.list_applications().page_size(size).stream().try_collect().await.unwrap();
        assert_eq!(found.len(), 25, "{size}");
    }
    let found = ada.list_folder_contents().page_size(10).stream().up_to(100).await.unwrap();
    assert_eq!(found.len(), 25);
    let members = ada.list_organization_members(&home).page_size(1).stream().up_to(100).await.unwrap();
    assert_eq!(members.len(), 1);
    let groups = ada.list_groups().page_size(1).stream().up_to(100).await.unwrap();
    assert_eq!(groups.len(), 2);
}

#[tokio::test]
async fn refusals_are_what_they_say() {
    let server = lowcoder().start().await.unwrap();
    let ada = somebody(&server, "ada@example.com").await;
    let bob = somebody(&server, "bob@example.com").await;
    let home = ada.current_organization().await.unwrap().unwrap().org.id;
    let made = ada.create_application(NewApplication::new(home.as_str(), "Stock")).await.unwrap();
    let id = &made.application_info_view.application_id;

    let error = bob.get_application_data_in_edit_mode(id).await.unwrap_err();
    assert!(error.is_not_authorized() && error.number() == Some(5308), "{error}");
    let error = ada.get_application_data_in_edit_mode("65a000000000000000000001").await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let error =
        bob.grant_application_permissions(id, GrantPermissions::new("viewer").user_ids(vec!["x".into()]));
    assert!(error.await.unwrap_err().is_not_authorized());
    ada.create_folder(NewFolder::new("Tools")).await.unwrap();
    let error = ada.create_folder(NewFolder::new("Tools")).await.unwrap_err();
    assert!(error.is_conflict() && !error.is_server_error() && error.attempts() == 1, "{error}");

    // Followed by nobody, an invitation is told with the status of a success.
    let invitation = ada.create_user_invitation(&home).await.unwrap().into_inner();
    let anonymous = Client::builder(server.base_url()).build().unwrap();
    let error = anonymous.follow_invitation(&invitation.invite_code).await.unwrap_err();
    assert!(matches!(error.failure(), Failure::Unsuccessful));
    assert_eq!(Code::of(&error), Some(Code::InvitedUserNotLogin));
    assert_eq!(bob.follow_invitation(&invitation.invite_code).await.unwrap().into_inner(), json!(true));
    assert_eq!(bob.current_organization().await.unwrap().unwrap().org.id, home);
    let error = anonymous.list_api_keys().await.unwrap_err();
    assert!(error.is_unauthenticated() && error.number().is_none());
}

#[tokio::test]
async fn a_slug_is_sent_as_it_stands() {
    let server = lowcoder().start().await.unwrap();
    let ada = somebody(&server, "ada@example.com").await;
    let home = ada.current_organization().await.unwrap().unwrap().org.id;
    let named = ada.update_organization_slug(&home, "our-team").await.unwrap();
    assert_eq!(named.slug.as_deref(), Some("our-team"));
    assert_eq!(ada.get_organization("our-team").await.unwrap().id, home);
}
