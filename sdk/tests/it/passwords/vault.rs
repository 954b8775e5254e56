//! The client against the reference server: an account with end-to-end encryption.

use std::time::Duration;

use futures::future::join_all;
use tercet_mock_server::MockServer;
use tercet_sdk::Secret;
use tercet_sdk::passwords::errors::ListPasswordsError;
use tercet_sdk::passwords::types::{
    CreateFolder, CreatePassword, CreateTag, FindPassword, PasswordFolder, PasswordTagsItem, UpdatePassword,
};
use tercet_sdk::passwords::{AccountError, Encryption, Passphrase, VaultCallError, VaultError};

use super::server::{CAROLS, builder, calls, carol, client, count, server};
use super::support::passphrase;

const BANK: &str = "ca701000-0000-4000-8000-0000000a0001";

/// What the server has of a password.
fn stored(server: &MockServer, id: &str) -> serde_json::Value {
    let state = server.state();
    let all = state["collections"]["passwords"].as_array().unwrap();
    all.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("{id}: {all:?}")).clone()
}

#[tokio::test]
async fn what_others_encrypted_is_shown_plain() {
    let server = server().await;
    let vault = carol(&server).vault().await.unwrap();
    assert_eq!(calls(&server), ["request_session", "open_session", "get_settings"]);
    let listed = vault.list_passwords().await.unwrap();
    let shown = vault.show_password(BANK).await.unwrap();
    for bank in [listed[0].as_ref().unwrap(), &*shown] {
        assert_eq!(bank.label.as_deref(), Some("Bank"));
        assert_eq!(bank.username.as_deref(), Some("carol"));
        assert_eq!(bank.password.as_ref().unwrap().expose(), "iris-98-lantern-Quay");
        assert_eq!(bank.url.as_deref(), Some("https://bank.example.com"));
        assert_eq!(bank.cse_type.as_ref().map(|kind| kind.as_str()), Some("none"));
    }
    assert_eq!(count(&server, "open_session"), 1);
}

#[tokio::test]
async fn what_is_stored_is_cipher_text() {
    let server = server().await;
    let client = carol(&server);
    let vault = client.vault().await.unwrap();
    let folder = vault.create_folder(CreateFolder::new().label("Quokka travel")).await.unwrap();
    let tag = vault.create_tag(CreateTag::new().label("Quokka soon").color("#fa57ac")).await.unwrap();
    let harbour = CreatePassword::new("password").label("Quokka harbour").folder(&*folder.id);
    let made = vault.create_password(harbour.tags([tag.id.clone().into()])).await.unwrap();

    let kept = stored(&server, &made.id);
    assert_eq!((kept["cseType"].as_str(), kept["sseType"].as_str()), (Some("CSEv1r1"), Some("none")));
    assert_eq!(kept["hash"], "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8");
    for field in ["label", "password"] {
        let text = kept[field].as_str().unwrap();
        assert!(text.len() > 80 && text.bytes().all(|byte| byte.is_ascii_hexdigit()), "{field}: {text}");
    }
    for secret in ["Quokka", "#fa57ac"] {
        assert!(!server.state().to_string().contains(secret), "{secret}");
    }

    let call = client.list_passwords().details("model+folder+tags+revisions");
    let all = vault.open(call).await.unwrap();
    let shown = all.iter().flatten().find(|one| one.id == made.id).unwrap();
    let Some(PasswordFolder::Folder(inside)) = &shown.folder else { panic!("{:?}", shown.folder) };
    let Some([PasswordTagsItem::Tag(tagged)]) = shown.tags.as_deref() else { panic!("{:?}", shown.tags) };
    let revision = &shown.revisions.as_ref().unwrap()[0];
    assert_eq!(
        [&inside.label, &tagged.label, &tagged.color, &revision.label].map(Option::as_deref),
        [Some("Quokka travel"), Some("Quokka soon"), Some("#fa57ac"), Some("Quokka harbour")]
    );

    vault.update_password(UpdatePassword::from(shown).notes("By the sea.")).await.unwrap();
    let again = vault.show_password(&*made.id).await.unwrap();
    assert_eq!(
        (again.label.as_deref(), again.notes.as_ref().map(Secret::expose)),
        (Some("Quokka harbour"), Some("By the sea."))
    );
    assert_ne!(stored(&server, &made.id)["label"], kept["label"]);
    assert_eq!(vault.find_passwords(FindPassword::new()).await.unwrap().len(), 2);
    // What is encrypted already is not encrypted twice.
    let sealed = vault.seal(CreateFolder::new().label("x")).await.unwrap();
    let refused = vault.create_folder(sealed).await.unwrap_err();
    assert!(matches!(refused, VaultCallError::Vault(VaultError::AlreadyEncrypted)), "{refused}");
}

