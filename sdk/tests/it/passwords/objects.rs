//! Objects: what is encrypted of them, what is not, and what they say about it.

use serde_json::json;
use tercet_sdk::passwords::{Encryption, Keyring, VaultError};

use super::support::{Object, by_javascript, passphrase, text};

async fn keyring() -> Keyring {
    Keyring::create(passphrase("twelve chars")).await.unwrap().keyring
}

#[tokio::test]
async fn objects_of_the_javascript_library_open() {
    let made = by_javascript();
    let keychain = &made["keychains"][1];
    let keyring =
        Keyring::unlock(text(&keychain["sealed"]), passphrase(&text(&keychain["passphrase"]))).await.unwrap();
    assert_eq!(keyring.current_key_id(), keychain["current"].as_str());
    assert_eq!(
        keyring.key_ids().collect::<Vec<_>>(),
        keychain["keys"].as_object().unwrap().keys().collect::<Vec<_>>()
    );
    let objects = made["objects"].as_array().unwrap();
    assert_eq!(objects.len(), 3);
    for one in objects {
        let kind = text(&one["kind"]);
        let opened = keyring.open(Object::new(&kind, &one["sealed"])).unwrap();
        for name in opened.names() {
            assert_eq!(opened.text(name), one["plain"][name].as_str(), "{kind} {name}");
        }
    }
}

#[tokio::test]
async fn a_password_is_sealed_with_the_key_in_use_and_its_hash() {
    let keyring = keyring().await;
    let plain = Object::new(
        "password",
        &json!({ "label": "Bank", "password": "password", "username": "", "url": null, "folder": "f", "hash": "" }),
    );
    let sealed = keyring.seal(plain.clone()).unwrap();
    assert_eq!(sealed.members["cseType"], "CSEv1r1");
    assert_eq!(sealed.members["cseKey"].as_str(), keyring.current_key_id());
    assert_eq!(sealed.members["hash"], "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8");
    assert_eq!(sealed.members["folder"], "f");
    assert_eq!((sealed.text("username"), sealed.text("url"), sealed.text("notes")), (Some(""), None, None));
    let label = sealed.text("label").unwrap();
    assert_eq!(label.len(), 2 * (24 + 16 + "Bank".len()));
    assert!(label.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));

    let opened = keyring.open(sealed.clone()).unwrap();
    assert_eq!(opened.text("label"), Some("Bank"));
    assert_eq!(opened.text("password"), Some("password"));
    assert_eq!((&opened.members["cseType"], &opened.members["cseKey"]), (&json!("none"), &json!("")));

    // A nonce of its own for each text, each time.
    assert_ne!(keyring.seal(plain).unwrap().text("label"), Some(label));
    assert_eq!(keyring.seal(sealed).unwrap_err(), VaultError::AlreadyEncrypted);
}

#[tokio::test]
async fn the_hash_is_as_long_as_the_server_wants() {
    let keyring = keyring().await;
    for (length, hash) in
        [(0, ""), (20, "5baa61e4c9b93f3f0682"), (40, "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8")]
    {
        let keyring = keyring.clone().with_hash_length(length).unwrap();
        let sealed = keyring.seal(Object::new("password", &json!({ "password": "password" }))).unwrap();
        assert_eq!(sealed.members["hash"], hash);
    }
    assert_eq!(keyring.with_hash_length(41).unwrap_err(), VaultError::HashLength(41));
}

#[tokio::test]
async fn what_came_inside_an_object_is_opened_with_it() {
    let keyring = keyring().await;
    let mut password = keyring.seal(Object::new("password", &json!({ "label": "a" }))).unwrap();
    let rotated = keyring.rotate().await.unwrap().keyring;
    let folder = rotated.seal(Object::new("folder", &json!({ "label": "b" }))).unwrap();
    let tag = Object::new("tag", &json!({ "label": "c", "color": "#fff", "cseType": "none", "cseKey": "" }));
    password.inside = vec![folder, tag];
    let opened = rotated.open(password.clone()).unwrap();
    let labels = opened.inside.iter().map(|part| part.text("label").unwrap()).collect::<Vec<_>>();
    assert_eq!((opened.text("label").unwrap(), labels), ("a", vec!["b", "c"]));
    // The older keyring does not have the newer key.
    let newer = rotated.current_key_id().unwrap().to_owned();
    assert_eq!(keyring.open(password).unwrap_err(), VaultError::UnknownKey(newer));
}

#[tokio::test]
async fn what_cannot_be_opened_is_refused_without_showing_it() {
    let keyring = keyring().await;
    let key = keyring.current_key_id().unwrap();
    let whole = keyring.seal(Object::new("folder", &json!({ "label": "x" }))).unwrap();
    let whole = whole.text("label").unwrap();
    let changed = format!("{}{}", &whole[..80], if &whole[80..] == "00" { "01" } else { "00" });
    for (label, why) in [
        (changed.as_str(), VaultError::Unopened),
        ("5ec2e7 is not hex", VaultError::Encoding),
        ("5ec2e75ec", VaultError::Encoding),
        ("5ec2e7", VaultError::TooShort { least: 40, found: 3 }),
        (&whole[..78], VaultError::TooShort { least: 40, found: 39 }),
        // Hex of nothing but the tag and the nonce of something else.
        (&whole[..80], VaultError::Unopened),
    ] {
        let sealed = Object::new("folder", &json!({ "label": label, "cseType": "CSEv1r1", "cseKey": key }));
        let error = keyring.open(sealed).unwrap_err();
        assert_eq!(error, VaultError::Field { field: "label", why: Box::new(why) });
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains("label") && !shown.contains("5ec2e7") && !shown.contains(&whole[..8]),
            "{shown}"
        );
    }
    let odd = Object::new("folder", &json!({ "label": "x", "cseType": "CSEv9", "cseKey": key }));
    assert_eq!(keyring.open(odd).unwrap_err(), VaultError::UnknownEncryption("CSEv9".to_owned()));
}

#[test]
fn encryption_is_what_type_and_key_say() {
    assert_eq!(Encryption::of("none", ""), Encryption::Plain);
    assert_eq!(Encryption::of("", ""), Encryption::Plain);
    let sealed = Encryption::of("CSEv1r1", "k");
    assert_eq!((sealed.cse_type(), sealed.cse_key()), ("CSEv1r1", "k"));
    assert_eq!(Encryption::Plain.cse_type(), "none");
}
