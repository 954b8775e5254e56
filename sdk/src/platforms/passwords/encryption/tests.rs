//! Byte for byte: what was computed elsewhere, computed here.

use serde::Deserialize;
use serde_json::Value;

use super::challenge::Challenge;
use super::error::VaultError;
use super::hash::HashLength;
use super::key::{Key, open_under, seal_under};
use super::keychain::Keychain;
use super::passphrase::Passphrase;

const VECTORS: &str = include_str!("../../../../tests/it/passwords/vectors.json");

#[derive(Deserialize)]
struct Sealed {
    #[serde(alias = "key")]
    passphrase: String,
    #[serde(default)]
    salt: String,
    nonce: String,
    plain: String,
    sealed: String,
    base64: String,
}

fn vectors<T: serde::de::DeserializeOwned>(kind: &str) -> Vec<T> {
    let mut all: Value = serde_json::from_str(VECTORS).unwrap();
    let found: Vec<T> = serde_json::from_value(all[kind].take()).unwrap();
    assert!(!found.is_empty(), "{kind}");
    found
}

fn bytes<const N: usize>(hex: &str) -> [u8; N] {
    base16ct::lower::decode_vec(hex).unwrap().try_into().unwrap()
}

#[test]
fn texts_are_sealed_and_opened_byte_for_byte() {
    for one in vectors::<Sealed>("texts") {
        let key = Key::from_hex(&one.passphrase).unwrap();
        assert_eq!(key.seal(&[], &bytes(&one.nonce), &one.plain).unwrap(), one.sealed);
        for sealed in [&one.sealed, &one.sealed.to_uppercase(), &one.base64] {
            assert_eq!(*key.open_text(sealed).unwrap(), one.plain);
        }
    }
}

#[test]
fn keychains_are_sealed_and_opened_byte_for_byte() {
    for one in vectors::<Sealed>("keychains") {
        let passphrase = Passphrase::new(one.passphrase.as_str()).unwrap();
        let keychain = Keychain::open(&one.sealed, &passphrase).unwrap();
        assert_eq!(*keychain.write(), one.plain);
        let sealed = keychain.seal_with(&passphrase, &bytes(&one.salt), &bytes(&one.nonce));
        assert_eq!(sealed.unwrap(), one.sealed);
        assert_eq!(*Keychain::open(&one.base64, &passphrase).unwrap().write(), one.plain);
    }
}

#[test]
fn exports_are_sealed_and_opened_byte_for_byte() {
    for one in vectors::<Sealed>("exports") {
        let sealed = seal_under(&one.passphrase, &bytes(&one.salt), &bytes(&one.nonce), &one.plain);
        assert_eq!(sealed.unwrap(), one.sealed);
        assert_eq!(*open_under(&one.passphrase, &one.base64).unwrap(), one.plain);
    }
}

#[test]
fn challenges_are_solved_byte_for_byte() {
    for one in vectors::<Value>("challenges") {
        let salts = serde_json::from_value(one["salts"].clone()).unwrap();
        let challenge = Challenge { salts, kind: "PWDv1r1".to_owned() };
        let passphrase = Passphrase::new(one["passphrase"].as_str().unwrap()).unwrap();
        assert_eq!(challenge.solve_here(&passphrase).unwrap().expose(), one["secret"]);
    }
}

#[test]
fn passwords_are_hashed_and_cut() {
    for one in vectors::<Value>("hashes") {
        let length = HashLength::new(u8::try_from(one["length"].as_u64().unwrap()).unwrap()).unwrap();
        assert_eq!(length.of(one["password"].as_str().unwrap()), one["hash"]);
    }
}

#[test]
fn a_keychain_keeps_what_it_does_not_know() {
    let key = "0f".repeat(32);
    let text = format!(r#"{{"keys":{{"a\"b":"{key}"}},"current":null,"next":{{"x":[1]}}}}"#);
    let keychain = Keychain::read(&text).unwrap();
    assert_eq!(*keychain.write(), text);
    assert_eq!(keychain.current().err(), Some(VaultError::NoCurrentKey));
    let rotated = keychain.rotated().unwrap();
    assert_eq!(rotated.ids().collect::<Vec<_>>(), ["a\"b", rotated.current().unwrap().0]);
    assert!(rotated.key("a\"b").is_ok());
    assert!(rotated.write().ends_with(r#","next":{"x":[1]}}"#));
}

#[test]
fn what_is_no_keychain_is_refused_without_showing_it() {
    let key = "5ec2e7".repeat(10) + "5ec2";
    for (text, why) in [
        ("5ec2e7 is no JSON".to_owned(), "it is no JSON at byte"),
        (format!(r#"{{"keys":"{key}","current":"a"}}"#), "a member is missing"),
        (format!(r#"{{"keys":{{"a":"{key}00"}},"current":"a"}}"#), "a member is missing"),
        (format!(r#"{{"keys":{{"a":"{}"}},"current":"a"}}"#, key.replace('5', "g")), "a member is missing"),
        (format!(r#"{{"keys":{{"a":"{key}"}}}}"#), "a member is missing"),
        (format!(r#"{{"keys":{{"a":"{key}"}},"current":7}}"#), "a member is missing"),
        (format!(r#"["{key}"]"#), "a member is missing"),
    ] {
        let Err(error) = Keychain::read(&text) else { panic!("{text}") };
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(why) && !shown.contains("5ec2") && !shown.contains("ec2"), "{shown}");
    }
}