#[tokio::test]
async fn one_that_does_not_open_hides_no_other() {
    let server = server().await;
    let client = carol(&server);
    let vault = client.vault().await.unwrap();
    let odd = CreatePassword::new("00ff").label("00ff").hash("0".repeat(40));
    let odd = client.create_password(odd.cse_type("CSEv1r1").cse_key("nobody-has-it")).await.unwrap();
    let expected = VaultError::Object {
        id: odd.id.clone(),
        why: Box::new(VaultError::UnknownKey("nobody-has-it".to_owned())),
    };
    for listed in [
        vault.list_passwords().await.unwrap(),
        vault.find_passwords(FindPassword::new()).await.unwrap(),
        vault.open(client.list_passwords().details("model+revisions")).await.unwrap(),
    ] {
        let (opened, failed): (Vec<_>, Vec<_>) = listed.into_inner().into_iter().partition(Result::is_ok);
        assert_eq!(failed, [Err(expected.clone())]);
        let labels: Vec<_> = opened.into_iter().flatten().map(|one| one.label).collect();
        assert_eq!(labels, [Some("Bank".to_owned())]);
    }
    let refused = vault.show_password(&*odd.id).await.unwrap_err();
    assert!(matches!(&refused, VaultCallError::Vault(why) if *why == expected), "{refused}");
}

