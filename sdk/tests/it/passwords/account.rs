//! The client against the reference server: an account without end-to-end encryption.

use serde_json::json;
use tercet_sdk::BuildError;
use tercet_sdk::passwords::errors::{ShowPasswordError, UpdatePasswordError};
use tercet_sdk::passwords::types::{
    CreateFolder, CreatePassword, CreateTag, DeletePasswordReply, FindPassword, PasswordFolder,
    PasswordTagsItem, ResetAccountReply, Restore, SettingKeys, ShowPassword, UpdatePassword,
};
use tercet_sdk::passwords::{Client, VaultError};

use super::server::{calls, client, server};

#[tokio::test]
async fn a_password_lives_from_creation_to_the_end() {
    let server = server().await;
    let client = client(&server, "alice");
    let before = client.list_passwords().await.unwrap().len();
    assert!(before > 0);
    let folder = client.create_folder().body(CreateFolder::new().label("Travel")).await.unwrap();
    let tag = client.create_tag().body(CreateTag::new().label("Soon").color("#ff0000")).await.unwrap();
    let made = client
        .create_password(
            CreatePassword::new("Ferry-29-walnut").label("Harbour").folder(&*folder.id).tags([json!(tag.id)]),
        )
        .await
        .unwrap();
    assert_eq!(made.status().as_u16(), 201);

    let details = "model+folder+tags+revisions";
    let shown =
        client.show_password(ShowPassword::new(&*made.id).details(details)).await.unwrap().into_inner();
    let Some(PasswordFolder::Folder(inside)) = &shown.folder else { panic!("{:?}", shown.folder) };
    let Some([PasswordTagsItem::Tag(tagged)]) = shown.tags.as_deref() else { panic!("{:?}", shown.tags) };
    assert_eq!((inside.label.as_deref(), tagged.label.as_deref()), (Some("Travel"), Some("Soon")));
    assert_eq!(shown.password.as_ref().unwrap().expose(), "Ferry-29-walnut");
    assert_eq!(shown.revisions.as_ref().unwrap().len(), 1);
    assert!(!format!("{shown:?}").contains("Ferry"), "a secret is shown");

    let changed = UpdatePassword::from(&shown)
        .username("alice")
        .revision(Some(made.revision.clone()).map_or(tercet_sdk::Maybe::Absent, tercet_sdk::Maybe::Value));
    let stored = client.update_password(changed.clone()).await.unwrap();
    let again = client.show_password(ShowPassword::new(&*made.id)).await.unwrap();
    assert_eq!(
        (again.label.as_deref(), again.username.as_deref(), again.revision.as_deref()),
        (Some("Harbour"), Some("alice"), Some(&*stored.revision))
    );
    let Some(PasswordFolder::Text(id)) = &again.folder else { panic!("{:?}", again.folder) };
    assert_eq!(*id, folder.id);
    // The revision that it names is no longer the current one.
    let refused = client.update_password(changed).await.unwrap_err();
    assert!(matches!(refused.declared(), Some(UpdatePasswordError::Conflict(_))), "{refused}");

    client.delete_password(&made.id).await.unwrap();
    assert_eq!(client.list_passwords().await.unwrap().len(), before);
    client.restore_password(Restore::new(&*made.id)).await.unwrap();
    let criteria = json!({ "favorite": false, "cseType": "none" });
    let mut found =
        client.find_passwords().body(FindPassword::new().criteria(criteria)).await.unwrap().into_inner();
    found.retain(|one| one.id == made.id);
    assert_eq!(found.len(), 1);
    client.delete_password(&made.id).await.unwrap();
    let gone = client.delete_password(&made.id).reply().await.unwrap().into_inner();
    assert!(matches!(&gone, DeletePasswordReply::Ok(gone) if gone.revision.is_none()), "{gone:?}");
    let refused = client.show_password(ShowPassword::new(&*made.id)).await.unwrap_err();
    assert!(matches!(refused.declared(), Some(ShowPasswordError::NotFound(_))), "{refused}");
}

#[tokio::test]
async fn one_session_goes_along_and_nothing_is_opened() {
    let server = server().await;
    let client = client(&server, "alice");
    for _ in 0..3 {
        client.list_tags().await.unwrap();
    }
    assert_eq!(server.state()["collections"]["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(calls(&server), ["list_tags"; 3]);
    // A code counts in the session that it was given in.
    let asked = client.reset_account().reply().await.unwrap();
    let ResetAccountReply::Accepted(accepted) = &*asked else { panic!("{asked:?}") };
    client.reset_account().code(&accepted.code).await.unwrap();
    assert!(client.list_passwords().await.unwrap().is_empty());
    assert_eq!(client.vault().await.err(), Some(VaultError::PassphraseMissing));
}

#[tokio::test]
async fn empty_maps_are_maps() {
    let server = server().await;
    let client = client(&server, "alice");
    assert!(client.get_keychain().await.unwrap().is_empty());
    let opened = client.open_session().await.unwrap();
    assert!(opened.success && opened.keys.is_empty());
    assert!(client.get_settings(SettingKeys::List(Vec::new())).await.unwrap().is_empty());
    let keys = SettingKeys::List(vec!["user.session.lifetime".to_owned(), "client.nothing".to_owned()]);
    let settings = client.get_settings(keys).await.unwrap();
    assert_eq!(
        (&settings["user.session.lifetime"], &settings["client.nothing"]),
        (&json!(600), &json!(null))
    );
    let partners = client.list_share_partners().search("bob").await.unwrap();
    assert_eq!(partners.get("bob").map(String::as_str), Some("Bob Brown"));
}

#[test]
fn what_cannot_be_sent_is_refused_when_the_client_is_built() {
    let builder = || Client::builder("http://localhost");
    let refused = builder().app_token("a:b", "token").build().unwrap_err();
    assert!(refused.to_string().contains("colon"), "{refused}");
    let refused = builder().app_token("alice", "").build();
    // An empty token is sent: it is the server's to refuse.
    assert!(refused.is_ok());
    let refused = builder().app_token("alice", "token").passphrase("short").build().unwrap_err();
    assert!(matches!(&refused, BuildError::Given(why) if why.contains("12 to 128")), "{refused}");
    assert!(!format!("{refused} {refused:?}").contains("short"));
}
