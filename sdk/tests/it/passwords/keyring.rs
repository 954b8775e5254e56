//! The keyring: challenge, keychain, new keys, new passphrases, back-ups.

use serde_json::{Value, json};
use tercet_sdk::passwords::{Challenge, Keyring, Passphrase, VaultError};

use super::support::{Object, by_javascript, by_python, passphrase, text};

fn challenge(salts: &Value) -> Challenge {
    serde_json::from_value(json!({ "salts": salts, "type": "PWDv1r1" })).unwrap()
}

#[tokio::test]
async fn challenges_of_both_are_solved() {
    for made in [by_javascript(), by_python()] {
        let challenges = made["challenges"].as_array().unwrap();
        assert_eq!(challenges.len(), 3);
        for one in challenges {
            let solved = challenge(&one["salts"]).solve(&passphrase(&text(&one["passphrase"]))).await;
            assert_eq!(solved.unwrap().expose(), one["secret"]);
        }
    }
}

#[tokio::test]
async fn keychains_of_both_open() {
    for made in [by_javascript(), by_python()] {
        let keychains = made["keychains"].as_array().unwrap();
        assert_eq!(keychains.len(), 2);
        for one in keychains {
            let keyring = Keyring::unlock(text(&one["sealed"]), passphrase(&text(&one["passphrase"]))).await;
            assert!(keyring.unwrap().current_key_id().is_some());
        }
    }
}