#[tokio::test]
async fn notes_and_custom_fields_are_not_shown() {
    let server = server().await;
    let vault = carol(&server).vault().await.unwrap();
    let plain = CreatePassword::new("plum").label("Jar").notes("Quokka").custom_fields("[\"Wombat\"]");
    let mut shown = format!("{plain:?}");
    let made = vault.create_password(plain).await.unwrap();
    let opened = vault.show_password(&*made.id).await.unwrap();
    assert_eq!(opened.custom_fields.as_ref().map(Secret::expose), Some("[\"Wombat\"]"));
    shown += &format!("{:?}{:?}", opened.into_inner(), vault.list_passwords().await.unwrap().into_inner());
    assert!(shown.contains("Jar"), "{shown}");
    for secret in ["Quokka", "Wombat", "plum"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn encryption_is_set_up_rotated_and_put_under_another_passphrase() {
    let server = server().await;
    let bob = client(&server, "bob");
    let plain = bob.list_passwords().await.unwrap().len();
    assert_eq!(bob.vault().await.err(), Some(VaultError::PassphraseMissing));
    let vault = bob.set_up_encryption(passphrase("twelve chars")).await.unwrap();
    let one = vault.create_password(CreatePassword::new("first").label("One")).await.unwrap();
    let refused = bob.set_up_encryption(passphrase("twelve chars")).await.unwrap_err();
    assert!(matches!(refused, AccountError::Vault(VaultError::AlreadySetUp)), "{refused}");

    vault.rotate().await.unwrap();
    let two = vault.create_password(CreatePassword::new("second").label("Two")).await.unwrap();
    assert_ne!(stored(&server, &one.id)["cseKey"], stored(&server, &two.id)["cseKey"]);
    vault.change_passphrase(passphrase("thirteen chars")).await.unwrap();
    assert_eq!(vault.list_passwords().await.unwrap().len(), plain + 2);
    // All of that in one session, which nobody had to open.
    assert_eq!(count(&server, "open_session"), 0);

    // Another client knows it by the new passphrase, and by no other.
    let other = builder(&server, "bob").passphrase("thirteen chars").build().unwrap();
    let other = other.vault().await.unwrap();
    for (id, label) in [(&one.id, "One"), (&two.id, "Two")] {
        assert_eq!(other.show_password(&**id).await.unwrap().label.as_deref(), Some(label));
    }
    let old = builder(&server, "bob").passphrase("twelve chars").build().unwrap();
    assert!(matches!(old.vault().await, Err(VaultError::SignIn(why)) if why.is_refused()));
}

#[tokio::test]
async fn a_key_that_another_client_added_is_found() {
    let server = server().await;
    let (here, there) = (carol(&server).vault().await.unwrap(), carol(&server).vault().await.unwrap());
    there.rotate().await.unwrap();
    there.create_folder(CreateFolder::new().label("New")).await.unwrap();
    let folders = here.list_folders().await.unwrap();
    assert_eq!(
        folders.iter().map(|one| one.as_ref().unwrap().label.as_deref()).collect::<Vec<_>>(),
        [Some("New")]
    );
    assert_eq!(here.keyring().await.unwrap().key_ids().count(), 2);
    // Looked for once, and known from then on.
    here.list_folders().await.unwrap();
    assert_eq!(count(&server, "get_keychain"), 1);
}

#[tokio::test]
async fn a_refused_passphrase_never_costs_the_app_token() {
    let server = server().await;
    let wrong = builder(&server, "carol").passphrase("wrong horse battery staple").build().unwrap();
    for _ in 0..7 {
        let refused = wrong.list_passwords().await.unwrap_err();
        assert!(refused.sign_in().is_some_and(|why| why.is_refused()), "{refused}");
        assert!(refused.is_denied(), "{refused}");
        assert_eq!(refused.code().as_deref(), Some("ab6e13ba"));
        assert!(wrong.vault().await.is_err());
    }
    assert_eq!(count(&server, "open_session"), 1);
    let vault = wrong.unlock(passphrase(CAROLS)).await.unwrap();
    assert_eq!(vault.list_passwords().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_session_that_is_over_is_opened_again_once_for_all_calls() {
    let server = server().await;
    let client = carol(&server);
    let vault = client.vault().await.unwrap();
    server.advance(Duration::from_secs(601));
    let all = join_all((0..8).map(|_| vault.list_passwords())).await;
    for one in all {
        assert_eq!(one.unwrap()[0].as_ref().unwrap().label.as_deref(), Some("Bank"));
    }
    assert_eq!(count(&server, "open_session"), 2);
    assert_eq!(count(&server, "list_passwords"), 16);
}

#[tokio::test]
async fn without_a_passphrase_the_refusal_is_the_servers() {
    let server = server().await;
    let client = client(&server, "carol");
    let refused = client.list_passwords().await.unwrap_err();
    assert!(matches!(refused.declared(), Some(ListPasswordsError::PreconditionFailed(_))), "{refused}");
    assert_eq!(calls(&server), ["list_passwords"]);
    // By hand, with the calls as they are: the session's id goes along by itself.
    let asked = client.request_session().await.unwrap().into_inner();
    let challenge: tercet_sdk::passwords::Challenge = asked.challenge.unwrap().into();
    let solution = challenge.solve(&passphrase(CAROLS)).await.unwrap();
    let body = tercet_sdk::passwords::types::OpenSession::new().challenge(solution);
    assert!(client.open_session().body(body).await.unwrap().keys.contains_key("CSEv1r1"));
    let listed = client.list_passwords().await.unwrap();
    let kind = listed[0].cse_type.as_ref().unwrap().as_str();
    assert_eq!(Encryption::of(kind, "").cse_type(), "CSEv1r1");
}

#[tokio::test]
async fn locking_forgets_and_closing_does_not() {
    let server = server().await;
    let client = carol(&server);
    let vault = client.vault().await.unwrap();
    client.close().await.unwrap();
    assert_eq!(vault.list_passwords().await.unwrap().len(), 1);
    assert_eq!((count(&server, "close_session"), count(&server, "open_session")), (1, 2));
    client.lock().await.unwrap();
    assert_eq!(count(&server, "close_session"), 2);
    assert_eq!(vault.keyring().await.err(), Some(VaultError::PassphraseMissing));
    let refused = vault.list_passwords().await.unwrap_err();
    assert_eq!(refused.call().unwrap().status().unwrap().as_u16(), 412);
    client.unlock(Passphrase::new(CAROLS).unwrap()).await.unwrap();
    assert_eq!(vault.list_passwords().await.unwrap().len(), 1);
}