#[tokio::test]
async fn exports_of_both_open_and_ours_too() {
    for made in [by_javascript(), by_python()] {
        let exports = made["exports"].as_array().unwrap();
        assert_eq!(exports.len(), 2);
        for one in exports {
            let opened = Keyring::import(text(&one["sealed"]), text(&one["passphrase"])).await.unwrap();
            assert_eq!(opened.expose(), one["plain"]);
        }
    }
    let ours = Keyring::export(r#"[{"label":"a"}]"#, "pw").await.unwrap();
    assert_eq!(Keyring::import(ours.as_str(), "pw").await.unwrap().expose(), r#"[{"label":"a"}]"#);
    assert_eq!(Keyring::import(ours, "wp").await.unwrap_err(), VaultError::Unopened);
}

#[tokio::test]
async fn a_new_keyring_comes_with_what_the_server_has_to_be_told() {
    let made = Keyring::create(passphrase("twelve chars")).await.unwrap();
    let body = serde_json::to_value(&made.challenge).unwrap();
    let lengths: Vec<usize> =
        body["data"].as_array().unwrap().iter().map(|salt| salt.as_str().unwrap().len()).collect();
    assert_eq!((lengths, text(&body["secret"]).len(), body.get("oldSecret")), (vec![512, 128, 32], 64, None));
    let solved = challenge(&body["data"]).solve(&passphrase("twelve chars")).await.unwrap();
    assert_eq!(solved.expose(), body["secret"]);
    let again = Keyring::unlock(made.keychain, passphrase("twelve chars")).await.unwrap();
    assert_eq!(again.current_key_id(), made.keyring.current_key_id());
}

#[tokio::test]
async fn a_new_key_leaves_the_old_ones_and_the_old_keyring() {
    let keyring = Keyring::create(passphrase("twelve chars")).await.unwrap().keyring;
    let old = keyring.seal(Object::new("folder", &json!({ "label": "old" }))).unwrap();
    let rotation = keyring.rotate().await.unwrap();
    let next = Keyring::unlock(rotation.keychain, passphrase("twelve chars")).await.unwrap();
    for next in [&next, &rotation.keyring] {
        assert_eq!(next.key_ids().count(), 2);
        assert_ne!(next.current_key_id(), keyring.current_key_id());
        assert_eq!(next.open(old.clone()).unwrap().text("label"), Some("old"));
    }
    assert_eq!(keyring.key_ids().count(), 1);
    // The same keychain under the same passphrase is never the same text.
    assert_ne!(keyring.keychain().await.unwrap(), keyring.keychain().await.unwrap());
}

#[tokio::test]
async fn a_new_passphrase_proves_the_old_one_and_keeps_the_keys() {
    let made = Keyring::create(passphrase("twelve chars")).await.unwrap();
    let data = serde_json::to_value(&made.challenge.data).unwrap();
    let sealed = made.keyring.seal(Object::new("folder", &json!({ "label": "x" }))).unwrap();
    let changed =
        made.keyring.change_passphrase(&challenge(&data), passphrase("thirteen chars")).await.unwrap();
    let body = serde_json::to_value(&changed.challenge).unwrap();
    assert_eq!(body["oldSecret"], made.challenge.secret.expose());
    assert_ne!(body["data"], data);
    let solved = challenge(&body["data"]).solve(&passphrase("thirteen chars")).await.unwrap();
    assert_eq!(solved.expose(), body["secret"]);
    let old = Keyring::unlock(changed.keychain.as_str(), passphrase("twelve chars")).await;
    assert_eq!(old.unwrap_err(), VaultError::Unopened);
    let new = Keyring::unlock(changed.keychain, passphrase("thirteen chars")).await.unwrap();
    assert_eq!(new.open(sealed).unwrap().text("label"), Some("x"));
}

#[test]
fn passphrases_are_counted_in_utf16_units() {
    for (text, units) in
        [("a".repeat(11), 11), ("🔑".repeat(65), 130), (String::new(), 0), ("ä".repeat(129), 129)]
    {
        assert_eq!(Passphrase::new(text).unwrap_err(), VaultError::PassphraseLength(units));
    }
    for text in ["a".repeat(12), "🔑".repeat(6), "🔑".repeat(64), "ä".repeat(128)] {
        assert!(Passphrase::new(text).is_ok());
    }
}

#[tokio::test]
async fn challenges_that_are_none_are_refused() {
    let ok = |bytes: usize| "00".repeat(bytes);
    for (salts, why) in [
        (vec![ok(256), ok(64)], VaultError::SaltCount(2)),
        (vec![ok(255), ok(64), ok(16)], VaultError::SaltLength { index: 0, found: 255 }),
        (vec![ok(256), ok(63), ok(16)], VaultError::SaltLength { index: 1, found: 63 }),
        (vec![ok(256), ok(64), ok(17)], VaultError::SaltLength { index: 2, found: 17 }),
        (vec![ok(256), "no hex!".to_owned(), ok(16)], VaultError::Encoding),
    ] {
        let refused = challenge(&json!(salts)).solve(&passphrase("twelve chars")).await;
        assert_eq!(refused.unwrap_err(), why);
    }
    let odd = Challenge { salts: vec![ok(256), ok(64), ok(16)], kind: "PWDv2r1".to_owned() };
    let refused = odd.solve(&passphrase("twelve chars")).await;
    assert_eq!(refused.unwrap_err(), VaultError::UnknownChallenge("PWDv2r1".to_owned()));
}

#[tokio::test]
async fn keychains_that_are_none_are_refused() {
    let open =
        |sealed: String| async { Keyring::unlock(sealed, passphrase("twelve chars")).await.unwrap_err() };
    assert_eq!(open(String::new()).await, VaultError::TooShort { least: 56, found: 0 });
    assert_eq!(open("00".repeat(55)).await, VaultError::TooShort { least: 56, found: 55 });
    assert_eq!(open("x y".to_owned()).await, VaultError::Encoding);
    assert_eq!(open("00".repeat(56)).await, VaultError::Unopened);
    let text = Keyring::export("5ec2e7 is no keychain", "twelve chars").await.unwrap();
    let error = open(text).await;
    assert!(matches!(error, VaultError::NoKeychain { .. }) && !format!("{error} {error:?}").contains("5ec2"));
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    let made = Keyring::create(passphrase("twelve chars")).await.unwrap();
    let id = made.keyring.current_key_id().unwrap().to_owned();
    let shown = format!("{made:#?} {:?}", passphrase("twelve chars"));
    assert!(shown.contains("Keyring { keys: 1, .. }") || shown.contains("keys: 1"), "{shown}");
    for secret in ["twelve", made.challenge.secret.expose(), &id] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
